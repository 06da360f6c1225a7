import type { Scripts } from '../../scripts/render.js';
import { diffLines, hunksOf } from '../diff.js';
import type { Changes, ScriptChanges } from './model.js';

/** What this build's scripts change of what lies in the release folder. */
export function compareScripts(folder: string, released: Scripts, scripts: Scripts): Changes {
  const names = [...new Set([...scripts.keys(), ...released.keys()])];
  return {
    folder,
    isFirst: released.size === 0,
    scripts: names.map((name) => compareScript(name, released.get(name), scripts.get(name))),
  };
}

function compareScript(name: string, before: string | undefined, after: string | undefined): ScriptChanges {
  if (before === undefined) return { name, kind: 'new', hunks: [] };
  if (after === undefined) return { name, kind: 'gone', hunks: [] };
  const hunks = hunksOf(diffLines(before, after));
  return { name, kind: hunks.length === 0 ? 'same' : 'changed', hunks };
}
