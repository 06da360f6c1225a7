import { existsSync, readFileSync } from 'node:fs';
import { must } from './process.mjs';

/**
 * What an operator would find on the host now.
 * -> { serves, containers: [{ name, state, version }], history: [version],
 *   journal: [{ action, result, from, to, who }] }
 */
export async function lookAtHost(world) {
  return {
    serves: await world.serves(),
    containers: await listContainers(world),
    history: lines(world.history).map(version),
    journal: lines(`${world.history}.journal`).map(journalLine),
  };
}

async function listContainers({ app, host }) {
  const format = '{{.Names}} {{.State}} {{.Label "gen-scripts.image"}}';
  const filter = `label=gen-scripts.app=${app}`;
  const listed = await must('docker', ['ps', '--all', '--filter', filter, '--format', format], { env: host });
  return listed
    .split('\n')
    .filter(Boolean)
    .map((line) => {
      const [name, state, image] = line.split(' ');
      return { name, state, version: version(image) };
    });
}

function journalLine(line) {
  const [, , action, result, from, to, , who] = line.split('\t');
  return { action, result, from: version(from), to: version(to), who };
}

/** The tag of an image reference, which is all that differs here. */
function version(reference) {
  return /:([^:@/]+)(@.*)?$/.exec(reference)?.[1] ?? reference;
}

function lines(file) {
  return existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
}
