/**
 * The last lines of every script of ours: a shell reads the braces to the end before it runs anything, so that a copy that
 * was cut short does nothing (docs/decisions/0004-last-lines-of-a-script.md).
 */
const LAST_BLOCK = /(^|\n)\{\s+main "\$@"\s*[;\n]\s*exit\s*[;\n]\s*\}\s*$/;

export function endsInLastBlock(script: string): boolean {
  return LAST_BLOCK.test(script);
}
