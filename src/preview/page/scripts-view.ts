import type { Finding } from '../../lint/finding.js';
import { type Html, html, NOTHING } from './html.js';
import type { AppView, LineView, Piece, PreviewModel, ScriptView, ValueView } from './model.js';
import { sourceOf } from './source-view.js';
import type { View } from './view.js';

/** The scripts side by side, with what lint says of them and where their values come from. */
export function viewScripts(app: AppView, { linter }: PreviewModel, view: View): Html {
  const { words } = view;
  const values = new Map(app.values.map((value) => [value.id, value]));
  return html`<section aria-labelledby="${app.id}-scripts">
<h3 id="${app.id}-scripts">${words.scripts}</h3>
<p class="note">${words.scriptsHint} ${sayLinter(linter, app, view)}</p>
<div class="columns">${app.scripts.map((script) => viewScript(script, values, view))}</div>
</section>`;
}

function sayLinter(linter: string | undefined, { scripts }: AppView, { words }: View): string {
  if (linter === 'pending') return words.shellCheckRuns;
  if (linter === undefined) return words.shellCheckMissing;
  const count = scripts.reduce((sum, script) => sum + countFindings(script), 0);
  return count === 0 ? words.noFindings(linter) : `${linter}: ${words.findings(count)}`;
}

function countFindings({ lines }: ScriptView): number {
  return lines.reduce((sum, { findings }) => sum + findings.length, 0);
}

function viewScript(script: ScriptView, values: ReadonlyMap<string, ValueView>, view: View): Html {
  const { words } = view;
  const { id, name, path, lines } = script;
  const first = lines.find(({ findings }) => findings.length > 0);
  const link =
    first !== undefined &&
    html` · <a href="#${id}-${first.number}">${words.findings(countFindings(script))}</a>`;
  return html`<article class="script" aria-labelledby="${id}-name">
<header><h4 id="${id}-name" title="${path}">${name}</h4><span class="note">${words.lines(lines.length)}${link}</span></header>
<div class="code" id="${id}" tabindex="0" role="region" aria-label="${words.scrollable(name)}"><pre><code>${lines.map(
    (line) => viewLine(id, line, values, view),
  )}</code></pre></div>
</article>`;
}

function viewLine(
  script: string,
  { number, pieces, findings }: LineView,
  values: ReadonlyMap<string, ValueView>,
  view: View,
): Html {
  const id = `${script}-${number}`;
  const worst = findings.length > 0 ? ' found' : '';
  const text = groupByValue(pieces).map((group, index) => viewGroup(group, `${id}-${index}`, values, view));
  return html`<span class="line${worst}" id="${id}" data-n="${number}">${text}
</span>${findings.map((finding) => viewFinding(finding, view))}`;
}

/** One value may have several colours. */
function groupByValue(pieces: readonly Piece[]): Piece[][] {
  const groups: Piece[][] = [];
  for (const piece of pieces) {
    const last = groups.at(-1);
    if (last !== undefined && last[0]?.value === piece.value) last.push(piece);
    else groups.push([piece]);
  }
  return groups;
}

function viewGroup(
  pieces: readonly Piece[],
  id: string,
  values: ReadonlyMap<string, ValueView>,
  view: View,
): Html {
  const text = pieces.map(viewPiece);
  const value = values.get(pieces[0]?.value ?? '');
  // A part of a value that cannot be seen is nothing to point at.
  if (value === undefined || pieces.every((piece) => piece.text.trim() === '')) return html`${text}`;
  const tip = html`<span class="tip" role="tooltip" id="${id}-tip"><b>${value.name}</b> ${sourceOf(value.source, view)}</span>`;
  return html`<span class="value"><a href="#${value.id}" id="${id}" aria-describedby="${id}-tip">${text}</a>${tip}</span>`;
}

function viewPiece({ kind, text }: Piece): Html {
  return kind === 'plain' ? html`${text}` : html`<span class="${kind}">${text}</span>`;
}

/** Below its line, and pointing to the template that the line comes from. */
function viewFinding({ level, code, message, template }: Finding, { words }: View): Html {
  const from =
    template === undefined
      ? NOTHING
      : html` <span class="from">${words.template} ${template.file}:${template.line}</span>`;
  return html`<span class="finding ${level}" role="note"><b>${words.levels[level]}</b> ${message} <span class="id">${code}</span>${from}</span>`;
}
