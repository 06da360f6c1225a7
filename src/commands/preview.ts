import { join } from 'node:path';
import { print } from '../output/terminal.js';
import { UserError } from '../problems/problem.js';
import { type RenderedApp, readInputs, renderApps, sayNotices } from './apps.js';
import { type Command, EXIT } from './command.js';

/** Prints scripts: a single one byte for byte, so that it can be piped into a shell or a diff. */
export const preview: Command = async (request, surroundings) => {
  if (request.switches.has('serve') || request.options.report !== undefined)
    return (await import('./preview-page.js')).previewPage(request, surroundings);
  const apps = await renderApps(request, await readInputs(request, surroundings));
  await sayNotices(apps, surroundings);
  const scripts = apps.flatMap((app) => select(app, request.word));
  const [only] = scripts;
  const alone = scripts.length === 1 && only !== undefined;
  await print(surroundings, alone ? only.text : scripts.map(withTitle).join('\n'));
  return EXIT.done;
};

interface Script {
  readonly path: string;
  readonly text: string;
}

/** `repull` means repull.sh. Without a word all of them, but not auto.sh, which only repeats one. */
function select({ folder, scripts }: RenderedApp, word: string): Script[] {
  const names = [...scripts.keys()];
  const wanted =
    word === '' ? names.filter((name) => name !== 'auto.sh') : names.filter((name) => isCalled(name, word));
  if (wanted.length === 0) {
    throw new UserError([{ code: 'GS007', source: 'command line', value: word, expected: names.join(', ') }]);
  }
  return wanted.map((name) => ({ path: join(folder, name), text: scripts.get(name) ?? '' }));
}

function isCalled(name: string, word: string): boolean {
  return name === word || name === `${word}.sh`;
}

/** As `head` and `tail` show several files. */
function withTitle({ path, text }: Script): string {
  return `==> ${path} <==\n${text}`;
}
