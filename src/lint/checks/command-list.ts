/** A word of a command. */
export interface Word {
  /** As it is written, with its quotes. */
  readonly raw: string;
  /** Without quotes; `$` stands for what only a shell knows. */
  readonly value: string;
  /** Where it begins in the script. */
  readonly offset: number;
}

/** A simple command: no keywords, operators or redirections. */
export interface ShellCommand {
  readonly words: readonly Word[];
  /** The function that it stands in; '' outside of any. */
  readonly inFunction: string;
}

const KEYWORDS: ReadonlySet<string> = new Set('! if then else elif fi do done while until'.split(' '));

/** Where a `case` is: its word, the patterns of a branch, or the branch's commands. */
type CasePart = 'word' | 'pattern' | 'commands';

/** The command that is being read, and what it stands in. */
export class CommandList {
  private words: Word[] = [];
  private isLoop = false;
  private pendingFunction = '';
  private readonly cases: CasePart[] = [];

  constructor(
    private readonly commands: ShellCommand[],
    private readonly functions: string[],
  ) {}

  get isPattern(): boolean {
    return this.cases.at(-1) === 'pattern';
  }

  add(word: Word): void {
    if (this.cases.at(-1) === 'word') {
      if (word.raw === 'in') this.cases.splice(-1, 1, 'pattern');
    } else if (this.isPattern) {
      if (word.raw === 'esac') this.cases.pop();
    } else if (this.words.length > 0 || !this.takeKeyword(word.raw)) this.words.push(word);
  }

  private takeKeyword(raw: string): boolean {
    if (raw === '{') this.functions.push(this.takeFunction());
    else if (raw === '}') this.functions.pop();
    else if (raw === 'case') this.cases.push('word');
    else if (raw === 'esac') this.cases.pop();
    else if (raw === 'for') this.isLoop = true;
    else return KEYWORDS.has(raw);
    return true;
  }

  /** The words of `for` are no command. */
  finish(): void {
    const inFunction = this.functions.findLast((name) => name !== '') ?? '';
    if (this.words.length > 0 && !this.isLoop) this.commands.push({ words: this.words, inFunction });
    this.words = [];
    this.isLoop = false;
  }

  /** The word before `()`. */
  beginFunction(): void {
    this.pendingFunction = this.words.pop()?.value ?? '';
  }

  takeFunction(): string {
    const name = this.pendingFunction;
    this.pendingFunction = '';
    return name;
  }

  beginPattern(): void {
    if (this.cases.at(-1) === 'commands') this.cases.splice(-1, 1, 'pattern');
  }

  endPattern(): void {
    if (this.isPattern) this.cases.splice(-1, 1, 'commands');
  }
}
