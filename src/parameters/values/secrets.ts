import type { Fault, Rule } from './rule.js';

const SECRET_ENDINGS = 'PASSWORD|PASSWD|SECRET|TOKEN|PRIVATE_KEY|ACCESS_KEY|CREDENTIALS?|API_KEY';

/** `DB_PASSWORD`, `spring.datasource.password`; not `PASSWORD_FILE`, which only says where one is. */
export function isSecretName(name: string): boolean {
  return new RegExp(`(?:${SECRET_ENDINGS})$`, 'i').test(name);
}

/** Refuses a literal secret; an empty value says only that the variable exists. */
export function findSecret(name: string, value: string): Fault | undefined {
  return isSecretName(name) && value !== '' ? { code: 'GS052', secret: true } : undefined;
}

/** No URL anywhere may carry a login: scripts, logs and `docker inspect` would show it. */
export const noUserinfo: Rule = (text) =>
  findUserinfo(text).length > 0 ? { code: 'GS051', secret: true } : undefined;

/** Not refused: `ssh://git@host`, where the name is no secret, and `http://$USER:$PASSWORD@host`, which carries none. */
function findUserinfo(text: string): RegExpMatchArray[] {
  return [...text.matchAll(USERINFO)].filter(([, scheme = '', name = '', password]) => {
    const secret = password ?? (/^(git\+)?ssh$|^sftp$/i.test(scheme) ? '' : name);
    return secret !== '' && !/^(\$\w+|\$\{\w+\})$/.test(secret);
  });
}

/* Both patterns look at each character a bounded number of times: a line may hold a certificate. */
const USERINFO = /([a-z][a-z0-9+.-]{0,20}):\/\/([^\s/?#@:'"]*)(?::([^\s/?#@'"]*))?@/gi;

/** Is a registry's password an argument of `docker login` in this shell text? In a comment it can be read as well. */
export function logsInWithPassword(shell: string): boolean {
  // The recipe's own source writes line ends as \n; a line that ends with a backslash goes on in the next.
  return LOGIN_WITH_PASSWORD.test(shell.replaceAll('\\n', ';').replace(/\\\r?\n/g, ' '));
}

/** Bounded, so that a strange file cannot keep it busy. `--password-stdin` does not match, nor what begins with `$`. */
const LOGIN_WITH_PASSWORD =
  /docker[ \t]+(?:-[^;&|\n]{0,300}[ \t])?login[ \t](?:[^;&|\n]{0,300}[ \t])?["'\\]*(?:-p[ \t=]*|--password[ \t=]+)["\\]*[^-$`"\\ \t\r\n]/;

/** `DB_PASSWORD=literal`, `-e API_TOKEN="literal"`; not `DB_PASSWORD=$1` or `DB_PASSWORD=$(cat file)`. */
const ASSIGNMENT = new RegExp(`(?:${SECRET_ENDINGS})=["']?[^-$\`"'\\s;&|]`, 'i');

/** A command is in the script, and shown when it runs: no secret may be written in it. */
export const noSecretInCommand: Rule = (text) =>
  logsInWithPassword(text) || ASSIGNMENT.test(text) ? { code: 'GS052', secret: true } : undefined;

const MASK = '***';

const NAMED_VALUE = new RegExp(`((?:${SECRET_ENDINGS})["']?\\s*[:=]\\s*)(?=\\S).*$`, 'i');

/** A line of a file or a value as it may be printed: what follows a secret's name is masked to the end of the line. */
export function redact(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(USERINFO, `$1://${MASK}@`).replace(NAMED_VALUE, `$1${MASK}`))
    .join('\n');
}
