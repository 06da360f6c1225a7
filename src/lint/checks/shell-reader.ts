import { CommandList, type ShellCommand, type Word } from './command-list.js';

/** Every command of a script in the order in which it is written, those in `$(...)` and backquotes too. */
export function readCommands(script: string): ShellCommand[] {
  const reader = new ShellReader(script);
  reader.readList('');
  return reader.commands;
}

const BLANK = /[ \t\r]/;
const ENDS_WORD = /[\s;&|<>()]/;

/**
 * Knows as much of the shell's grammar (POSIX, XCU 2.3 and 2.10) as it takes to tell commands from other words. What it does
 * not look into: here-documents, and text that a command runs as a script.
 */
class ShellReader {
  readonly commands: ShellCommand[] = [];
  private at = 0;
  private readonly functions: string[] = [];
  private readonly hereDocuments: { delimiter: string; stripTabs: boolean }[] = [];

  constructor(private readonly text: string) {}

  /** @param end what ends the list: `)`, a backquote, or nothing but the end of the script */
  readList(end: string): void {
    const list = new CommandList(this.commands, this.functions);
    for (;;) {
      const character = this.text[this.at] ?? '';
      if (character === '' || (character === end && !(end === ')' && list.isPattern))) break;
      if (BLANK.test(character)) this.at += 1;
      else if (this.text.startsWith('\\\n', this.at)) this.at += 2;
      else if (character === '#') this.skipTo('\n');
      else if (character === '\n') this.readLineEnd(list);
      else if (character === '(' || character === ')') this.readParenthesis(character, list);
      else if (character === ';' || character === '&' || character === '|') this.readOperator(list);
      else if (character === '<' || character === '>') this.readRedirection(end);
      else this.readArgument(list, end);
    }
    list.finish();
    this.at += 1;
  }

  private readLineEnd(list: CommandList): void {
    list.finish();
    this.at += 1;
    for (const { delimiter, stripTabs } of this.hereDocuments.splice(0)) {
      while (this.at < this.text.length) {
        const line = this.text.slice(this.at, this.skipTo('\n'));
        this.at += 1;
        if ((stripTabs ? line.replace(/^\t+/, '') : line) === delimiter) break;
      }
    }
  }

  private readParenthesis(character: string, list: CommandList): void {
    this.at += 1;
    if (character === ')') list.endPattern();
    else if (this.text[this.at] === ')') {
      this.at += 1;
      list.beginFunction();
    } else if (!list.isPattern) {
      list.finish();
      this.functions.push(list.takeFunction());
      this.readList(')');
      this.functions.pop();
    }
  }

  private readOperator(list: CommandList): void {
    list.finish();
    if (this.text.startsWith(';;', this.at)) list.beginPattern();
    while (/[;&|]/.test(this.text[this.at] ?? '')) this.at += 1;
  }

  private readRedirection(end: string): void {
    const [operator = ''] =
      /^(<<-?|<&|>&|>>|>\||<>|<|>)[ \t]*/.exec(this.text.slice(this.at, this.at + 80)) ?? [];
    this.at += operator.length;
    const { value } = this.readWord(end);
    if (operator.startsWith('<<'))
      this.hereDocuments.push({ delimiter: value, stripTabs: operator.startsWith('<<-') });
  }

  private readArgument(list: CommandList, end: string): void {
    const word = this.readWord(end);
    // The number of a file before a redirection.
    if (/^\d+$/.test(word.raw) && /[<>]/.test(this.text[this.at] ?? '')) return;
    list.add(word);
  }

  private readWord(end: string): Word {
    const offset = this.at;
    let value = '';
    for (;;) {
      const character = this.text[this.at] ?? '';
      if (character === '' || ENDS_WORD.test(character) || character === end) break;
      value += this.readPiece(false);
    }
    return { raw: this.text.slice(offset, this.at), value, offset };
  }

  /** One character, or what a quote or a `$` begins. @returns what it stands for */
  private readPiece(isQuoted: boolean, isInBraces = false): string {
    const character = this.text[this.at] ?? '';
    this.at += 1;
    if (character === '\\') return this.readEscaped();
    if (character === '`') return this.readNested('`');
    if (character === '$') return this.readExpansion(isQuoted);
    if (character === '"' && (!isQuoted || isInBraces)) return this.readDoubleQuoted();
    if (character === "'" && !isQuoted) {
      const from = this.at;
      const to = this.skipTo("'");
      this.at += 1;
      return this.text.slice(from, to);
    }
    return character;
  }

  private readEscaped(): string {
    const character = this.text[this.at] ?? '';
    this.at += 1;
    return character === '\n' ? '' : character;
  }

  private readDoubleQuoted(): string {
    let value = '';
    while (this.at < this.text.length && this.text[this.at] !== '"') value += this.readPiece(true);
    this.at += 1;
    return value;
  }

  private readExpansion(isQuoted: boolean): string {
    if (this.text.startsWith('((', this.at)) this.skipArithmetic();
    else if (this.text[this.at] === '(') {
      this.at += 1;
      this.readNested(')');
    } else if (this.text[this.at] === '{') {
      while (this.at < this.text.length && this.text[this.at] !== '}') this.readPiece(isQuoted, true);
      this.at += 1;
    }
    return '$';
  }

  private readNested(end: string): string {
    this.readList(end);
    return '$';
  }

  private skipArithmetic(): void {
    let depth = 0;
    do {
      const character = this.text[this.at] ?? '';
      depth += Number(character === '(') - Number(character === ')');
      this.at += 1;
    } while (depth > 0 && this.at < this.text.length);
  }

  private skipTo(character: string): number {
    const found = this.text.indexOf(character, this.at);
    this.at = found < 0 ? this.text.length : found;
    return this.at;
  }
}
