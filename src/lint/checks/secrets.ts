import { noSecretInCommand, noUserinfo } from '../../parameters/values/secrets.js';

/** How our own template names the file of shipped credentials: the name is no secret, only what is in the file. */
const OWN_FILE = /\bcredentials=registry\.credentials\b/g;

/** Lines (from 1) that hold what looks like a secret, by the rules for hooks and URLs; continued lines are taken as one. */
export function secretLines(script: string): number[][] {
  return continuedLines(script)
    .filter(({ text }) => isSecret(text.replace(OWN_FILE, '')))
    .map(({ first, count }) => Array.from({ length: count }, (_, index) => first + index));
}

function isSecret(text: string): boolean {
  return noSecretInCommand(text) !== undefined || noUserinfo(text) !== undefined;
}

function continuedLines(script: string): { first: number; count: number; text: string }[] {
  let line = 1;
  return script.split(/(?<!\\)\n/).map((text) => {
    const [first, count] = [line, text.split('\n').length];
    line += count;
    return { first, count, text };
  });
}
