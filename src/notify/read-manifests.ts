import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { MANIFEST } from '../output/release-files.js';
import { appFolders, hasOurManifest } from '../output/withdraw.js';
import type { Build } from '../report/report.js';
import type { Mode } from './announcement.js';

/** What a manifest says about its build, as far as a message needs it. */
export interface ManifestFacts {
  readonly app: string;
  readonly mode: Mode | 'unknown';
  /** Image reference of a deploy, target of a rollback if one was named. */
  readonly to: string;
  readonly build: Build;
}

/** The manifests of the release folder. One that cannot be understood is left out: it must not cost the message. */
export async function readManifests(out: string): Promise<ManifestFacts[]> {
  const folders = [...((await hasOurManifest(out)) ? [out] : []), ...(await appFolders(out)).sort()];
  const manifests = await Promise.all(folders.map((folder) => readManifest(join(folder, MANIFEST))));
  return manifests.flatMap((manifest) => manifest ?? []);
}

async function readManifest(path: string): Promise<ManifestFacts | undefined> {
  try {
    return toFacts(JSON.parse(await readFile(path, 'utf8')));
  } catch {
    return undefined;
  }
}

type Json = Readonly<Record<string, unknown>>;

function toFacts(manifest: Json): ManifestFacts | undefined {
  const app = text(manifest.app);
  if (app === '') return undefined;
  const parameters = isObject(manifest.parameters) ? manifest.parameters : {};
  const value = (name: string) => {
    const entry = parameters[name];
    return isObject(entry) ? text(entry.value) : '';
  };
  const build: Build = {
    number: value('jenkins.buildNumber'),
    url: value('jenkins.buildUrl'),
    job: value('jenkins.jobName'),
    who: value('jenkins.user'),
  };
  return { app, mode: toMode(manifest.mode), to: text(manifest.image) || value('rollback.to'), build };
}

function toMode(value: unknown): Mode | 'unknown' {
  return value === 'deploy' || value === 'manual' || value === 'rollback' ? value : 'unknown';
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
