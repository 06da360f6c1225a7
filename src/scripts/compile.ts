import Handlebars from 'handlebars';
import type { Template, TemplateText } from './templates.js';

/** Escaping for HTML would damage every quote: values pass through `sh` or `comment` instead. As scripts/templates.mjs does. */
const OPTIONS = { noEscape: true, strict: true, preventIndent: true };

/**
 * A template that does not come with the program. The compiler takes longer to load than a build to render, so only who
 * needs it imports this.
 * @param tree what to render instead of the text
 */
export function compileTemplate({ text, file }: TemplateText, tree?: hbs.AST.Program): Template {
  return { text, file, delegate: Handlebars.compile(tree ?? text, OPTIONS) };
}
