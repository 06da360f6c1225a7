import Handlebars from 'handlebars';
import { nearest } from '../parameters/nearest.js';
import type { Problem } from '../problems/problem.js';
import { type TemplateSet, type TemplateText, templatesOf } from './templates.js';

type Node = hbs.AST.Node;
type Scope = {
  readonly names: ReadonlySet<string>;
  readonly inEach: boolean;
  readonly lines: readonly string[];
};

/**
 * Checks a template without rendering it: every value passes through `sh` or `comment`, every name exists in the
 * context, every partial exists. Rendering alone would find a bare value only when somebody's input breaks out of it.
 * @param names keys of the context that the template is rendered with
 */
export function checkTemplate(
  template: TemplateText,
  names: ReadonlySet<string>,
  partials: ReadonlySet<string>,
): Problem[] {
  let program: hbs.AST.Program;
  try {
    program = Handlebars.parse(template.text);
  } catch (error) {
    return [problemAt(template, undefined, 'GS095', { detail: firstLine((error as Error).message) })];
  }
  const problems: Problem[] = [];
  const report: Report = (node, code, facts) => problems.push(problemAt(template, node, code, facts));
  for (const node of program.body)
    checkNode(node, { names, inEach: false, lines: template.text.split('\n') }, partials, report);
  return problems;
}

/** The partials of an engine, those that it shares with others as well, by the name under which templates include them: `lock`. */
export function partialNames(templates: TemplateSet, engine: string): ReadonlySet<string> {
  const names = [...templatesOf(templates, engine).keys()].filter((name) => name.startsWith('partials/'));
  return new Set(names.map((name) => name.slice('partials/'.length)));
}

type Facts = Pick<Problem, 'value' | 'detail' | 'expected' | 'hint'>;
type Report = (node: Node, code: string, facts: Facts) => void;

function checkNode(node: Node, scope: Scope, partials: ReadonlySet<string>, report: Report): void {
  if (node.type === 'ContentStatement' || node.type === 'CommentStatement') return;
  if (node.type === 'MustacheStatement') checkValue(node as hbs.AST.MustacheStatement, scope, report);
  else if (node.type === 'PartialStatement') checkPartial(node as hbs.AST.PartialStatement, partials, report);
  else if (node.type === 'BlockStatement')
    checkBlock(node as hbs.AST.BlockStatement, scope, partials, report);
  else
    report(node, 'GS095', {
      value: node.type,
      expected: `${ALLOWED}, {{sh x}}, {{comment x}} or {{> partial}}`,
    });
}

const ALLOWED = '{{#if x}}, {{#unless x}} or {{#each x}}';

function checkValue(node: hbs.AST.MustacheStatement, scope: Scope, report: Report): void {
  const helper = (node.path as hbs.AST.PathExpression).original;
  const isQuoted =
    (helper === 'sh' || helper === 'comment') && node.params.length === 1 && node.escaped !== false;
  if (isQuoted && fitsPlace(helper, node, scope))
    checkPath(node.params[0] as hbs.AST.Expression, scope, report);
  else report(node, 'GS097', { value: String(helper) });
}

/**
 * `sh` begins its line, or is the value of an assignment that does: anywhere else a quote, a `#` or a backslash before it could
 * change what its quotes mean. `comment` stands in a comment line. (What began on an earlier line, such as a here-document,
 * is not seen.)
 */
function fitsPlace(helper: string, { loc }: Node, { lines }: Scope): boolean {
  const before = (lines[loc.start.line - 1] ?? '').slice(0, loc.start.column);
  return helper === 'comment'
    ? before.startsWith('#')
    : /^\s*([A-Za-z_]\w*=)?$/.test(before.replace(/\{\{[#/][^}]*\}\}/g, ''));
}

function checkPath(expression: hbs.AST.Expression, scope: Scope, report: Report): void {
  const name = (expression as hbs.AST.PathExpression).original ?? '';
  if (scope.inEach && name === 'this') return;
  if (expression.type !== 'PathExpression' || !scope.names.has(String(name))) {
    report(expression, 'GS098', {
      value: String(name),
      ...suggest(String(name), scope.names),
    });
  }
}

function checkPartial(node: hbs.AST.PartialStatement, partials: ReadonlySet<string>, report: Report): void {
  const name = String((node.name as hbs.AST.PathExpression).original);
  if (!partials.has(name)) report(node, 'GS096', { value: name, ...suggest(name, partials) });
}

/** Dozens of names help nobody who mistyped one. */
function suggest(name: string, known: ReadonlySet<string>): Pick<Problem, 'expected' | 'hint'> {
  const close = nearest(name, [...known]);
  return close ? { hint: `did you mean ${close}?` } : { expected: `one of ${[...known].sort().join(', ')}` };
}

function checkBlock(
  node: hbs.AST.BlockStatement,
  scope: Scope,
  partials: ReadonlySet<string>,
  report: Report,
): void {
  const helper = String(node.path.original);
  if (!['if', 'unless', 'each'].includes(helper) || node.params.length !== 1) {
    report(node, 'GS095', { value: `#${helper}`, expected: ALLOWED });
    return;
  }
  checkPath(node.params[0] as hbs.AST.Expression, scope, report);
  const inside = { ...scope, inEach: scope.inEach || helper === 'each' };
  for (const child of [...node.program.body, ...(node.inverse?.body ?? [])])
    checkNode(child, inside, partials, report);
}

function problemAt(template: TemplateText, node: Node | undefined, code: string, facts: Facts): Problem {
  if (!node) return { code, source: template.file, ...facts };
  const { line, column } = node.loc.start;
  const text = template.text.split('\n')[line - 1] ?? '';
  return {
    code,
    source: `${template.file}:${line}:${column + 1}`,
    ...facts,
    excerpt: { line: text, column: column + 1 },
  };
}

function firstLine(text: string): string {
  return text.split('\n')[0] ?? text;
}
