import type { Step } from './steps.js';

/** A docker call of the run that broke something. */
export interface ExplainedStep extends Step {
  /** Lines of the script, the innermost first; empty where nobody could tell. */
  readonly lines: readonly number[];
  /** Where it is made, but for the helpers that all calls go through. */
  readonly place?: Place;
}

export interface Place {
  /** Line of the script. */
  readonly line: number;
  readonly text: string;
  readonly template?: { readonly file: string; readonly line: number };
}

/** Where to look first, and what led there. */
export interface Explanation {
  /** Number of the docker call, from 1; 0 where there was none. */
  readonly call: number;
  readonly why: string;
  readonly steps: readonly ExplainedStep[];
}

interface Found {
  /** From 0; -1 for nowhere. */
  readonly index: number;
  readonly why: string;
}

/**
 * Looks for the call that did it: what the violation is about decides which change of the host is looked for.
 * @param seen the docker calls of the run, and at last what there was at its end
 * @param struck number of the call at which the fault struck; 0 for none
 */
export function explain(what: string, seen: readonly ExplainedStep[], struck: number): Explanation {
  const steps = seen.slice(0, -1);
  const found = clues(what, seen, struck).find(({ index }) => index >= 0 && index < steps.length);
  return { call: (found?.index ?? steps.length - 1) + 1, why: found?.why ?? 'the last call', steps };
}

/** The most telling first. */
function clues(what: string, seen: readonly ExplainedStep[], struck: number): Found[] {
  const changed = (of: (step: ExplainedStep) => string) =>
    seen.findLastIndex((step, index) => {
      const next = seen[index + 1];
      return next !== undefined && of(next) !== of(step);
    });
  const lines = changed(({ history }) => history.join('\n'));
  const isEarly = seen.slice(lines + 1).some(({ command }) => command === 'start');
  return [
    {
      index: /neighbour/.test(what) ? changed(({ others }) => others) : -1,
      why: 'it changed a container of somebody else',
    },
    {
      index: lines >= 0 && isEarly ? seen.findIndex((step, index) => differs(step, seen[index + 1])) : -1,
      why: 'right after it the history was changed, before the new version was started',
    },
    {
      index: /parked|is gone/.test(what) ? seen.findLastIndex(({ command }) => command === 'rm') : -1,
      why: 'it removed a container',
    },
    {
      index: /history/.test(what) && isOfHistory(what) ? lines : -1,
      why: 'right after it the history was changed',
    },
    { index: struck - 1, why: 'the fault struck here' },
    { index: changed(({ runs }) => runs ?? ''), why: 'the last one that changed what runs' },
  ];
}

function differs({ history }: Step, next: Step | undefined): boolean {
  return next !== undefined && next.history.join('\n') !== history.join('\n');
}

/** `exit 0, but A serves, history [x] instead of A serves, history [y]` */
function isOfHistory(what: string): boolean {
  const [found, ...wanted] = [...what.matchAll(/history \[([^\]]*)\]/g)].map(([, lines]) => lines);
  return !wanted.includes(found);
}
