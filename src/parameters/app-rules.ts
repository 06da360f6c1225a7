import type { Problem } from '../problems/problem.js';
import { findClashes } from './container-rules.js';
import { belongsToHistory, historyFiles } from './history-files.js';
import type { Resolved } from './resolve.js';

/** Apps of one run must not share what belongs to one of them. */
export function checkApps(apps: readonly Resolved[]): Problem[] {
  /* Folders of the scripts are named like the apps, and some file systems ignore case. */
  const sameName = findClashes(
    apps,
    (a, b) => a.parameters.app.toLowerCase() === b.parameters.app.toLowerCase(),
  );
  const sameHistory = findClashes(apps, sharesHistory);
  return [
    ...sameName.map((pair) => describe('GS090', 'app', pair, ({ parameters }) => parameters.app)),
    ...sameHistory
      .filter((pair) => !sameName.some(([, second]) => second === pair[1]))
      .map((pair) => describe('GS091', 'history.file', pair, ({ parameters }) => parameters.history.file)),
  ];
}

/** The files that stand beside a history belong to it: `/d/web.journal` cannot be the history of another app. */
function sharesHistory(a: Resolved, b: Resolved): boolean {
  const [one, other] = [a.parameters.history.file, b.parameters.history.file];
  const owned = new Set(historyFiles(one));
  return (
    historyFiles(other).some((path) => owned.has(path)) ||
    belongsToHistory(one, other) ||
    belongsToHistory(other, one)
  );
}

function describe(
  code: string,
  key: string,
  [first, second]: readonly [Resolved, Resolved],
  show: (app: Resolved) => string,
): Problem {
  const detail =
    show(first) === show(second) ? `${first.config} has it too` : `${first.config} has ${show(first)}`;
  const at = second.sources.get(key) ?? 'default';
  const source = at.startsWith(`${second.config}:`) ? `${at}: ${key}` : `${second.config}: ${key} (${at})`;
  return { code, source, value: show(second), detail };
}
