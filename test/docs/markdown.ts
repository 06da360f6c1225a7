/** What a reader can point at in one page; nothing inside a code block counts as a heading, a table or a link. */
export interface Page {
  readonly headings: readonly Heading[];
  /** Rows of each table, the two lines of its head included. */
  readonly tables: readonly number[];
  /** Each code block, by its lines. */
  readonly blocks: readonly (readonly string[])[];
  readonly links: readonly string[];
}

export interface Heading {
  readonly level: number;
  readonly text: string;
}

export function readPage(text: string): Page {
  const { prose, blocks } = splitBlocks(text.split('\n'));
  return {
    headings: prose.flatMap(readHeading),
    tables: tableSizes(prose),
    blocks,
    links: prose.flatMap((line) => [...withoutCode(line).matchAll(LINK)].map(([, target = '']) => target)),
  };
}

/** As GitHub names them: the second heading of the same words ends with -1. */
export function anchorsOf({ headings }: Page): string[] {
  const counts = new Map<string, number>();
  return headings.map(({ text }) => {
    const anchor = slug(text);
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  });
}

function slug(text: string): string {
  const words = text.replace(LINK, (link) => link.slice(link.indexOf('[') + 1, link.lastIndexOf('](')));
  return words.toLowerCase().replace(NOT_IN_ANCHORS, '').replaceAll(' ', '-');
}

const LINK = /\[[^\]]*\]\(([^()\s]+)\)/g;
const NOT_IN_ANCHORS = /[^\p{L}\p{M}\p{N}\p{Pc}\- ]/gu;
const FENCE = /^\s*```/;

/** A block leaves an empty line behind, so that what stood on either side of it stays apart. */
function splitBlocks(lines: readonly string[]): { prose: string[]; blocks: string[][] } {
  const prose: string[] = [];
  const blocks: string[][] = [];
  let open: string[] | undefined;
  for (const line of lines) {
    if (!FENCE.test(line)) (open ?? prose).push(line);
    else if (open === undefined) {
      open = [];
      blocks.push(open);
      prose.push('');
    } else open = undefined;
  }
  return { prose, blocks };
}

function readHeading(line: string): Heading[] {
  const [, marks, text] = /^(#{1,6}) +(.+?)\s*$/.exec(line) ?? [];
  return marks === undefined || text === undefined ? [] : [{ level: marks.length, text }];
}

function tableSizes(prose: readonly string[]): number[] {
  const sizes: number[] = [];
  prose.forEach((line, index) => {
    if (!isRow(line)) return;
    if (isRow(prose[index - 1])) sizes.push((sizes.pop() ?? 0) + 1);
    else sizes.push(1);
  });
  return sizes;
}

function isRow(line: string | undefined): boolean {
  return line?.startsWith('|') ?? false;
}

/** Text in backticks is shown as it is, but the words of a link may be code: only its brackets matter. */
function withoutCode(line: string): string {
  return line.replace(/`[^`]*`/g, 'code');
}
