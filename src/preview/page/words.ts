import type { Language } from '../../report/words.js';
import type { EndReason, Facts, Phase, StepId, Way } from './runbook-step.js';
import { CHINESE } from './words-zh.js';

/** What the page says, apart from what scripts, settings and messages say themselves. */
export interface Words {
  readonly htmlLang: string;
  readonly title: (apps: string) => string;
  readonly mode: Readonly<Record<string, (app: string, image: string) => string>>;
  readonly skip: string;
  readonly sections: string;
  readonly otherLanguage: string;
  readonly theme: string;
  readonly themes: Readonly<Record<'auto' | 'light' | 'dark', string>>;
  readonly live: string;
  readonly form: Readonly<Record<FormWord, string>>;
  readonly problems: (count: number) => string;
  readonly expected: string;
  readonly hint: string;
  readonly notices: string;
  readonly stopped: string;
  readonly scripts: string;
  readonly scriptsHint: string;
  readonly lines: (count: number) => string;
  readonly findings: (count: number) => string;
  readonly noFindings: (linter: string) => string;
  readonly shellCheckMissing: string;
  readonly shellCheckRuns: string;
  readonly template: string;
  readonly levels: Readonly<Record<'error' | 'warning' | 'info' | 'style', string>>;
  readonly changes: string;
  readonly against: (folder: string) => string;
  readonly firstRelease: (folder: string) => string;
  readonly noChanges: string;
  readonly changeKinds: Readonly<Record<'same' | 'changed' | 'new' | 'gone', string>>;
  readonly added: string;
  readonly removed: string;
  readonly oldLine: string;
  readonly newLine: string;
  readonly text: string;
  readonly runbook: string;
  readonly runbookHint: (script: string) => string;
  readonly runbookPicture: (script: string, steps: number) => string;
  readonly runbookAsList: string;
  /** @param why of strategy `auto`, as `strategyOf` says it; else empty */
  readonly runbookStrategy: (strategy: Way, why: string) => string;
  readonly phases: Readonly<Record<Phase, (strategy: Way) => string>>;
  readonly goBack: (strategy: Way) => string;
  readonly onFailure: string;
  readonly firstDeploy: (code: number) => string;
  readonly exit: (code: number) => string;
  readonly steps: Readonly<Record<StepId, (facts: Facts) => StepWords>>;
  readonly ends: Readonly<Record<EndReason, string>>;
  readonly codes: Readonly<Record<0 | 10 | 11 | 12 | 13 | 64 | 75, string>>;
  readonly rehearsal: string;
  readonly rehearsalHint: string;
  readonly rehearse: string;
  readonly rehearseAgain: string;
  readonly rehearsing: (done: number, of: number) => string;
  readonly notRehearsed: string;
  readonly nothingViolated: (faults: number, checks: number) => string;
  readonly violated: (count: number) => string;
  readonly outage: (seconds: string) => string;
  readonly scene: (name: string) => string;
  readonly timeline: string;
  readonly timelineColumns: readonly [string, string, string, string, string];
  readonly faults: string;
  readonly faultColumn: string;
  readonly otherFaults: string;
  readonly ending: (code: number | null, serves: string | undefined, history: readonly string[]) => string;
  readonly endings: string;
  readonly killed: string;
  readonly otherShells: (shells: readonly string[]) => string;
  readonly values: string;
  readonly valueColumns: readonly [string, string, string, string];
  readonly source: (source: string) => string;
  readonly settings: string;
  readonly configHidden: string;
  readonly configLine: (file: string, line: number) => string;
  readonly scrollable: (name: string) => string;
  readonly report: (version: string) => string;
}

export interface StepWords {
  readonly title: string;
  readonly detail: string;
  /** When it is otherwise; not in the picture, which has one line for a step's details. */
  readonly note?: string;
}

type FormWord =
  | 'legend'
  | 'start'
  | 'push'
  | 'hand'
  | 'ctrlBuild'
  | 'ctrlBuildHelp'
  | 'buildNumber'
  | 'gitTag'
  | 'gitTagHelp'
  | 'environment'
  | 'noEnvironment'
  | 'rollbackTo'
  | 'rollbackToHelp'
  | 'rollbackSteps'
  | 'update';

const s = (count: number) => (count === 1 ? '' : 's');

const GO_BACK_USUALLY = 'Goes back: stops the new container, starts the old one';
const GO_BACK: { readonly [W in Way]?: string } = {
  preflight: `${GO_BACK_USUALLY}, waits for its health, and removes the checked one`,
  handover: 'Goes back: gives the old container its network again, and waits for its health',
  swarm: 'Goes back: Swarm does by itself, or is told to; waits for the old version',
};
const SWAPPING: { readonly [W in Way]?: string } = {
  handover: 'The port changes hands: nothing answers there until the new version does',
  swarm: 'Swarm replaces one task after the other',
};

function healthAt(address: string, { timeout = '', settle = '' }: Facts): string {
  return address
    ? `${address}, at most ${timeout}`
    : `HEALTHCHECK, at most ${timeout}; without one: runs ${settle}`;
}

/** Why a strategy that has both at once is not followed, by what has to be made for it. */
const UNFIT: Readonly<Record<string, (strategy: string) => string>> = {
  '': () => '',
  both: (strategy) => `, or where one of the two was not made for ${strategy} or is for another network`,
  target: (strategy) => `, or where the earlier version was not made for ${strategy}`,
};

export const ENGLISH: Words = {
  htmlLang: 'en',
  title: (apps) => `${apps}: preview of a build`,
  mode: {
    deploy: (_, image) => `Deploy ${image}`,
    manual: (_, image) => `Build and deploy ${image}`,
    rollback: (app) => `Roll back ${app}`,
  },
  skip: 'Skip to the result',
  sections: 'Sections',
  otherLanguage: '中文',
  theme: 'Colours',
  themes: { auto: 'System', light: 'Light', dark: 'Dark' },
  live: 'Settings and templates are read again when they change.',
  form: {
    legend: 'Build parameters',
    start: 'Started',
    push: 'by a pushed tag',
    hand: 'by hand, with parameters',
    ctrlBuild: 'CTRL_BUILD',
    ctrlBuildHelp: 'ticked: build and deploy; unticked: roll back',
    buildNumber: 'Build number',
    gitTag: 'Git tag',
    gitTagHelp: 'empty: what git describe says',
    environment: 'Environment',
    noEnvironment: '(none)',
    rollbackTo: 'Roll back to',
    rollbackToHelp: 'tag or line of the history; empty: the last one',
    rollbackSteps: 'Steps',
    update: 'Update',
  },
  problems: (count) => `${count} problem${s(count)}`,
  expected: 'expected',
  hint: 'To do:',
  notices: 'Notes',
  stopped:
    'No scripts are made of these settings. Correct what is said here or at the line of the settings below.',
  scripts: 'Scripts',
  scriptsHint:
    'An underlined value says where it comes from when you point at it or focus it; its link leads to the table of values.',
  lines: (count) => `${count} line${s(count)}`,
  findings: (count) => `${count} finding${s(count)}`,
  noFindings: (linter) => `${linter}: no findings`,
  shellCheckMissing: 'Only our own checks were made: ShellCheck is not installed.',
  shellCheckRuns: 'ShellCheck is still looking …',
  template: 'from',
  levels: { error: 'error', warning: 'warning', info: 'info', style: 'style' },
  changes: 'Changes',
  against: (folder) => `Compared with what lies in ${folder}/.`,
  firstRelease: (folder) => `Nothing to compare with: there are no scripts in ${folder}/ yet.`,
  noChanges: 'Nothing changes.',
  changeKinds: { same: 'the same', changed: 'changed', new: 'new', gone: 'not made by this build' },
  added: 'added',
  removed: 'removed',
  oldLine: 'old line',
  newLine: 'new line',
  text: 'text',
  runbook: 'Runbook',
  runbookHint: (script) =>
    `What ${script} does on a host, in order; on the right where it may end, and with which exit code.`,
  runbookPicture: (script, steps) =>
    `${script} as a chart of ${steps} steps; the list beside it says the same in words.`,
  runbookAsList: 'Step by step',
  runbookStrategy: (strategy, why) =>
    strategy === 'swarm'
      ? 'Swarm replaces the tasks.'
      : `Strategy: ${strategy}${why && `, chosen by auto: ${why}`}.`,
  phases: {
    safe: (strategy) => (strategy === 'swarm' ? 'The service is not changed yet' : 'Nothing is stopped yet'),
    swap: (strategy) => SWAPPING[strategy] ?? 'The app is down: from the stop to the first answer',
    after: () => 'The new version serves, and stays',
  },
  goBack: (strategy) => GO_BACK[strategy] ?? `${GO_BACK_USUALLY}, and waits for its health`,
  onFailure: 'If it fails:',
  firstDeploy: (code) => `without an old container: ${code}`,
  exit: (code) => `exit ${code}`,
  steps: {
    credentials: () => ({
      title: 'Take the shipped credentials',
      detail: 'opened once, and deleted before anything else',
    }),
    check: () => ({ title: 'Check the host', detail: 'this build’s script, tools, files' }),
    lock: ({ wait }) => ({ title: 'Take the lock', detail: `waits up to ${wait} for another run` }),
    begun: () => ({ title: 'Note that a deploy begins', detail: 'a line of the journal' }),
    engine: () => ({ title: 'Ask docker', detail: 'Engine 20.10 or later' }),
    recover: () => ({ title: 'Repair an interrupted run', detail: 'finished or undone, if there is one' }),
    current: ({ app }) => ({ title: 'Find the running container', detail: `${app}, or one to adopt` }),
    login: ({ to }) => ({ title: 'Log in to the registry', detail: `${to}, for the pull only` }),
    pull: ({ image, limit }) => ({ title: 'Pull the image', detail: `${image}, at most ${limit}` }),
    unchanged: () => ({ title: 'Does it run already?', detail: 'same image, same settings, healthy: done' }),
    target: ({ to, steps }) => ({
      title: 'Choose the version',
      detail: to ? `the history’s line ${to}` : steps ? `${steps} steps back` : 'the history’s last line',
    }),
    fetch: ({ login }) => ({
      title: 'Get that version',
      detail: login
        ? `parked container, local image, or a pull after login`
        : 'parked container, local image, or a pull',
    }),
    hookBefore: ({ command, limit }) => ({ title: 'Hook before', detail: `${command} (at most ${limit})` }),
    prepare: () => ({ title: 'Write down what will be done', detail: 'the next history and the swap file' }),
    way: ({ strategy = '', needs = '' }) => ({
      title: 'Can both be there at once?',
      detail: 'otherwise it is recreated this once',
      note: `Without a running old container${UNFIT[needs]?.(strategy)}, the script does as recreate does, this once: stop, then start. What fails then ends with 11 or 12.`,
    }),
    checkNew: ({ app, probe, parked, ...limits }) => ({
      title: 'Check the new version beside the old one',
      detail: healthAt(probe ? `${probe} at its own address` : '', limits),
      note: `In a container of its own, ${app}-check-…, without ports, aliases and fixed addresses. Only beside an old one that runs${parked ? ', and not for a parked version, which has been healthy here' : ''}.`,
    }),
    create: ({ app, networks }) => ({
      title: 'Create the new container',
      detail: `${app}-next-…, not started yet${networks ? `; joins ${networks}` : ''}`,
    }),
    stage: ({ stage }) => ({ title: 'Make an internal network', detail: `${stage}: publishes no ports` }),
    enterStage: () => ({
      title: 'Move the new container there',
      detail: 'off its own network: the ports there are taken',
    }),
    startBeside: ({ stage }) => ({
      title: 'Start the new container beside the old one',
      detail: stage ? `on ${stage}` : 'on the same network, with the same aliases',
    }),
    gateBeside: ({ probe, ...limits }) => ({
      title: 'Wait until it is healthy',
      detail: healthAt(probe ? `${probe} at its own address` : '', limits),
    }),
    policies: ({ policy }) => ({
      title: 'Hand the restart policy over',
      detail: `new: ${policy}; old: no`,
      note: 'After a power cut, the old one comes back until here, and the new one from here on.',
    }),
    release: () => ({ title: 'Free the old container', detail: 'restart policy no: it will stay stopped' }),
    stop: ({ grace }) => ({
      title: 'Stop and park the old container',
      detail: `grace ${grace}; it keeps everything`,
    }),
    start: ({ app }) => ({ title: 'Start the new container', detail: `as ${app}` }),
    gateUrl: ({ url = '', ...limits }) => ({
      title: 'Wait until it is healthy',
      detail: healthAt(url, limits),
    }),
    gateImage: (limits) => ({ title: 'Wait until it is healthy', detail: healthAt('', limits) }),
    halt: ({ grace }) => ({
      title: 'Stop the old container',
      detail: `grace ${grace}: it finishes its requests`,
    }),
    leave: () => ({
      title: 'The old container leaves its network',
      detail: 'and gives up its ports; it still runs',
    }),
    join: () => ({ title: 'The new container joins it', detail: 'docker publishes its ports now' }),
    gateMoved: ({ url, timeout }) => ({
      title: 'Wait until it answers there',
      detail: url ? `${url}, at most ${timeout}` : `HEALTHCHECK, at most ${timeout}; without one: runs`,
    }),
    leaveStage: ({ stage }) => ({
      title: 'It leaves the internal network',
      detail: `${stage}`,
    }),
    commit: ({ file }) => ({ title: 'Commit', detail: `${file} by one rename` }),
    drain: ({ wait }) => ({
      title: 'Let both serve',
      detail: `${wait}, in which proxies learn of the new one`,
    }),
    putAway: ({ grace, moved }) => ({
      title: 'Stop and park the old container',
      detail: `grace ${grace}; ${moved ? 'then back on its network' : 'it keeps everything'}`,
    }),
    name: ({ app }) => ({ title: 'Give the new container its name', detail: `${app}` }),
    dropStage: ({ stage }) => ({ title: 'Remove the internal network', detail: `${stage}` }),
    dropCheck: () => ({
      title: 'Remove the container that was checked',
      detail: 'until now it kept the network busy',
      note: 'Also wherever the run fails; what a killed run leaves, the next one removes.',
    }),
    hookAfter: ({ command, limit }) => ({ title: 'Hook after', detail: `${command} (at most ${limit})` }),
    retire: ({ retain }) => ({ title: 'Tidy up', detail: `keeps ${retain} parked versions` }),
    removeOld: ({ retain }) => ({
      title: 'Remove what was rolled back from',
      detail: `keeps ${retain} parked versions`,
    }),
    manager: () => ({ title: 'Is it a manager?', detail: 'of a swarm' }),
    service: ({ app }) => ({ title: 'Find the service', detail: `${app}; one that is not ours is refused` }),
    nodeLogin: ({ to }) => ({ title: 'Log in to the registry', detail: `${to}, also for the nodes` }),
    wayBack: () => ({
      title: 'How does it go back?',
      detail: 'with its settings, if it ran before',
      note: 'Swarm keeps the settings of the version before only. To one further back, the service is updated forward: to its image, with the settings as they are.',
    }),
    changeService: ({ app, order, rollback }) => ({
      title: rollback ? 'Roll the service back' : 'Create or update the service',
      detail: `${app}, ${order}, pinned by digest`,
    }),
    converge: ({ url = '', timeout, settle }) => ({
      title: 'Wait until all tasks are healthy',
      detail: url ? `and ${url} answers, at most ${timeout}` : `at most ${timeout}`,
      note: `Swarm says that the update is completed, and every task runs: with a HEALTHCHECK, is healthy. A new service has to keep running for ${settle}.`,
    }),
    done: () => ({ title: 'Done', detail: 'the wanted version is healthy' }),
  },
  ends: {
    untouched: 'the old container was never stopped',
    back: 'goes back; the old container runs again and is healthy',
    portBack: 'goes back; the old container has its port again and is healthy',
    noWayBack: 'the old one does not come back either: nothing healthy runs',
    warning: 'a warning only: the new version stays',
    unsettled: 'GS172: it serves; the next run goes on here',
    busy: 'another run holds the lock',
    otherBuild: 'wrong usage, or a script of another build',
    unchanged: 'already running: nothing to do',
    nothing: 'nothing to roll back to',
    stays: 'once for a build only: it stays where it is',
    unrepaired: 'what was interrupted cannot be undone now',
    serviceKept: 'the service was never changed',
    serviceBack: 'the old version runs again and is healthy',
    serviceLost: 'the old one does not come back either: nothing healthy runs',
  },
  codes: {
    0: 'the wanted version is healthy',
    10: 'failed, the old container was never stopped',
    11: 'failed, the old container is running again and healthy',
    12: 'failed, nothing healthy is running',
    13: 'nothing to roll back to',
    64: 'wrong usage, or a script of another build',
    75: 'another run holds the lock',
  },
  rehearsal: 'Rehearsal',
  rehearsalHint:
    'The scripts are played on a simulated docker host: without a fault, and with an error and a kill at every docker call.',
  rehearse: 'Rehearse these scripts',
  rehearseAgain: 'Rehearse again',
  rehearsing: (done, of) => (of === 0 ? 'Rehearsing …' : `Rehearsing: ${done} of ${of}`),
  notRehearsed:
    'Not rehearsed yet. It takes about ten seconds and touches nothing outside of a temporary folder.',
  nothingViolated: (faults, checks) => `${faults} faults, ${checks} checks: nothing was violated.`,
  violated: (count) => `${count} time${s(count)} VIOLATED what the scripts promise`,
  outage: (seconds) => `Nothing serves for ${seconds} s (simulated).`,
  scene: (name) => name,
  timeline: 'Without a fault, call by call',
  timelineColumns: ['Call', 'Time', 'Runs', 'History', 'docker'],
  faults: 'With a fault at each call: exit codes',
  faultColumn: 'Fault at',
  otherFaults: 'others',
  ending: (code, serves, history) =>
    `${code === null ? 'killed' : `exit ${code}`}, ${serves ?? 'nothing'} serves, history [${history.join(', ')}]`,
  endings: 'How often it ended so',
  killed: 'killed',
  otherShells: (shells) =>
    `The last one, without a fault, in other shells with the same end: ${shells.join(', ')}.`,
  values: 'Values and sources',
  valueColumns: ['Name', 'Value', 'Comes from', 'Stands in'],
  source: (source) => source,
  settings: 'Settings',
  configHidden: 'The file cannot be understood, so only the lines that the problems are about are shown.',
  configLine: (file, line) => `${file}, line ${line}`,
  scrollable: (name) => `${name}, scrollable`,
  report: (version) =>
    `Made by gen-scripts ${version}. A picture of one build: it changes nothing and asks nothing.`,
};

const ALL: Readonly<Record<Language, Words>> = { en: ENGLISH, zh: CHINESE };

export function wordsIn(language: Language): Words {
  return ALL[language];
}
