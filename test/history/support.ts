import { type HostHistory, readHost } from '../../src/history/host.js';

export const REPOSITORY = 'registry.example.com/team/citest';

export function reference(tag: string): string {
  return tag === '-' ? '-' : `${REPOSITORY}:${tag}`;
}

/** `HH:MM:SS` or a whole time. */
export interface Told {
  readonly at: string;
  /** Start of the run, which names it; as `at` if it is left out. */
  readonly began?: string;
  readonly action?: string;
  readonly result?: string;
  readonly from?: string;
  readonly to?: string;
  readonly build?: string;
  readonly who?: string;
  readonly seconds?: string;
}

/** One line as `journal_line` writes it. */
export function line(told: Told): string {
  const { at, began = at, action = 'deploy', result = 'done', from = '-', to = '-' } = told;
  const { build = '7', who = 'li.lei', seconds = '0' } = told;
  const run = `20261123T${began.replaceAll(':', '')}Z-41`;
  const cells = [
    `2026-11-23T${at}Z`,
    run,
    action,
    result,
    reference(from),
    reference(to),
    build,
    who,
    seconds,
  ];
  return `${cells.join('\t')}\n`;
}

/** A deploy from its beginning to its end. */
export function deploy(began: string, at: string, told: Omit<Told, 'at'>): string {
  const { to = '-', build = '7', seconds = '12' } = told;
  return line({ at: began, result: 'begun', to, build }) + line({ began, at, seconds, ...told });
}

export function hostOf(
  name: string,
  journal: string | undefined,
  tags: readonly string[] | undefined,
): HostHistory {
  const history = tags?.map((tag) => `${reference(tag)}\n`).join('');
  return readHost({ name, journal, history });
}
