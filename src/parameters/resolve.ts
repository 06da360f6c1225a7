import { distinctProblems, type Problem, UserError } from '../problems/problem.js';
import { checkApps } from './app-rules.js';
import { assemble, type Parts } from './assemble.js';
import { type Config, configOfHost, readConfig, unreadable } from './config.js';
import { BUILD_NAMES, type BuildRequest, decideBuild } from './environment.js';
import { noticeHosts, noticeManagers, noticeShared } from './environment-notices.js';
import { describeFindings } from './findings.js';
import { type GitReading, NO_SOURCE, type ReadGit } from './git.js';
import { type GivenValues, readGiven, type Texts } from './given.js';
import { areDifferent, type Host, hostsIn } from './hosts.js';
import type { Parameters } from './parameters.js';
import { readSettings } from './settings.js';
import { listSources } from './sources.js';

/** Where values come from. Nothing here is looked up elsewhere, so that a test can give all of it. */
export interface ResolveInput {
  /** Options of the command line by their names without dashes: `{ 'ctrl-build': 'true' }`. */
  readonly flags: Texts;
  /** Jenkins' environment. */
  readonly environment: Texts;
  /** Config files as the user named them; messages show these names. */
  readonly configs: readonly string[];
  /** Rejects with a system error when the file cannot be read. */
  readonly readConfig: (file: string) => Promise<string>;
  readonly git: ReadGit;
}

/** One app of the run; where hosts have values of their own, one app on one of them. */
export interface Resolved {
  readonly config: string;
  /** Those that the settings are for; none if the settings name no hosts. */
  readonly hosts: readonly Host[];
  /** The only host that these scripts are for; empty if they are the same for all. */
  readonly host: string;
  readonly parameters: Parameters;
  /** Path in Parameters -> `gen-scripts.yml:3:6`, `environment BUILD_NUMBER`, `--env`, `git`, `default`. */
  readonly sources: ReadonlyMap<string, string>;
  /** What the user should know although nothing is wrong. */
  readonly notices: readonly string[];
}

/**
 * Flag > environment > config > git > default, for each config file.
 * @throws UserError with every problem of every file, and of the files together
 */
export async function resolveAll(input: ResolveInput): Promise<Resolved[]> {
  const given = readGiven(input.flags, input.environment);
  const build = decideBuild(given);
  const attempts = [];
  for (const file of input.configs) attempts.push(...(await resolveFile(file, input, given, build)));
  const problems = [...given.problems, ...build.problems, ...attempts.flatMap((attempt) => attempt.problems)];
  const together = checkApps(attempts.filter(({ isUsable }) => isUsable).map(({ resolved }) => resolved));
  if (problems.length + together.length > 0)
    throw new UserError(distinctProblems([...problems, ...together]));
  return attempts.map(({ resolved }) => resolved);
}

/** `isUsable`: name and history can be compared with those of other apps. */
interface Attempt {
  readonly resolved: Resolved;
  readonly isUsable: boolean;
  readonly problems: readonly Problem[];
}

/** One attempt for all hosts, or one for each if they are different. */
async function resolveFile(
  file: string,
  input: ResolveInput,
  given: GivenValues,
  build: BuildRequest,
): Promise<Attempt[]> {
  const config = await readFileOf(file, input, given);
  const hosts = hostsIn(config.root);
  if (!areDifferent(config.root))
    return [await resolveOne({ file, config, hosts, host: '' }, input, given, build)];
  const attempts = [];
  for (const host of hosts) {
    const place = { file, config: configOfHost(config, host.name), hosts: [host], host: host.name };
    attempts.push(await resolveOne(place, input, given, build));
  }
  return attempts;
}

/** The settings of a file, as some hosts have them. */
interface Place extends Pick<Resolved, 'hosts' | 'host'> {
  readonly file: string;
  readonly config: Config;
}

async function resolveOne(
  { file, config, hosts, host }: Place,
  input: ResolveInput,
  given: GivenValues,
  build: BuildRequest,
): Promise<Attempt> {
  const settings = readSettings(given, config, file);
  const git = await readGit(input.git, settings.get('git.match'), given, build);
  const parts: Parts = { given, settings, build, git: git.source };
  const parameters = assemble(parts);
  const problems = [
    ...config.problems,
    ...settings.problems,
    ...git.problems,
    ...describeFindings(parameters, settings),
  ];
  const shared = [
    ...noticeShared(config, settings, parameters.environment),
    ...noticeHosts(config, parameters.environment),
    ...noticeManagers(parameters, hostsIn(config.root)),
  ];
  const resolved: Resolved = {
    config: file,
    hosts,
    host,
    parameters,
    sources: listSources(parts),
    notices: [...build.notices, ...git.notices, ...describeTag(parameters), ...shared],
  };
  const isUsable = !['app', 'history.file'].some((name) => settings.broken.has(name));
  return { resolved, isUsable, problems };
}

async function readFileOf(file: string, input: ResolveInput, given: GivenValues) {
  const environment = given.values.get('environment');
  const wanted = { name: String(environment?.value ?? ''), source: environment?.source ?? '' };
  try {
    return await readConfig(await input.readConfig(file), file, wanted);
  } catch (error) {
    return unreadable(file, error);
  }
}

async function readGit(
  git: ReadGit,
  match: string,
  given: GivenValues,
  build: BuildRequest,
): Promise<GitReading> {
  const isRollback = build.mode === 'rollback';
  const reading = await git(match, isRollback ? '' : String(build.tag?.value ?? ''));
  const isNeeded = !isRollback && !build.tag && !BUILD_NAMES.some((name) => given.broken.has(name));
  if (isNeeded) return reading;
  const notices = build.tag && !isRollback ? reading.notices : [];
  return { source: reading.problems.length > 0 ? NO_SOURCE : reading.source, problems: [], notices };
}

/** The mapping of a tag must be seen: somebody will look for the tag in the registry. */
function describeTag({ mode, tag, source }: Parameters): string[] {
  if (mode === 'rollback' || tag === '') return [];
  const dirty = source.dirty ? ['the workspace has uncommitted changes: the image may contain them'] : [];
  const isSame = tag === source.describe || tag.startsWith(`${source.describe}_manual_`);
  return isSame
    ? dirty
    : [...dirty, `git tag ${JSON.stringify(source.describe)} becomes docker tag ${JSON.stringify(tag)}`];
}
