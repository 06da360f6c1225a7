import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SimulatedHost } from './simulated-host.js';

/** A container of the simulated docker, from its state file (simulator/lib/state.sh). */
export interface Container {
  readonly id: string;
  readonly name: string;
  /** docker's words: created, running, exited, restarting. */
  readonly state: string;
  /** As docker takes it: `unless-stopped`, `on-failure:3`. */
  readonly policy: string;
  readonly reference: string;
  readonly labels: string;
}

/** Read here, not asked of the simulated docker: asking would count as a call, and takes a process. */
export function readContainers(state: string): Container[] {
  const values = readAssignments(state);
  const numbers = (values.get('live') ?? '').split(' ').filter(Boolean);
  return numbers.map((number) => {
    const value = (name: string) => values.get(`k${number}_${name}`) ?? '';
    return {
      id: value('id'),
      name: value('name'),
      state: value('st'),
      policy: policyOf(value('pol'), value('max')),
      reference: value('ref'),
      labels: value('labels'),
    };
  });
}

/** Only on-failure has a count, and 0 is none. */
function policyOf(name: string, most: string): string {
  return name === 'on-failure' && most !== '0' ? `${name}:${most}` : name;
}

export function containersOf(host: SimulatedHost): Container[] {
  return readContainers(readFileSync(join(host.folder, 'sim', 'state'), 'utf8'));
}

/** A log of shell assignments, quoted where they need it; the last one of a name counts. */
export function readAssignments(text: string): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  for (const [, name = '', value = ''] of text.matchAll(/([A-Za-z_]\w*)=((?:'[^']*'|\\.|[^\s'\\])*)/g))
    values.set(
      name,
      value.replace(/'([^']*)'|\\(.)/gs, (_, quoted, escaped) => quoted ?? escaped),
    );
  return values;
}
