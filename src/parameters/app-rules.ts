import type { Problem } from '../problems/problem.js';
import { findClashes } from './container-rules.js';
import type { Resolved } from './resolve.js';
import { normalisePath } from './values/volumes.js';

/** Apps of one run must not share what belongs to one of them. */
export function checkApps(apps: readonly Resolved[]): Problem[] {
  /* Folders of the scripts are named like the apps, and some file systems ignore case. */
  const sameName = findClashes(
    apps,
    (a, b) => a.parameters.app.toLowerCase() === b.parameters.app.toLowerCase(),
  );
  const sameHistory = findClashes(apps, (a, b) => historyOf(a) === historyOf(b));
  return [
    ...sameName.map((pair) => describe('GS090', 'app', pair, ({ parameters }) => parameters.app)),
    ...sameHistory
      .filter((pair) => !sameName.some(([, second]) => second === pair[1]))
      .map((pair) => describe('GS091', 'history.file', pair, ({ parameters }) => parameters.history.file)),
  ];
}

function historyOf({ parameters }: Resolved): string {
  return normalisePath(parameters.history.file);
}

function describe(
  code: string,
  key: string,
  [first, second]: readonly [Resolved, Resolved],
  show: (app: Resolved) => string,
): Problem {
  const at = second.sources.get(key) ?? 'default';
  const source = at.startsWith(`${second.config}:`) ? `${at}: ${key}` : `${second.config}: ${key} (${at})`;
  return { code, source, value: show(second), detail: `${first.config} has it too` };
}
