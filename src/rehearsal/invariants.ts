import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CUT_ENTRY } from './file-faults.js';
import { isNeighbour, neighbourHistory } from './neighbour.js';
import type { Expectation } from './promises.js';
import { PASSWORD, type State } from './scenario.js';
import type { Run, SimulatedHost } from './simulated-host.js';
import { type Container, containersOf, isTask, networksOf, servicesOf } from './simulated-state.js';

/** What one look at a host found. */
export interface Findings {
  readonly checks: number;
  readonly violations: readonly string[];
  readonly state: State;
}

const WHOLE_JOURNAL_LINE = /^[^\t]+(\t[^\t]*){8}$/;
const SETTLED: ReadonlySet<number | null> = new Set([0, 10, 11, 13]);
const LITTER = ['.swap', '.next', '.work'];

/** Holds a run and the host that it left to the contract. */
export function checkHost(host: SimulatedHost, run: Run, expected: Expectation): Findings {
  const found = new Check({ serves: host.serves(), history: host.versions() });
  const containers = containersOf(host);
  const ours = containers.filter((one) => !isNeighbour(host, one) && !isTask(one));
  checkState(found, run, expected);
  checkOutput(found, run, expected);
  const running = ours.filter(({ state }) => state === 'running').map(({ name }) => name);
  const isOpen = run.code === null || !SETTLED.has(run.code) || isUnfinished(host, expected);
  const most = expected.mayRunBoth && isOpen ? 2 : 1;
  found.that(running.length <= most, `${running.length} containers of the app run: ${running.join(', ')}`);
  if (SETTLED.has(run.code) && !isUnfinished(host, expected)) checkSettled(found, host, ours, expected);
  if (expected.isSwarm) checkSwarm(found, host, run, ours, expected);
  else if (run.code === 12 && expected.attempted !== undefined)
    found.that(
      ours.some(({ reference }) => reference.includes(`:${expected.attempted}@`)),
      `nothing serves, and the container of ${expected.attempted} is gone as well`,
    );
  checkFiles(found, host);
  checkRival(found, host, expected);
  const bystanders = bystandersOf(host);
  found.that(
    bystanders === expected.bystanders,
    `a container or file of a neighbour, another app, was changed: ${bystanders}`,
  );
  const unknown = host.unsupported();
  found.that(unknown.length === 0, `the simulator does not know: ${unknown.join('; ')}`);
  return found;
}

/** The exit code is the state of the host. */
function checkState(found: Check, { code }: Run, { allowed }: Expectation): void {
  const states = allowed.get(code);
  const wantedCodes = [...allowed.keys()].map(meaning).join(' or ');
  found.that(states !== undefined, `exit code ${meaning(code)} instead of ${wantedCodes}`);
  if (states === undefined) return;
  const now = show(found.state);
  const wanted = states.map(show);
  found.that(
    wanted.includes(now),
    `exit ${code}, but ${now} instead of ${[...new Set(wanted)].join(' or ')}`,
  );
}

const MEANINGS: ReadonlyMap<number | null, string> = new Map([
  [0, 'the wanted version is healthy'],
  [10, 'the old container was never stopped'],
  [11, 'the old container serves again'],
  [12, 'nothing healthy runs'],
  [13, 'nothing to roll back to'],
]);

function meaning(code: number | null): string {
  const words = MEANINGS.get(code);
  return words === undefined ? (code === null ? 'none: killed' : String(code)) : `${code} (${words})`;
}

function checkOutput(found: Check, { code, output, result }: Run, { isSilent }: Expectation): void {
  found.that(!output.includes(PASSWORD), 'the password is in the output');
  if (isSilent || code === null) return;
  found.that(result !== undefined, `exit ${code} without a RESULT line`);
  if (code !== 12) return;
  found.that(/ GS\d{3} /.test(output), 'exit 12 without a message');
  found.that(/^ {7}.*\b(?:docker|sh|df|ls|chown)\b/m.test(output), 'exit 12 without a word of what to type');
}

/** A swap file that stays says that the next run has to go on. */
function isUnfinished(host: SimulatedHost, { isInterrupted, mayLeaveFiles }: Expectation): boolean {
  return (isInterrupted || mayLeaveFiles) && host.leftovers().includes('.swap');
}

/** A run that ended by itself leaves no candidate, no swap, and every container with its restart policy. */
function checkSettled(
  found: Check,
  host: SimulatedHost,
  ours: readonly Container[],
  expected: Expectation,
): void {
  const { app, restart } = host.subject;
  const candidates = ours.filter(({ name }) => /-(next|check)-/.test(name)).map(({ name }) => name);
  found.that(candidates.length === 0, `a candidate is left: ${candidates.join(', ')}`);
  const stages = networksOf(host).filter(({ name }) => name.startsWith('gen-scripts-'));
  found.that(
    stages.length === 0 || expected.mayLeaveStage,
    `a network of a handover is left: ${stages.map(({ name }) => name).join(', ')}`,
  );
  for (const { id, name, state, policy, labels } of ours) {
    const known = host.known.get(id);
    const isOld = !labels.split('\n').includes(`gen-scripts.app=${app}`);
    if (state === 'running') {
      const usual = known?.serving ?? (isOld ? expected.adoptedPolicy : restart);
      found.that(policy === usual, `'${name}' runs with the restart policy ${policy} instead of ${usual}`);
      found.that(isOld || name === app, `'${name}' runs, and not under the app's name`);
    } else if (!isOld && isParked(name, app) && policy !== known?.policy)
      found.that(policy === 'no', `'${name}' is parked with the restart policy ${policy}`);
  }
  for (const { name, networks, labels } of ours) {
    const wanted = networksFrom(labels);
    const [now, then] = [networks.join(', '), wanted?.join(', ') ?? networks.join(', ')];
    found.that(now === then, `'${name}' is on the networks ${now} instead of ${then}`);
  }
  const parked = ours.filter(({ name }) => isParked(name, app)).length;
  const { least, most } = expected.parked;
  found.that(
    parked >= least && parked <= most,
    `${parked} earlier versions are parked for a rollback instead of ${most > parked && least > parked ? least : most}`,
  );
  const litter = host.leftovers().filter((name) => LITTER.includes(name));
  found.that(expected.mayLeaveFiles || litter.length === 0, `files are left: ${litter.join(', ')}`);
}

/** Where a container that may be moved belongs, sorted; undefined of one that is never moved. */
function networksFrom(labels: string): string[] | undefined {
  const [, label] = /^gen-scripts\.beside=(.*)$/m.exec(labels) ?? [];
  if (label === undefined) return undefined;
  const [, , own = '', ...options] = label.split(' ');
  const further = options.flatMap((option) => /^--network=(.*)/.exec(option)?.[1] ?? []);
  return [own, ...further].sort();
}

/** A swarm has the service and nothing else of the app, and is done with it when the run is. */
function checkSwarm(
  found: Check,
  host: SimulatedHost,
  run: Run,
  ours: readonly Container[],
  expected: Expectation,
): void {
  found.that(
    ours.length === 0,
    `a container of no service is left: ${ours.map(({ name }) => name).join(', ')}`,
  );
  const services = servicesOf(host).filter((one) => !isNeighbour(host, one));
  const others = services.filter(({ name }) => name !== host.subject.app).map(({ name }) => name);
  found.that(others.length === 0, `a service is left: ${others.join(', ')}`);
  if (!SETTLED.has(run.code) || isUnfinished(host, expected)) return;
  for (const { image, update, replicas, tasks } of services) {
    found.that(!/^(?:updating|rollback_started)$/.test(update), `the swarm is still at it: ${update}`);
    const wanted = tasks.filter(({ desired }) => desired !== 'Shutdown');
    const good = wanted.filter((task) => task.state === 'Running' && task.image === image);
    found.that(
      good.length === replicas && wanted.length === replicas,
      `${good.length} of ${replicas} tasks run ${image}, and ${wanted.length - good.length} others are wanted`,
    );
  }
}

export function isParked(name: string, app: string): boolean {
  return name.startsWith(`${app}-`) && /^[0-9a-f]{12}$/.test(name.slice(app.length + 1));
}

/** Whatever happened: no line is cut, and no secret is where it does not belong. */
function checkFiles(found: Check, host: SimulatedHost): void {
  const history = readText(host.history);
  found.that(history === '' || history.endsWith('\n'), 'the history ends with a part of a line');
  const journal = readText(`${host.history}.journal`).replace(new RegExp(`^${CUT_ENTRY}(?:\n|$)`, 'm'), '');
  found.that(journal === '' || journal.endsWith('\n'), 'the journal ends with a part of a line');
  const broken = journal.split('\n').filter((line) => line !== '' && !WHOLE_JOURNAL_LINE.test(line));
  found.that(broken.length === 0, `the journal has a broken line: ${broken[0]}`);
  const leaks = secretFiles(host);
  found.that(leaks.length === 0, `the password is in ${leaks.join(', ')}`);
}

/** In a killed run's private folder a login may wait for the next run. */
const SECRET_PLACES =
  /^sim\/registry$|^password$|registry\.credentials$|\.work\/|^(?:sim|data|inbox|pipe)$|^data.away$/;

function secretFiles(host: SimulatedHost): string[] {
  const names = readdirSync(host.folder, { recursive: true, encoding: 'utf8' });
  return names.filter(
    (name) => !SECRET_PLACES.test(name) && readText(join(host.folder, name)).includes(PASSWORD),
  );
}

/** A second run while the lock was held: it left with 75 and had nothing to do with docker. */
function checkRival(found: Check, host: SimulatedHost, { isRival }: Expectation): void {
  if (!isRival) return;
  const code = readText(join(host.folder, 'rival.code')).trim();
  const output = readText(join(host.folder, 'rival'));
  found.that(code === '75' && !output.includes('+ docker'), `a second run was let in: ${code}\n${output}`);
}

export function bystandersOf(host: SimulatedHost): string {
  const neighbours = containersOf(host).filter((one) => isNeighbour(host, one));
  const services = servicesOf(host).filter((one) => isNeighbour(host, one));
  // When one was started is the one thing that a power cut may change.
  const settings = services.map((one) => one.settings);
  return JSON.stringify([neighbours, settings, readText(neighbourHistory(host))]);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

export function show({ serves, history }: State): string {
  return `${serves ?? 'nothing'} serves, history [${history.join(', ')}]`;
}

class Check implements Findings {
  checks = 0;
  readonly violations: string[] = [];

  constructor(readonly state: State) {}

  that(isTrue: boolean, otherwise: string): void {
    this.checks += 1;
    if (!isTrue) this.violations.push(otherwise);
  }
}
