import Handlebars from 'handlebars';
import type { TemplateText } from './templates.js';

/** A line of a template; lines start at 1. */
export interface TemplateLine {
  readonly file: string;
  readonly line: number;
}

/** Where a stretch of a rendered line comes from, from its column (counted from 0, in UTF-16 units) to the next stretch. */
export interface Stretch extends TemplateLine {
  readonly column: number;
  /** Filled in from a value of the build, and not written in the template. */
  readonly isValue: boolean;
  /** What the template calls that value, and of a list the list; empty for what the template itself says. */
  readonly name: string;
  /** The how many-th value of that name it is, from 0. */
  readonly turn: number;
}

/** A rendered script that knows where it comes from: the stretches of each of its lines. */
export interface TracedScript {
  readonly text: string;
  readonly lines: readonly (readonly Stretch[])[];
}

/**
 * A mark is a NUL, what it says, a NUL. Nothing else in a rendered script can hold one: `sh` refuses it in a value, `comment`
 * takes it out, and the parser of templates stops at it.
 */
const MARK = '\0';

/**
 * The template's syntax tree with a mark before every line and every value that it renders. Set after the parser has taken
 * out the lines of blocks and partials, so that a marked template renders what the template itself does.
 */
export function markTemplate({ text, file }: TemplateText): hbs.AST.Program {
  const program = Handlebars.parse(text);
  markBody(program, file, '');
  return program;
}

/** @param list that `this` is an item of */
function markBody(program: hbs.AST.Program, file: string, list: string): void {
  program.body = program.body.flatMap((node) => markNode(node, file, list));
}

/** Handlebars' own types know only what `original` was. */
interface Content extends hbs.AST.Statement {
  readonly value: string;
  readonly original: string;
}

function markNode(node: hbs.AST.Statement, file: string, list: string): hbs.AST.Statement[] {
  const { line } = node.loc.start;
  if (node.type === 'ContentStatement') return [markLines(node as Content, file)];
  if (node.type === 'MustacheStatement') {
    const [name] = pathsIn(node as hbs.AST.MustacheStatement);
    const said = { file, line, isValue: true, name: name === 'this' ? list : (name ?? '') };
    return [toContent(mark(said), node), node];
  }
  // The blanks before a partial are rendered by it.
  if (node.type === 'PartialStatement') return [toContent(markText(file, line), node), node];
  if (node.type === 'BlockStatement') {
    const block = node as hbs.AST.BlockStatement;
    const [items] = block.path.original === 'each' ? pathsIn(block) : [];
    for (const inside of [block.program, block.inverse]) if (inside) markBody(inside, file, items ?? list);
  }
  return [node];
}

/** What a helper is called with. */
function pathsIn({ params }: Pick<hbs.AST.MustacheStatement, 'params'>): string[] {
  return params.flatMap((param) =>
    param.type === 'PathExpression' ? (param as hbs.AST.PathExpression).original : [],
  );
}

function toContent(value: string, { loc }: hbs.AST.Statement): Content {
  return { type: 'ContentStatement', value, original: value, loc };
}

function markLines(content: Content, file: string): Content {
  const { value, original, loc } = content;
  // What was taken out at the front are whole lines; at the end only blanks are, or with them everything.
  const first = loc.start.line + leadingLines(original) - leadingLines(value);
  const lines = value.split('\n');
  const marked = lines.map((text, index) => {
    const isNothing = text === '' && index === lines.length - 1;
    return isNothing ? '' : `${markText(file, first + index)}${text}`;
  });
  return { ...content, value: marked.join('\n') };
}

function leadingLines(text: string): number {
  return (/^\s*/.exec(text)?.[0] ?? '').split('\n').length - 1;
}

function markText(file: string, line: number): string {
  return mark({ file, line, isValue: false, name: '' });
}

function mark({ file, line, isValue, name }: Omit<Stretch, 'column' | 'turn'>): string {
  return `${MARK}${isValue ? 'value' : 'text'}:${line}:${name}:${file}${MARK}`;
}

/** Takes the marks out of what a marked template rendered. */
export function readMarks(marked: string): TracedScript {
  const reader = new MarkReader();
  marked.split(MARK).forEach((part, index) => {
    if (index % 2 === 0) reader.take(part);
    else reader.switchTo(part);
  });
  return reader.finish();
}

class MarkReader {
  private readonly lines: Stretch[][] = [[]];
  private text = '';
  private column = 0;
  private readonly turns = new Map<string, number>();
  private origin: Omit<Stretch, 'column'> = { file: '', line: 0, isValue: false, name: '', turn: 0 };

  switchTo(said: string): void {
    const [, kind, line, name = '', file = ''] = /^(value|text):(\d+):([^:]*):([\s\S]*)$/.exec(said) ?? [];
    const isValue = kind === 'value';
    this.origin = { file, line: Number(line), isValue, name, turn: isValue ? this.takeTurn(name) : 0 };
  }

  private takeTurn(name: string): number {
    const turn = this.turns.get(name) ?? 0;
    this.turns.set(name, turn + 1);
    return turn;
  }

  take(part: string): void {
    part.split('\n').forEach((piece, index) => {
      if (index > 0) this.breakLine();
      if (piece !== '') this.addStretch();
      this.column += piece.length;
    });
    this.text += part;
  }

  finish(): TracedScript {
    return { text: this.text, lines: this.lines };
  }

  /** A line without any text comes from where its end stands. */
  private breakLine(): void {
    if (this.lines.at(-1)?.length === 0) this.addStretch();
    this.lines.push([]);
    this.column = 0;
  }

  private addStretch(): void {
    this.lines.at(-1)?.push({ ...this.origin, column: this.column });
  }
}

/**
 * The template's line behind a place in a rendered script.
 * @param line from 1
 * @param column from 1; past the end of the line, what ends it
 */
export function originOf({ lines }: TracedScript, line: number, column: number): TemplateLine | undefined {
  const stretches = lines[line - 1] ?? [];
  const found = stretches.findLast((stretch) => stretch.column < column) ?? stretches[0];
  return found && { file: found.file, line: found.line };
}
