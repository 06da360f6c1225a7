import { CATALOG } from '../../problems/catalog.js';
import { formatExcerpt, type Problem } from '../../problems/problem.js';
import { placeOf } from './config-view.js';
import { type Html, html, NOTHING } from './html.js';
import type { View } from './view.js';

/** Every problem in words, with a link to its place where the page has it. */
export function viewProblems(problems: readonly Problem[], view: View): Html {
  if (problems.length === 0) return NOTHING;
  const { words } = view;
  return html`<section class="problems" aria-labelledby="problems">
<h2 id="problems">${words.problems(problems.length)}</h2>
<p>${words.stopped}</p>
<ul>${problems.map((problem) => html`<li>${viewProblem(problem, view)}</li>`)}</ul>
</section>`;
}

/** One problem; its line of the config file is shown unless the page shows the file. */
export function viewProblem(problem: Problem, view: View): Html {
  const place = placeOf(problem, view.configs);
  const isShown = place !== undefined && place.config.lines.length > 0;
  const source = isShown
    ? html`<a href="#${place.config.id}-${place.line}">${problem.source}</a>`
    : html`${problem.source}`;
  const excerpt = problem.excerpt && !isShown ? formatExcerpt(problem.excerpt) : undefined;
  return html`<p class="problem"><strong>${titleOf(problem, view)}</strong> <code class="id">${problem.code}</code><br>
<span class="where">${source}</span>${problem.value !== undefined && html`: <code>${quote(problem.value)}</code>`}</p>
${excerpt && html`<pre class="excerpt">${excerpt.join('\n')}</pre>`}${viewAdvice(problem, view)}`;
}

/** What is wrong in words, what would be right, and what to do. */
export function viewAdvice(problem: Problem, { words }: View): Html {
  const hint = problem.hint ?? CATALOG[problem.code]?.hint;
  return html`${problem.expected && html`<span class="expected">${words.expected} ${problem.expected}</span>`}${
    hint && html`<span class="hint"><span class="to-do">${words.hint}</span> ${hint}</span>`
  }`;
}

export function titleOf({ code, detail }: Problem, { isChinese }: View): string {
  const { title = code, titleZh = code } = CATALOG[code] ?? {};
  const said = isChinese ? titleZh : title;
  return detail ? `${said} (${detail})` : said;
}

const LONGEST_VALUE = 80;

function quote(value: string): string {
  const characters = [...value];
  const shown = characters.slice(0, LONGEST_VALUE).join('');
  return JSON.stringify(characters.length > LONGEST_VALUE ? `${shown}…` : shown);
}
