import { violationsOf } from '../../rehearsal/report/rehearsal.js';
import { countEndings, faultRows, timelineRows } from '../../rehearsal/report/rows.js';
import { type CellReport, outageOf, type SceneResult } from '../../rehearsal/scene.js';
import type { End } from '../../rehearsal/stage.js';
import { type Html, html, NOTHING } from './html.js';
import type { AppView, Running } from './model.js';
import { viewProblem } from './problems-view.js';
import type { View } from './view.js';

/** What came of playing the scripts, or how far it is, or the button that begins it. */
export function viewRehearsal(app: Pick<AppView, 'id' | 'rehearsal'>, view: View): Html {
  const { words } = view;
  const id = `${app.id}-rehearsal`;
  return html`<section id="${id}-section" aria-labelledby="${id}">
<h3 id="${id}">${words.rehearsal}</h3>
<p class="note">${words.rehearsalHint}</p>
${viewState(app, view)}
</section>`;
}

function viewState(app: Pick<AppView, 'id' | 'rehearsal'>, view: View): Html {
  const { words } = view;
  const { rehearsal } = app;
  switch (rehearsal.state) {
    case 'none':
      return html`<p>${words.notRehearsed}</p>${viewButton(app, words.rehearse, view)}`;
    case 'running':
      return viewProgress(app.id, rehearsal, view);
    case 'failed':
      return html`${rehearsal.problems.map((problem) => viewProblem(problem, view))}${viewButton(app, words.rehearseAgain, view)}`;
    case 'done':
      return html`${viewVerdict(rehearsal.rehearsal.scenes, view)}${viewScenes(app.id, rehearsal.rehearsal.scenes, view)}`;
  }
}

function viewButton({ id }: Pick<AppView, 'id'>, text: string, { isLive }: View): Html {
  if (!isLive) return NOTHING;
  return html`<p><button type="button" id="${id}-rehearse" hx-post="rehearse" hx-include="#form" hx-vals='{"app":"${id}"}' hx-target="#${id}-rehearsal-section" hx-swap="outerHTML">${text}</button></p>`;
}

/** Asks for itself again until it is another one. */
function viewProgress(id: string, { key, done, of }: Running, { words }: View): Html {
  const text = words.rehearsing(done, of);
  return html`<div hx-post="rehearsal" hx-include="#form" hx-vals='{"app":"${id}","key":"${key}"}' hx-trigger="load delay:700ms" hx-target="#${id}-rehearsal-section" hx-swap="outerHTML">
<p role="status" id="${id}-progress-text">${text}</p><progress aria-labelledby="${id}-progress-text" max="${Math.max(of, 1)}" value="${done}"></progress></div>`;
}

function viewVerdict(scenes: readonly SceneResult[], { words }: View): Html {
  const violations = violationsOf(scenes).length;
  if (violations > 0) return html`<p class="verdict bad" role="status">${words.violated(violations)}</p>`;
  const faults = scenes.reduce((sum, { cells }) => sum + cells.length, 0);
  const checks = scenes.reduce((sum, scene) => sum + scene.checks, 0);
  return html`<p class="verdict good" role="status">${words.nothingViolated(faults, checks)}</p>`;
}

/** Other shells play one scenario without a fault: as long as they end as the first one does, that is one sentence. */
function viewScenes(id: string, scenes: readonly SceneResult[], view: View): Html {
  const isPlain = (scene: SceneResult) =>
    scene.cells.length === 0 &&
    violationsOf([scene]).length === 0 &&
    scenes.some((other) => isSameEnd(scene, other));
  const others = scenes.filter(isPlain).map(({ shell }) => shell);
  const shown = scenes.filter((scene) => !isPlain(scene));
  return html`${shown.map((scene, index) => viewScene(`${id}-scene${index}`, scene, view))}${
    others.length > 0 && html`<p class="note">${view.words.otherShells(others)}</p>`
  }`;
}

function isSameEnd(scene: SceneResult, other: SceneResult): boolean {
  const endOf = ({ path }: SceneResult) => JSON.stringify([path.ends[0]?.code, path.ends[0]?.state]);
  return other.cells.length > 0 && other.scenario === scene.scenario && endOf(other) === endOf(scene);
}

function viewScene(id: string, scene: SceneResult, view: View): Html {
  const { words } = view;
  const { path, cells, steps } = scene;
  const [end] = path.ends;
  const outage = outageOf(scene);
  const violated = violationsOf([scene]);
  return html`<article class="scene"><h4 id="${id}">${words.scene(scene.scenario)} <span class="note">${scene.shell}</span></h4>
<p>${end && describeEnd(end, view)}. ${outage && words.outage((outage.ms / 1000).toFixed(2))}</p>
${violated.map(({ cell }) => html`<pre class="violation">${cell.violations.join('\n')}</pre>`)}
${cells.length > 0 && [viewTimeline(id, steps, view), viewFaults(id, scene, view), viewEndings(cells, view)]}</article>`;
}

function describeEnd({ code, state }: End, { words }: View): string {
  return words.ending(code, state.serves, state.history);
}

function viewTimeline(id: string, steps: SceneResult['steps'], { words }: View): Html {
  const head = words.timelineColumns.map((column) => html`<th scope="col">${column}</th>`);
  const rows = timelineRows(steps).map(
    ([call, time, runs, history, docker]) =>
      html`<tr><td class="n">${call}</td><td class="n">${time}</td><td>${runs}</td><td>${history}</td><td><code>${docker}</code></td></tr>`,
  );
  return fold(
    `${id}-timeline`,
    words.timeline,
    html`<table><thead><tr>${head}</tr></thead><tbody>${rows}</tbody></table>`,
    words.scrollable(words.timeline),
  );
}

function viewFaults(id: string, scene: SceneResult, { words }: View): Html {
  const { faults, rows } = faultRows(scene);
  const mark = (cell: CellReport | undefined) => viewCode(cell, words.killed);
  const head = [words.faultColumn, ...faults, words.otherFaults].map(
    (name) => html`<th scope="col">${name}</th>`,
  );
  const body = rows.map(
    ({ call, cells, others }) =>
      html`<tr><th scope="row">${call}</th>${cells.map((cell) => html`<td>${mark(cell)}</td>`)}<td>${others.map(
        ({ fault, cell }) => html`${fault} ${mark(cell)} `,
      )}</td></tr>`,
  );
  return fold(
    `${id}-faults`,
    words.faults,
    html`<table><thead><tr>${head}</tr></thead><tbody>${body}</tbody></table>`,
    words.scrollable(words.faults),
  );
}

function viewCode(cell: CellReport | undefined, killed: string): Html {
  if (cell === undefined) return NOTHING;
  const code = cell.ends[0]?.code;
  const bad = cell.violations.length > 0 && html` <b class="violated">VIOLATED</b>`;
  return html`<span class="exit e${code ?? 'killed'}">${code ?? killed}</span>${bad}`;
}

function viewEndings(cells: readonly CellReport[], view: View): Html {
  const rows = countEndings(cells, (end) => describeEnd(end, view));
  return html`<h5>${view.words.endings}</h5><ul class="endings">${rows.map(
    ([text, count]) => html`<li><b>${count} ×</b> ${text}</li>`,
  )}</ul>`;
}

function fold(id: string, title: string, content: Html, label: string): Html {
  return html`<details id="${id}"><summary>${title}</summary><div class="scroll" tabindex="0" role="region" aria-label="${label}">${content}</div></details>`;
}
