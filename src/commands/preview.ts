import { print } from '../output/terminal.js';
import { type Display, displayOf } from '../preview/display.js';
import { showScript, showTitle } from '../preview/terminal.js';
import { readInputs, renderApps, sayNotices } from './apps.js';
import { type Command, EXIT, type Request } from './command.js';
import { type Selected, selectScripts } from './selected.js';

/** Prints scripts: a single one byte for byte, so that it can be piped into a shell; or what is different in them. */
export const preview: Command = async (request, surroundings) => {
  if (request.switches.has('serve') || request.options.report !== undefined)
    return (await import('./preview-page.js')).previewPage(request, surroundings);
  const inputs = await readInputs(request, surroundings);
  const apps = await renderApps(request, inputs);
  await sayNotices(apps, surroundings);
  const scripts = apps.flatMap((app) => selectScripts(app, request.word));
  const display = displayOf(request.options.color ?? 'auto', surroundings);
  if (wantsDiff(request)) {
    const { previewDiff } = await import('./preview-diff.js');
    return await previewDiff({ request, inputs, apps, scripts, display });
  }
  await print(surroundings, await showAll(scripts, display));
  return EXIT.done;
};

function wantsDiff({ switches, options }: Request): boolean {
  return switches.has('diff') || switches.has('exit-code') || options.against !== undefined;
}

/** Several as `head` and `tail` show them. */
async function showAll(scripts: readonly Selected[], display: Display): Promise<string> {
  const texts = await Promise.all(scripts.map(({ text }) => showScript(text, display)));
  if (texts.length === 1) return texts.join('');
  const titles = scripts.map(({ path }) => showTitle(`==> ${path} <==`, display));
  return texts.map((text, index) => `${titles[index]}\n${text}`).join('\n');
}
