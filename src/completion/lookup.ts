import { readdir, readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { configsOf, readEnvironments } from '../commands/configs.js';
import { toOffers } from '../history/offers.js';
import type { Surroundings } from '../output/terminal.js';
import { readRefs } from '../parameters/git.js';
import { findNode, keysAt, type Node } from '../parameters/tree.js';
import { readYaml } from '../parameters/yaml.js';
import { versionOf } from '../report/version-of.js';
import type { Lookup } from './answer.js';
import type { Candidate } from './candidate.js';
import type { Spot } from './spot.js';

/** Reads what the command line so far would read: its --config, --env and --history-file. */
export function makeLookup({ given }: Spot, { cwd, env }: Surroundings): Lookup {
  const configs = given.get('config') ?? [];
  return {
    environments: async () => [...(await readEnvironments(configs, cwd)).keys()],
    hosts: async () => {
      const texts = await Promise.all(
        (await configsOf(configs, cwd)).map((config) => readText(resolve(cwd, config))),
      );
      return [...new Set(texts.flatMap((text) => hostsOf(readYaml(text, '').root)))];
    },
    tags: () => readRefs(['refs/tags'], cwd, env),
    revisions: () => readRefs(['refs/tags', 'refs/heads', 'refs/remotes'], cwd, env),
    paths: async () => (await readdir(cwd).catch(() => [])).filter((name) => !name.startsWith('.')),
    versions: async () => {
      const [config = ''] = await configsOf(configs, cwd);
      const text = await readText(resolve(cwd, config));
      const root = readYaml(text, '').root;
      const environment = given.get('env')?.at(-1) ?? env.GEN_SCRIPTS_ENV ?? '';
      const file = given.get('history-file')?.at(-1) ?? historyOf(root, environment);
      return file === '' ? [] : toVersions(await readText(resolve(cwd, file)));
    },
  };
}

/** As `assemble` has it; whatever is wrong with the settings is for the run itself to say. */
function historyOf(root: Node | undefined, environment: string): string {
  const value = (...path: string[]) =>
    textAt(root, ['environments', environment, ...path]) || textAt(root, path);
  const app = value('app');
  return value('history', 'file') || (app === '' ? '' : `/data/jenkins/${app}_history`);
}

/** Of every environment: which one release/ was made for is not known here. */
function hostsOf(root: Node | undefined): string[] {
  const inside = keysAt(root, ['environments']).flatMap((name) =>
    keysAt(root, ['environments', name, 'hosts']),
  );
  return [...keysAt(root, ['hosts']), ...inside];
}

function textAt(root: Node | undefined, path: readonly string[]): string {
  const node = findNode(root, path);
  return node?.kind === 'scalar' && typeof node.value === 'string' ? node.value : '';
}

function toVersions(text: string): Candidate[] {
  return toOffers(text)
    .filter(({ steps }) => steps !== null)
    .map(({ reference }) => ({ text: versionOf(reference), help: reference }));
}

async function readText(path: string): Promise<string> {
  return await readFile(path, 'utf8').catch(() => '');
}
