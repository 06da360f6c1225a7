const counts = new Map();

/** Notes that the engine, a script or its surroundings were hurt once more, and how. */
export function count(what) {
  counts.set(what, (counts.get(what) ?? 0) + 1);
}

/** `12 faults: kill -9 of the script 8, power cut 4`, or nothing. */
export function tally() {
  const total = [...counts.values()].reduce((sum, number) => sum + number, 0);
  if (total === 0) return '';
  const parts = [...counts].map(([what, number]) => `${what} ${number}`);
  return `${total} faults: ${parts.sort().join(', ')}`;
}
