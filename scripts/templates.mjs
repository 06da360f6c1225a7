import { readFile } from 'node:fs/promises';
import Handlebars from 'handlebars';

/** Escaping for HTML would damage every quote: values pass through `sh` or `comment` instead. */
const OPTIONS = { noEscape: true, strict: true, preventIndent: true };

/** What `import template from './x.hbs'` gives: its text, and how to render it without the compiler of templates. */
export function templateModule(text) {
  return `export default { text: ${JSON.stringify(text)}, spec: ${Handlebars.precompile(text, OPTIONS)} };\n`;
}

/** For esbuild. */
export const templates = {
  name: 'templates',
  setup({ onLoad }) {
    onLoad({ filter: /\.hbs$/ }, async ({ path }) => ({
      contents: templateModule(await readFile(path, 'utf8')),
      loader: 'js',
    }));
  },
};
