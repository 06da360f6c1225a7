/** History lines as tags only; one that does not look like an image of the repository is kept whole. */
export function toVersions(lines: readonly string[], repository: string): string[] {
  const begin = `${repository}:`;
  return lines.map((line) => {
    const tag = line.startsWith(begin) ? line.slice(begin.length).split('@')[0] : '';
    return tag || line;
  });
}
