/**
 * Texts that try to get out of the place where they stand. Each that would have a shell run something runs the program
 * `gs-canary` (canary.ts), or writes a file called gs-file.
 */
const COMMANDS: readonly string[] = [
  '$(gs-canary)',
  '`gs-canary`',
  "'; gs-canary; '",
  '"; gs-canary; "',
  '\\"; gs-canary #',
  "'\\''; gs-canary; '",
  '"$(gs-canary)"',
  "$'\\x3bgs-canary'",
  '; gs-canary',
  '| gs-canary',
  '&& gs-canary',
  '|| gs-canary',
  '& gs-canary &',
  '${x:=$(gs-canary)}',
  '${x:-`gs-canary`}',
  '$((a[$(gs-canary)]))',
  'a[$(gs-canary)]',
  'x=$(gs-canary)',
  '$(gs-canary${IFS}x)',
  '<(gs-canary)',
  '\ngs-canary\n',
  '\r\ngs-canary\r\n',
  "'\ngs-canary\n'",
  'EOF\ngs-canary\nEOF',
  '\\\ngs-canary',
  '# \ngs-canary',
  '}; gs-canary; {',
  '*) gs-canary ;;',
  '>gs-file',
  "'>gs-file'",
  ';:>gs-file;',
];

/** Options, paths and patterns, where a bare word is expected. */
const WORDS: readonly string[] = [
  '-',
  '--',
  '-e',
  '--privileged',
  '--volume=/:/host',
  '-v/:/host',
  '--config=/etc/passwd',
  '*',
  '?',
  '[a-z]*',
  '~root',
  '{a,b}',
  '/etc/passwd',
  '../../etc/passwd',
  '!!',
  'RESULT 0 forged is healthy',
];

/** What programs, terminals, browsers and template languages read specially. */
const CHARACTERS: readonly string[] = [
  '',
  ' ',
  '  two  blanks  ',
  '\t',
  '\\',
  'a\\',
  '\\n\\c\\0101',
  '%s%n%d%%',
  "it's",
  '"quoted"',
  '“gs-canary” ‘x’',
  '${IFS}',
  '$$ $9 $@ $* $#',
  '{{.State}} {{gs}} {{{gs}}}',
  '<script>alert(1)</script>',
  '\u001b[2J\u001b]0;title\u0007',
  '\u0007\u0008\u007f',
  '\u009b2J',
  '\u2028gs-canary\u2029',
  '\u202egs\u2066',
  '\ufeffx',
  '发布 \u{1f600}',
  'x'.repeat(60_000),
];

export const HOSTILE: readonly string[] = [...COMMANDS, ...WORDS, ...CHARACTERS];

/** No process can be given these. */
export const IMPOSSIBLE: readonly string[] = ['\0', 'a\0b', '$(gs-canary)\0', '\ud800', 'a\udc00b'];

export const isOneLine = (text: string): boolean => !/[\p{Cc}\u2028\u2029]/u.test(text);

/** What could move a cursor, forge a line or turn one round; line feeds are the writer's own. */
export function steering(text: string): string[] {
  return text.match(/(?!\n)[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu) ?? [];
}
