import { join, resolve } from 'node:path';
import { findLeftovers, removeEmpty } from '../output/leftovers.js';
import { sayOldScripts } from '../output/old-scripts.js';
import { writeReleases } from '../output/release.js';
import {
  CREDENTIALS,
  MANIFEST,
  manifestFile,
  type ReleaseFile,
  scriptFile,
} from '../output/release-files.js';
import { describeSshStep, type ShippedApp } from '../output/ssh-step.js';
import { print, type Surroundings, say } from '../output/terminal.js';
import { withdrawAuto } from '../output/withdraw.js';
import { type PlacedApp, placeApps, type RenderedApp, readInputs, renderApp, sayNotices } from './apps.js';
import { type Command, EXIT, type Request } from './command.js';
import { shippedCredentials } from './credentials.js';
import { checkOut, outOf, withdraw } from './out.js';

/** Writes the scripts of this build. On any failure nothing changes, but for auto.sh: it goes. */
export const render: Command = async (request, surroundings) => {
  try {
    await checkOut(outOf(request), surroundings.cwd);
    await renderAndWrite(request, surroundings);
    return EXIT.done;
  } catch (error) {
    await withdraw(outOf(request), surroundings);
    throw error;
  }
};

async function renderAndWrite(request: Request, surroundings: Surroundings): Promise<void> {
  const { cwd, env } = surroundings;
  const inputs = await readInputs(request, surroundings);
  const apps = await placeApps(request, inputs);
  const told = new Map<PlacedApp, Told>();
  const isAsked = request.switches.has('manifest');
  const makeFiles = (app: PlacedApp) => () => {
    const rendered = renderApp(app, inputs);
    told.set(app, { summary: summary(rendered), manifest: isAsked ? rendered.manifest.trimEnd() : '' });
    return filesOf(rendered, env);
  };
  const releases = new Map<string, () => Files>(
    apps.map((app) => [resolve(cwd, app.folder), makeFiles(app)]),
  );
  const [out, written] = [resolve(cwd, outOf(request)), [...releases.keys()]];
  const leftovers = await findLeftovers(out, written);
  for (const folder of leftovers) releases.set(folder, () => new Map());
  writeReleases(releases);
  await removeEmpty(leftovers.filter((folder) => folder !== out));
  // Whoever put an auto.sh there without a manifest: with several apps nothing in this folder may be run.
  await withdrawAuto(out, written);
  await sayNotices(apps, surroundings);
  await sayOldScripts(outOf(request), surroundings);
  const inOrder = apps.flatMap((app) => told.get(app) ?? []);
  for (const { summary } of inOrder) await say(surroundings, summary);
  if (isAsked) {
    await print(surroundings, `[${inOrder.map(({ manifest }) => manifest).join(',\n')}]\n`);
  } else if (isJenkins(env)) {
    await say(surroundings, `\n${describeSshStep(apps.map(toShipped))}`);
  }
}

type Files = ReadonlyMap<string, ReleaseFile>;

/** What is said of an app when it has been written; its scripts are not kept for that. */
interface Told {
  readonly summary: string;
  readonly manifest: string;
}

function filesOf(app: RenderedApp, env: Surroundings['env']): Files {
  const files = new Map<string, ReleaseFile>([[MANIFEST, manifestFile(app.manifest)]]);
  for (const [name, text] of app.scripts) files.set(name, scriptFile(text));
  const credentials = shippedCredentials(app.parameters, env);
  return credentials === undefined ? files : files.set(CREDENTIALS, credentials);
}

function summary({ parameters, folder, scripts }: RenderedApp): string {
  const { app, mode, image, tag } = parameters;
  const what =
    mode === 'rollback'
      ? `rollback of ${app}`
      : `${mode === 'manual' ? 'manual build' : 'deploy'} of ${image}:${tag}`;
  return `${what}: ${[...scripts.keys()].map((name) => join(folder, name)).join(' ')}`;
}

function toShipped({ folder, hosts, parameters: { publish, registry } }: PlacedApp): ShippedApp {
  const servers = hosts.map(({ name }) => name);
  const credentials = registry.login === 'shipped' ? join(folder, CREDENTIALS) : '';
  return { folder, publish, servers, credentials };
}

/** JENKINS_URL is missing when the administrator has not set it; the other two are always there. */
function isJenkins({ JENKINS_URL, BUILD_NUMBER, JOB_NAME }: Surroundings['env']): boolean {
  return Boolean(JENKINS_URL || (BUILD_NUMBER && JOB_NAME));
}
