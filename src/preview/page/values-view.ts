import { type Html, html } from './html.js';
import type { AppView, ValueView } from './model.js';
import { linkSource } from './source-view.js';
import type { View } from './view.js';

/** Every value with its source and the lines that it stands in: all that hovering tells, for who does not hover. */
export function viewValues({ id, values }: AppView, view: View): Html {
  const { words } = view;
  return html`<section aria-labelledby="${id}-values">
<h3 id="${id}-values">${words.values}</h3>
<div class="scroll" tabindex="0" role="region" aria-label="${words.scrollable(words.values)}" id="${id}-values-table"><table class="values">
<thead><tr>${words.valueColumns.map((column) => html`<th scope="col">${column}</th>`)}</tr></thead>
<tbody>${values.map((value) => viewValue(value, view))}</tbody></table></div>
</section>`;
}

function viewValue({ id, name, text, source, places }: ValueView, view: View): Html {
  const links = places.map(
    ({ script, id: line, line: number }) =>
      html`<a href="#${line}">${script.replace('.sh', '')}:${number}</a> `,
  );
  const kind = source === 'default' ? 'default' : 'given';
  return html`<tr id="${id}" class="${kind}"><th scope="row"><code>${name}</code></th><td><code>${text}</code></td><td>${linkSource(source, view)}</td><td class="places">${links}</td></tr>`;
}
