import { lineIn } from './config-view.js';
import { type Html, html } from './html.js';
import type { View } from './view.js';

/** Where a value comes from, in words. */
export function sourceOf(source: string, { words }: View): string {
  return words.source(source);
}

/** ... and with a link, where the page shows the line of the settings. */
export function linkSource(source: string, view: View): Html {
  for (const { id, file, lines } of view.configs) {
    const line = lineIn(file, source);
    if (line !== undefined && line <= lines.length) return html`<a href="#${id}-${line}">${source}</a>`;
  }
  return html`${sourceOf(source, view)}`;
}
