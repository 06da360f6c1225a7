import type { DiffLine } from '../diff.js';
import { type Html, html } from './html.js';
import type { AppView, ScriptChanges } from './model.js';
import type { View } from './view.js';

/** What is different from what was released last. */
export function viewChanges({ id, changes }: AppView, view: View): Html {
  const { words } = view;
  const { folder, isFirst, scripts } = changes;
  const isSame = scripts.every(({ kind }) => kind === 'same');
  return html`<section aria-labelledby="${id}-changes">
<h3 id="${id}-changes">${words.changes}</h3>
<p class="note">${isFirst ? words.firstRelease(folder) : words.against(folder)} ${!isFirst && isSame && words.noChanges}</p>
${!isFirst && !isSame && scripts.map((script) => viewScript(id, script, view))}
</section>`;
}

function viewScript(app: string, { name, kind, hunks }: ScriptChanges, view: View): Html {
  const { words } = view;
  const id = `${app}-diff-${name}`;
  const heading = html`<h4 id="${id}">${name} <span class="note">${words.changeKinds[kind]}${count(hunks.flat())}</span></h4>`;
  if (hunks.length === 0) return heading;
  const rows = hunks.map((hunk) => html`<tbody>${hunk.map((line) => viewLine(line, view))}</tbody>`);
  const columns = [words.oldLine, words.newLine, words.text];
  return html`${heading}<div class="code diff" id="${id}-code" tabindex="0" role="region" aria-label="${words.scrollable(`${words.changes}: ${name}`)}">
<table><thead class="hidden"><tr>${columns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>${rows}</table></div>`;
}

function count(lines: readonly DiffLine[]): string {
  const sum = (kind: DiffLine['kind']) => lines.filter((line) => line.kind === kind).length;
  return lines.length === 0 ? '' : ` · +${sum('added')} −${sum('removed')}`;
}

const MARKS = { same: ' ', added: '+', removed: '-' } as const;

/** The change is in a sign, in the colour and, for who hears it, in a word. */
function viewLine({ kind, text, before, after }: DiffLine, { words }: View): Html {
  const word = kind === 'same' ? false : html`<span class="hidden">${words[kind]}</span>`;
  return html`<tr class="${kind}"><td class="n">${before}</td><td class="n">${after}</td><td>${word}<span aria-hidden="true">${MARKS[kind]} </span>${text}</td></tr>`;
}
