import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Host, Run } from '../support/host.js';
import { NEIGHBOUR, PASSWORD, type Scenario, type State } from './scenarios.js';
import { type Container, readContainers } from './simulated-state.js';

/** What one look at a host found. */
export interface Findings {
  readonly checks: number;
  readonly violations: readonly string[];
}

/** What the host looked like, and what may be true of it now. */
export interface Promise_ {
  /** Exit codes that may come, each with the states of the host that it stands for; null: killed. */
  readonly allowed: ReadonlyMap<number | null, readonly State[]>;
  /** How many versions may be parked; undefined: a fault may have kept more of them. */
  readonly retain: number | undefined;
  /** Exit code 10 found the host in the middle of a swap, and left it so. */
  readonly isInterrupted: boolean;
  /** Nobody could read what it said. */
  readonly isSilent: boolean;
  /** The neighbour's container and files before. */
  readonly bystanders: string;
}

const WHOLE_JOURNAL_LINE = /^[^\t]+(\t[^\t]*){8}$/;
const SETTLED: ReadonlySet<number | null> = new Set([0, 10, 11, 13]);

/** Holds a run and the host that it left to the contract. */
export function checkHost(host: Host, run: Run, promise: Promise_): Findings {
  const found = new Check();
  const { code, output } = run;
  const containers = containersOf(host);
  const ours = containers.filter(({ name }) => name !== NEIGHBOUR);
  const running = ours.filter(({ state }) => state === 'running');
  const states = promise.allowed.get(code);
  found.that(states !== undefined, `exit code ${code} is none of ${[...promise.allowed.keys()].join(', ')}`);
  const now: State = { serves: host.serves(), history: host.versions() };
  if (states !== undefined)
    found.that(
      isOneOf(now, states),
      `exit ${code}, but ${show(now)} instead of ${states.map(show).join(' or ')}`,
    );
  found.that(
    running.length <= 1,
    `${running.length} containers of the app run: ${running.map(({ name }) => name).join(', ')}`,
  );
  if (SETTLED.has(code) && !(promise.isInterrupted && code === 10)) checkSettled(found, host, ours, promise);
  if (code === 12 && !promise.isSilent)
    found.that(
      / GS\d{3} /.test(output) && /docker|sh /.test(output),
      'exit 12 without a word of what to type',
    );
  if (code !== null && !promise.isSilent)
    found.that(run.result !== undefined || code > 128, `exit ${code} without a RESULT line`);
  checkFiles(found, host);
  found.that(
    bystandersOf(host) === promise.bystanders,
    `something of the neighbour was changed: ${bystandersOf(host)}`,
  );
  found.that(!output.includes(PASSWORD), 'the password is in the output');
  found.that(
    host.unsupported().length === 0,
    `the simulator does not know: ${host.unsupported().join('; ')}`,
  );
  return found;
}

/** A run that ended by itself leaves no candidate, no swap, and every container with its restart policy. */
function checkSettled(found: Check, host: Host, ours: readonly Container[], { retain }: Promise_): void {
  const candidates = ours.filter(({ name }) => name.includes('-next-'));
  found.that(
    candidates.length === 0,
    `a candidate is left: ${candidates.map(({ name }) => name).join(', ')}`,
  );
  for (const { name, state, policy, labels } of ours) {
    const isOld = !labels.includes('gen-scripts.app=citest');
    if (state === 'running') {
      found.that(isOld || policy === 'unless-stopped', `'${name}' runs with the restart policy ${policy}`);
      found.that(isOld || name === 'citest', `'${name}' runs, and not under the app's name`);
    } else if (!isOld) found.that(policy === 'no', `'${name}' is parked with the restart policy ${policy}`);
  }
  const parked = ours.filter(({ name }) => /^citest-[0-9a-f]{12}$/.test(name));
  if (retain !== undefined)
    found.that(parked.length <= retain, `${parked.length} parked containers, ${retain} are to be kept`);
  const litter = host.leftovers().filter((name) => ['.swap', '.swap.new', '.next', '.work'].includes(name));
  found.that(litter.length === 0, `files are left: ${litter.join(', ')}`);
}

/** Whatever happened: no line is cut, and no secret is where it does not belong. */
function checkFiles(found: Check, host: Host): void {
  const history = readText(host.history);
  found.that(history === '' || history.endsWith('\n'), 'the history ends with a part of a line');
  const journal = readText(`${host.history}.journal`);
  found.that(journal === '' || journal.endsWith('\n'), 'the journal ends with a part of a line');
  const broken = journal.split('\n').filter((line) => line !== '' && !WHOLE_JOURNAL_LINE.test(line));
  found.that(broken.length === 0, `the journal has a broken line: ${broken[0]}`);
  for (const name of secretFiles(host)) found.that(false, `the password is in ${name}`);
  found.that(true, '');
}

/** In a killed run's private folder a login may wait for the next run. */
function secretFiles(host: Host): string[] {
  const names = readdirSync(host.folder, { recursive: true, encoding: 'utf8' });
  return names.filter((name) => {
    if (/^sim\/registry$|^password$|registry\.credentials$|\.work\/|^(?:sim|data|inbox|pipe)$/.test(name))
      return false;
    const path = join(host.folder, name);
    return readText(path).includes(PASSWORD);
  });
}

export function containersOf(host: Host): Container[] {
  return readContainers(readText(join(host.folder, 'sim', 'state')));
}

export function bystandersOf(host: Host): string {
  const neighbour = containersOf(host).find(({ name }) => name === NEIGHBOUR);
  return JSON.stringify([neighbour, readText(join(host.folder, 'data', `${NEIGHBOUR}_history`))]);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

function isOneOf(now: State, states: readonly State[]): boolean {
  return states.some((state) => show(state) === show(now));
}

function show({ serves, history }: State): string {
  return `${serves ?? 'nothing'} serves, history [${history.join(', ')}]`;
}

class Check implements Findings {
  checks = 0;
  readonly violations: string[] = [];

  that(isTrue: boolean, otherwise: string): void {
    this.checks += 1;
    if (!isTrue) this.violations.push(otherwise);
  }
}

/** What a run of the scenario may end with, whatever fault it met. */
export function allowedAfter(
  { before, wanted, isInterrupted, code, attempted }: Scenario,
  fault: { isFatal: boolean } | undefined,
) {
  const allowed = new Map<number | null, readonly State[]>();
  const nothing = { serves: undefined, history: before.history };
  if (fault === undefined) return allowed.set(code, [wanted]);
  // Killed anywhere, the history is the old or the new one as a whole; what serves is up to the next run.
  const mixed = [before, wanted].flatMap(({ history }) =>
    [before.serves, wanted.serves, attempted, undefined].map((serves) => ({ serves, history })),
  );
  if (fault.isFatal) return allowed.set(null, mixed).set(code, [wanted]);
  if (code === 0) allowed.set(0, [wanted]);
  allowed.set(11, [before]);
  if (before.serves === undefined) return allowed.set(12, [nothing]).set(10, [nothing]);
  allowed.set(10, isInterrupted ? mixed : [before]);
  if (isInterrupted || code === 11) allowed.set(12, [nothing, before]);
  return allowed;
}
