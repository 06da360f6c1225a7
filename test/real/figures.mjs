const lines = [];

/** Notes what was seen under load, for the end of the report; `seen` as `underLoad` returns it. */
export function figure(what, { gap, lost, requests, slowest }) {
  lines.push(
    `${what}: ${gap} ms, ${lost} of ${requests} requests lost, the slowest other answer ${slowest} ms`,
  );
}

/** Sorted, so that the two lanes stand together and runs can be compared. */
export function figures() {
  return lines.length === 0 ? [] : ['longest time between two good answers:', ...lines.sort()];
}
