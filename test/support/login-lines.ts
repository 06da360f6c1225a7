/** A password that must never be shown by whatever warns of it. */
export const PASSWORD = 'Hunter2-plain';

/** Texts of scripts that hold it, by what is special about them. */
export const WITH_PASSWORD: Readonly<Record<string, string>> = {
  'long options with =': `docker login --username=ci --password=${PASSWORD} registry.example.com`,
  'long options with a blank': `docker login --username ci --password ${PASSWORD} registry.example.com`,
  'short options': `docker login -u ci -p ${PASSWORD} registry.example.com`,
  'short options without a blank': `docker login -uci -p${PASSWORD}`,
  'short option with =': `docker login -p=${PASSWORD} -u=ci`,
  'registry first': `docker login registry.example.com -u ci -p ${PASSWORD}`,
  'double quotes': `docker login -u "ci" -p "${PASSWORD}"`,
  'single quotes': `docker login -u 'ci' --password '${PASSWORD}'`,
  'single quotes around the word': `docker login '--password=${PASSWORD}'`,
  'a dollar sign in single quotes is no variable': `docker login --password='$${PASSWORD}'`,
  'quotes of an echo': `echo "docker login -p \\"${PASSWORD}\\"" >>repull`,
  "the source that wrote the recipe's script": `echo \\\n"docker login --username=ci --password=${PASSWORD} registry.example.com\\n"\\\n"docker pull x" >>repull`,
  'blanks and tabs': `\tdocker  login\t-u\tci\t-p\t${PASSWORD}`,
  'by its path, as root': `sudo /usr/bin/docker login -p ${PASSWORD}`,
  'options of docker itself': `docker --config /tmp/x login -p ${PASSWORD}`,
  'a username with a dollar sign': `docker login -u 'robot$ci' -p ${PASSWORD}`,
  'after other commands': `set -e; docker pull x && docker login -p ${PASSWORD}`,
  'continued lines': `docker login \\\n  --username ci \\\n  --password ${PASSWORD}`,
  'a comment': `# docker login -u ci -p ${PASSWORD}`,
  'carriage returns': `cd /data\r\ndocker login -u ci -p ${PASSWORD}\r\n`,
  'not the first line': `#!/bin/sh\nset -e\n\ndocker login -p ${PASSWORD}\ndocker pull x\n`,
};

/** Texts of scripts that hold none. */
export const WITHOUT_PASSWORD: Readonly<Record<string, string>> = {
  nothing: '',
  'from stdin': 'docker login --username ci --password-stdin registry.example.com </etc/registry.password',
  'from stdin, by echo: not seen, docs/migrate.md says so':
    'echo swordfish | docker login -u ci --password-stdin r',
  'from stdin, and a port in the next command':
    'echo "$P" | docker login -u ci --password-stdin r; docker run -p 80:80 x',
  'from stdin, and a port in the next line': 'docker login --password-stdin r <f\ndocker run -d -p 80:80 x',
  'a login, and a folder after &&': 'docker login registry.example.com && mkdir -p /data',
  'a login and a port, as an echo has them': 'echo "docker login r\\n"\\\n"docker run -p 80:80 x"',
  'a variable': 'docker login -u ci -p $PASSWORD',
  'a variable in quotes': 'docker login -u ci --password "$PASSWORD"',
  'a variable in braces': `docker login -u ci --password=$\{PASSWORD}`,
  'a command': 'docker login -p "$(cat /etc/registry.password)"',
  'a command in backquotes': 'docker login -p `cat /etc/registry.password`',
  'no value': 'docker login -p',
  'no value, carriage return': 'docker login -p\r\n',
  'a login that asks': 'docker login registry.example.com',
  'another program': 'mysql -p secret; docker-login -p secret',
  'another sub-command': 'docker run --name login -p 80:80 x',
  '-p within a word': 'docker login -u ci-p registry.example.com',
};
