import type { Fault } from './rule.js';

/** Milliseconds of each unit, the largest first. */
const UNITS = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 } as const;

export const DURATION = '0|[0-9]+(ms|s|m|h)';

/** What a field allows, in milliseconds; `step` because `docker stop` and most `sleep`s know whole seconds only. */
export interface DurationLimits {
  readonly min: number;
  readonly max: number;
  readonly step: number;
}

const FAULT: Fault = { code: 'GS035', expected: 'a whole number with its unit: 500ms, 60s, 10m or 1h' };

/** @returns milliseconds */
export function parseDuration(text: string, limits: DurationLimits): number | Fault {
  const found = /^(\d{1,12})(ms|s|m|h)$/.exec(text);
  if (!found && !/^0+$/.test(text))
    return /^\d+$/.test(text) ? { ...FAULT, hint: `add the unit: ${text}s` } : FAULT;
  const unit = found?.[2] as keyof typeof UNITS | undefined;
  const value = unit ? Number(found?.[1]) * UNITS[unit] : 0;
  return findFault(value, limits) ?? value;
}

function findFault(value: number, { min, max, step }: DurationLimits): Fault | undefined {
  if (value < min) return { ...FAULT, expected: `${formatDuration(min)} at least` };
  if (value > max) return { ...FAULT, expected: `${formatDuration(max)} at most` };
  return value % step === 0 ? undefined : { ...FAULT, expected: 'whole seconds' };
}

/** In the largest unit that needs no fraction: 90000 -> `90s`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds === 0) return '0s';
  const [unit, size] = Object.entries(UNITS).find(([, size]) => milliseconds % size === 0) ?? ['ms', 1];
  return `${milliseconds / size}${unit}`;
}
