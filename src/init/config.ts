import type { Answers, Places } from './answers.js';
import type { Texts } from './texts.js';

/** A commented gen-scripts.yml with the answers filled in and the rest of the common keys shown, commented out. */
export function renderConfig(answers: Answers, places: Places, texts: Texts): string {
  const { app, image, history } = answers;
  // Left to its default, which follows the app's name: an environment with another name gets a history of its own.
  const isDefaultHistory = history === `/data/jenkins/${app}_history`;
  return `# yaml-language-server: $schema=${places.schema}
${comment(texts.intro.replace('COMMAND', places.command))}

${comment(texts.app)}
app: ${scalar(app)}
${comment(texts.image)}
image: ${scalar(image)}

${container(answers, texts)}
${health(answers, texts)}
${comment(texts.history)}
history:
  ${isDefaultHistory ? '# ' : ''}file: ${scalar(history)}
  keep: 50

${comment(texts.publish)}
publish:
  remoteRoot: ${scalar(answers.remoteRoot)}
  # remoteDirectory: ${scalar(app)}
  execTimeout: 10m

${comment(texts.registry)}
# registry: { login: none }

${comment(texts.environments)}
# environments:
#   staging:
#     app: ${app}-staging
`;
}

function container({ port }: Answers, texts: Texts): string {
  const ports = port === '' ? '  # ports: ["8080:80"]' : `  ports: [${quoted(port)}]`;
  return `container:
${comment(texts.ports, '  ')}
${ports}
${comment(texts.env, '  ')}
  env: {}
${comment(texts.envFile, '  ')}
  # envFile: /etc/app.env
${comment(texts.volumes, '  ')}
  # volumes: ["/data/app:/data"]
  restart: unless-stopped
`;
}

function health({ healthUrl }: Answers, texts: Texts): string {
  const url = healthUrl === '' ? '  # url: http://127.0.0.1:8080/' : `  url: ${scalar(healthUrl)}`;
  return `${comment(texts.health)}
health:
${url}
  timeout: 60s
  settle: 5s
`;
}

function comment(text: string, indent = ''): string {
  return text.replace(/^/gm, `${indent}# `);
}

/** Plain where YAML cannot read anything else into it; `8080:80` and `1.0` are left to quotes. */
function scalar(value: string): string {
  return /^[A-Za-z/][\w./-]*(:\/\/[\w.:/-]+)?$/.test(value) && !YAML_WORDS.test(value)
    ? value
    : quoted(value);
}

const YAML_WORDS = /^(true|false|yes|no|on|off|null|y|n)$/i;

/** JSON's strings are YAML's double-quoted ones. */
function quoted(value: string): string {
  return JSON.stringify(value);
}
