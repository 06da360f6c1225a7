import { COMMANDS, type CommandName } from '../commands/command.js';
import { optionsOf } from '../commands/command-options.js';
import { HELP } from '../commands/options.js';
import { ENTRIES } from '../parameters/table.js';
import { type Answer, type Candidate, FILES, isInert, toCandidates } from './candidate.js';
import { SHELLS } from './shells.js';
import type { Spot } from './spot.js';

/** What only a look at the project can tell; nothing is read before it is asked for. */
export interface Lookup {
  environments(): Promise<readonly string[]>;
  /** Of `hosts:`, of every environment. */
  hosts(): Promise<readonly string[]>;
  tags(): Promise<readonly string[]>;
  /** Tags and branches. */
  revisions(): Promise<readonly string[]>;
  /** What lies in the project's folder. */
  paths(): Promise<readonly string[]>;
  /** Newest first: the tag, and the line of the history. */
  versions(): Promise<readonly Candidate[]>;
}

/** Repeatable options are offered again. */
const REPEATABLE: ReadonlySet<string> = new Set(['config', 'report']);

const FILE_OPTIONS: ReadonlySet<string> = new Set([
  ...['config', 'templates', 'out', 'outcomes', 'report', 'build-context', 'build-dockerfile'],
  ...['history', 'containers'],
]);

const SCRIPTS = ['build.sh', 'repull.sh', 'rollback.sh', 'auto.sh'];

/** Whether any command has this option with a value. */
export function takesValue(option: string): boolean {
  return COMMANDS.some((name) => optionsOf(name)[option]?.requiresArg === true);
}

export async function answerAt(spot: Spot, lookup: Lookup): Promise<Answer> {
  if (spot.option !== undefined) return valuesOf(spot, spot.option, lookup);
  if (spot.typed.startsWith('-')) return words(unusedOptions(spot));
  return spot.command === 'ship'
    ? words(toCandidates((await lookup.hosts()).filter(isInert)))
    : wordsAfter(spot.command);
}

function words(all: readonly Candidate[]): Answer {
  return { kind: 'words', words: all };
}

function unusedOptions({ command = 'render', given }: Spot): Candidate[] {
  const own = Object.entries(optionsOf(command))
    .filter(([, { hidden }]) => hidden !== true)
    .map(([name, { describe = '' }]) => ({ name, help: String(describe) }));
  const all = [...own, { name: 'help', help: 'Show help' }, { name: 'version', help: 'Show version number' }];
  return all
    .filter(({ name }) => !given.has(name) || REPEATABLE.has(name))
    .map(({ name, help }) => ({ text: `--${name}`, help }));
}

function wordsAfter(command: CommandName | undefined): Answer {
  switch (command) {
    case undefined:
      return words(COMMANDS.map((name) => ({ text: name, help: HELP[name].describe })));
    case 'preview':
      return words(toCandidates(SCRIPTS));
    case 'completion':
      return words(toCandidates(Object.keys(SHELLS)));
    case 'history':
    case 'rehearse':
      return FILES;
    default:
      return words([]);
  }
}

async function valuesOf(
  { command = 'render', typed }: Spot,
  option: string,
  lookup: Lookup,
): Promise<Answer> {
  const known = optionsOf(command)[option];
  if (known === undefined) return words([]);
  const choices = known.choices ?? choicesOf(option);
  if (choices !== undefined) return words(toCandidates(choices.map(String)));
  switch (option) {
    case 'env':
      return words(toCandidates((await lookup.environments()).filter(isInert)));
    case 'git-tag':
      return words(toCandidates((await lookup.tags()).filter(isInert)));
    case 'against':
      return await revisionsOrFiles(typed, lookup);
    case 'rollback-to':
      return words(await targets(lookup));
    case 'rollback-steps':
      return words((await lookup.versions()).map(({ help }, index) => ({ text: String(index + 1), help })));
    default:
      // What init asks for lies on a host.
      return FILE_OPTIONS.has(option) && command !== 'init' ? FILES : words([]);
  }
}

/** A shell finds files in folders better than we do: it is asked as soon as no revision begins like this. */
async function revisionsOrFiles(typed: string, lookup: Lookup): Promise<Answer> {
  const revisions = (await lookup.revisions()).filter(isInert);
  if (!revisions.some((revision) => revision.startsWith(typed))) return FILES;
  return words(toCandidates([...revisions, ...(await lookup.paths()).filter(isInert)]));
}

/** Of a parameter that is a choice, or yes or no. */
function choicesOf(option: string): readonly string[] | undefined {
  const [, entry] = ENTRIES.find(([, { flag }]) => flag === option) ?? [];
  if (entry?.field.shape === 'boolean' || option === 'ctrl-build') return ['true', 'false'];
  return entry?.field.shape === 'text' ? entry.field.choices : undefined;
}

/** Where no history is at hand, a version that was deployed has a git tag. */
async function targets(lookup: Lookup): Promise<readonly Candidate[]> {
  const versions = (await lookup.versions()).filter(({ text }) => isInert(text));
  return versions.length > 0 ? versions : toCandidates((await lookup.tags()).filter(isInert));
}
