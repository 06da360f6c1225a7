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
  markBody(program, file);
  return program;
}

function markBody(program: hbs.AST.Program, file: string): void {
  program.body = program.body.flatMap((node) => markNode(node, file));
}

/** Handlebars' own types know only what `original` was. */
interface Content extends hbs.AST.Statement {
  readonly value: string;
  readonly original: string;
}

function markNode(node: hbs.AST.Statement, file: string): hbs.AST.Statement[] {
  const { line } = node.loc.start;
  if (node.type === 'ContentStatement') return [markLines(node as Content, file)];
  if (node.type === 'MustacheStatement') return [toContent(mark({ file, line, isValue: true }), node), node];
  // The blanks before a partial are rendered by it.
  if (node.type === 'PartialStatement') return [toContent(mark({ file, line, isValue: false }), node), node];
  if (node.type === 'BlockStatement') {
    const { program, inverse } = node as hbs.AST.BlockStatement;
    for (const inside of [program, inverse]) if (inside) markBody(inside, file);
  }
  return [node];
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
    return isNothing ? '' : `${mark({ file, line: first + index, isValue: false })}${text}`;
  });
  return { ...content, value: marked.join('\n') };
}

function leadingLines(text: string): number {
  return (/^\s*/.exec(text)?.[0] ?? '').split('\n').length - 1;
}

function mark({ file, line, isValue }: Omit<Stretch, 'column'>): string {
  return `${MARK}${isValue ? 'value' : 'text'}:${line}:${file}${MARK}`;
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
  private origin: Omit<Stretch, 'column'> = { file: '', line: 0, isValue: false };

  switchTo(said: string): void {
    const [, kind, line, file = ''] = /^(value|text):(\d+):([\s\S]*)$/.exec(said) ?? [];
    this.origin = { file, line: Number(line), isValue: kind === 'value' };
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
