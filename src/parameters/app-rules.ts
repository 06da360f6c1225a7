import { dirname } from 'node:path/posix';
import type { Problem } from '../problems/problem.js';
import { historyFiles, historyFolder } from './history-files.js';
import type { Resolved } from './resolve.js';
import { normalisePath } from './values/volumes.js';

/** Apps of one run must not share what belongs to one of them. */
export function checkApps(apps: readonly Resolved[]): Problem[] {
  const sameName = findShared(oncePerFile(apps), ({ parameters }) =>
    sameEitherWay(nameOfFolder(parameters.app)),
  );
  const sameHistory = perHost(apps).flatMap((ones) =>
    findShared(ones, ({ parameters }) => claimsOf(parameters.history.file)),
  );
  const named = new Set(sameName.map(([, second]) => second));
  return [
    ...checkRollouts(oncePerFile(apps)),
    ...sameName.map((pair) => describe('GS090', 'app', pair, ({ parameters }) => parameters.app)),
    ...sameHistory
      .filter(([, second]) => !named.has(second))
      .map((pair) => describe('GS091', 'history.file', pair, ({ parameters }) => parameters.history.file)),
  ];
}

/** A host gets all of its apps in one go. */
function checkRollouts(apps: readonly Resolved[]): Problem[] {
  const [first, ...others] = apps;
  if (first === undefined) return [];
  return KEYS_OF_ROLLOUT.flatMap((key) =>
    others
      .filter(({ parameters }) => parameters.rollout[key] !== first.parameters.rollout[key])
      .map((app) => {
        const [here, there] = [app, first].map(
          ({ parameters }) => parameters.rollout[key] + (key === 'wait' ? ' ms' : ''),
        );
        const at = app.sources.get(`rollout.${key}`) ?? 'default';
        const source = at.startsWith(`${app.config}:`) ? at : `${app.config} (${at})`;
        const detail = `${first.config} has ${there}`;
        return { code: 'GS265', source: `${source}: rollout.${key}`, value: String(here), detail };
      }),
  );
}

const KEYS_OF_ROLLOUT = ['canary', 'batch', 'wait', 'failures', 'onFailure'] as const;

/** An app that has its own settings on each host is still one app. */
function oncePerFile(apps: readonly Resolved[]): readonly Resolved[] {
  return [...new Map(apps.map((app) => [app.config, app])).values()];
}

/** The apps as each host has them; an app without `hosts:` may be on any. */
function perHost(apps: readonly Resolved[]): (readonly Resolved[])[] {
  const names = new Set(apps.flatMap(({ hosts }) => hosts.map(({ name }) => name)));
  if (names.size === 0) return [apps];
  return [...names].map((host) =>
    apps.filter(({ hosts }) => hosts.length === 0 || hosts.some(({ name }) => name === host)),
  );
}

/** What an app takes for itself, and what no earlier app may have taken: words, to be looked up in a table. */
interface Claims {
  readonly takes: readonly string[];
  readonly minds: readonly string[];
}

type Pair = readonly [first: Resolved, second: Resolved];

/**
 * Every app that minds what an earlier one takes, with the first of those. By a table: to compare each of a thousand apps with
 * every other takes longer than to render them.
 */
function findShared(apps: readonly Resolved[], claimsOf: (app: Resolved) => Claims): Pair[] {
  const taken = new Map<string, number>();
  return apps.flatMap((app, index): Pair[] => {
    const { takes, minds } = claimsOf(app);
    const first = apps[Math.min(...minds.map((claim) => taken.get(claim) ?? apps.length))];
    for (const claim of takes) if (!taken.has(claim)) taken.set(claim, index);
    return first === undefined ? [] : [[first, app]];
  });
}

function sameEitherWay(...claims: string[]): Claims {
  return { takes: claims, minds: claims };
}

/** Folders of the scripts are named like the apps, and some file systems ignore case. */
function nameOfFolder(app: string): string {
  return app.toLowerCase();
}

/** The files that stand beside a history belong to it: `/d/web.journal` cannot be the history of another app. */
function claimsOf(history: string): Claims {
  const files = historyFiles(history).map((path) => `file ${path}`);
  const folder = historyFolder(history);
  const around = foldersAround(normalisePath(history));
  return {
    takes: [...files, `folder ${folder}`, ...around.map((path) => `something in ${path}`)],
    minds: [...files, `something in ${folder}`, ...around.map((path) => `folder ${path}`)],
  };
}

function foldersAround(path: string): string[] {
  const folder = dirname(path);
  return folder === path || folder === '.' ? [] : [folder, ...foldersAround(folder)];
}

function describe(
  code: string,
  key: string,
  [first, second]: Pair,
  show: (app: Resolved) => string,
): Problem {
  const detail =
    show(first) === show(second) ? `${first.config} has it too` : `${first.config} has ${show(first)}`;
  const at = second.sources.get(key) ?? 'default';
  const source = at.startsWith(`${second.config}:`) ? `${at}: ${key}` : `${second.config}: ${key} (${at})`;
  return { code, source, value: show(second), detail };
}
