import { readFile } from 'node:fs/promises';
import type { Answers, Language, Places } from '../init/answers.js';
import { askAnswers } from '../init/ask.js';
import { checkAnswer, FLAGS } from '../init/check.js';
import { renderConfig } from '../init/config.js';
import { renderJenkinsfile } from '../init/jenkinsfile.js';
import { checkLibrary, renderLibraryJenkinsfile } from '../init/library.js';
import {
  CONFIG,
  findPlaces,
  JENKINSFILE,
  LOCAL_SCHEMA,
  lacksCli,
  runAgain,
  runningFile,
  VENDORED_CLI,
  VENDORED_SCHEMA,
} from '../init/places.js';
import { suggestAnswers } from '../init/suggest.js';
import { textsIn } from '../init/texts.js';
import { checkAbsent, writeFiles } from '../init/write.js';
import type { ReleaseFile } from '../output/release-files.js';
import { isInteractive, type Surroundings, say } from '../output/terminal.js';
import { UserError } from '../problems/problem.js';
import { type Command, EXIT, type Request } from './command.js';
import { schemaText } from './schema.js';

/** Writes what a project needs to start: all of its files or none. */
export const init: Command = async (request, surroundings) => {
  const { cwd } = surroundings;
  const names = fileNames(request, cwd);
  if (!request.switches.has('force')) await checkAbsent(cwd, names);
  const answers = await collectAnswers(request, surroundings);
  const files = await render(names, request, answers, surroundings);
  await writeFiles(cwd, files);
  await say(surroundings, `wrote ${names.join(', ')}`);
  if (!request.options.library && lacksCli(cwd, isVendored(request)))
    await say(surroundings, describeLack(cwd));
  await say(surroundings, `next: ${runAgain(cwd, isVendored(request))} validate --show`);
  return EXIT.done;
};

function describeLack(cwd: string): string {
  const run = runAgain(cwd, false);
  return (
    `note: the build runs ${VENDORED_CLI}, which is not in this folder yet: ` +
    `copy the CLI there, or run ${run} init --vendor --force`
  );
}

function fileNames(request: Request, cwd: string): string[] {
  const own = request.switches.has('skip-jenkinsfile') ? [CONFIG] : [CONFIG, JENKINSFILE];
  if (isVendored(request)) return [...own, VENDORED_CLI, VENDORED_SCHEMA];
  const needsSchema = findPlaces(cwd, false).schema === `./${LOCAL_SCHEMA}`;
  return needsSchema ? [...own, LOCAL_SCHEMA] : own;
}

function isVendored({ switches }: Request): boolean {
  return switches.has('vendor');
}

async function collectAnswers(request: Request, surroundings: Surroundings): Promise<Answers> {
  const names = Object.keys(FLAGS) as (keyof Answers)[];
  const typed = names.map((name) => [name, request.options[FLAGS[name]]] as const);
  const given: Partial<Answers> = Object.fromEntries(typed.filter(([, value]) => value !== undefined));
  const answers = isInteractive(surroundings)
    ? await askAnswers(given, textsIn(languageOf(request, surroundings)).questions, surroundings)
    : suggestAnswers(given, surroundings.cwd);
  const problems = names
    .map((name) => checkAnswer(name, answers[name]))
    .concat(request.options.library === undefined ? [] : checkLibrary(request.options.library))
    .filter((problem) => problem !== undefined);
  if (problems.length > 0) throw new UserError(problems);
  return answers;
}

/** `--lang`, else what the terminal speaks. */
function languageOf({ options }: Request, { env }: Surroundings): Language {
  if (options.lang !== undefined) return options.lang === 'zh' ? 'zh' : 'en';
  return (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').startsWith('zh') ? 'zh' : 'en';
}

/** The library brings the CLI to the agent; at a desk it is the one that runs now. */
function placesOf(request: Request, { cwd }: Surroundings): Places {
  const places = findPlaces(cwd, isVendored(request));
  const isElsewhere = request.options.library !== undefined && !isVendored(request);
  return isElsewhere ? { ...places, command: runAgain(cwd, false) } : places;
}

async function render(
  names: readonly string[],
  request: Request,
  answers: Answers,
  surroundings: Surroundings,
): Promise<Map<string, ReleaseFile>> {
  const language = languageOf(request, surroundings);
  const texts = textsIn(language);
  const { library } = request.options;
  const places = placesOf(request, surroundings);
  const content: Record<string, () => string | Promise<string>> = {
    [CONFIG]: () => renderConfig(answers, places, texts),
    [JENKINSFILE]: () =>
      library === undefined
        ? renderJenkinsfile(answers, places, texts)
        : renderLibraryJenkinsfile(library, answers, texts, language),
    [VENDORED_CLI]: () => readFile(runningFile(), 'utf8'),
    [VENDORED_SCHEMA]: schemaText,
    [LOCAL_SCHEMA]: schemaText,
  };
  const files = new Map<string, ReleaseFile>();
  for (const name of names) {
    const text = (await content[name]?.()) ?? '';
    files.set(name, { text, mode: name === VENDORED_CLI ? 0o755 : 0o644 });
  }
  return files;
}
