import type { Host } from '../support/host.js';
import { PASSWORD } from '../support/login-lines.js';

export const REPOSITORY = 'registry.example.com/team/citest';

/**
 * What the recipe's scripts do on a host, with the port that its users add. Different where the simulated docker knows
 * no more: lists by --format; no login; no `rmi -f`, which would take the image of stopped containers as well.
 */
const LIST = "docker ps --format '{{.ID}} {{.Image}} {{.Names}}' | grep citest";

const REPLACE = [
  `${LIST} | awk '{ print $1 }' | xargs -r docker kill`,
  "docker images --format '{{.Repository}}:{{.Tag}}' | grep citest | xargs -r -n 1 docker rmi",
  'docker pull "$image" && docker run -d -p 8080:80 "$image"',
].join('\n');

const DEPLOY = `history=$1 image=$2
${LIST} | awk '{ print $2 }' >>"$history"
${REPLACE}`;

const ROLL_BACK = `history=$1
image=$(tail -n 1 "$history")
sed -i '$d' "$history"
[ -n "$image" ] || exit 0
${REPLACE}`;

/** Deploys as the recipe did: what ran goes into the history, is killed, and another container is run. */
export function deployByRecipe(host: Host, tag: string): void {
  run(host, DEPLOY, `${REPOSITORY}:${tag}`);
}

/** As an operator who wants the app back after a power cut: the recipe itself gives no restart policy. */
export function deployToStay(host: Host, tag: string): void {
  deployByRecipe(host, tag);
  host.command('docker', 'update', '--restart=always', Object.keys(host.containers())[0] ?? '');
}

/** Its rollback: the last line of the history is taken off it, pulled and run. */
export function rollBackByRecipe(host: Host): void {
  run(host, ROLL_BACK);
}

function run(host: Host, script: string, ...args: string[]): void {
  const status = host.exec('sh', '-c', script, 'recipe', host.history, ...args);
  if (status !== 0) throw new Error(`the recipe's script ended with ${status}`);
}

/** The script that the recipe's job sent last, with the login that it has in it. */
export const OLD_SCRIPT = `docker ps | grep citest | awk '{print $2}' >> /data/jenkins/mi_test_history
docker login --username=ci --password=${PASSWORD} registry.example.com
docker pull ${REPOSITORY}:v3
docker run -d ${REPOSITORY}:v3
`;
