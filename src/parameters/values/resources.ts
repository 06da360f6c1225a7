import { anchored } from './names.js';
import { type Fault, matches, type Rule } from './rule.js';

export const MEMORY = '[0-9]+(\\.[0-9]+)? ?[kKmMgGtTpP]?[iI]?[bB]?';

const SMALLEST_MEMORY = 6 * 1024 ** 2;

const MEMORY_FAULT: Fault = {
  code: 'GS046',
  expected: 'a number with b, k, m or g, such as 512m, 6m at least',
};

/** Docker's units are powers of 1024; it refuses less than 6 MB when the container is created. */
export const memory: Rule = (text) => {
  const bytes = parseMemory(text);
  if (bytes === undefined) return MEMORY_FAULT;
  if (bytes >= SMALLEST_MEMORY) return undefined;
  const unit = /[a-z]/i.test(text) ? '' : ': without a unit these are bytes';
  return { ...MEMORY_FAULT, detail: `docker needs 6m at least${unit}` };
};

/** @returns bytes */
export function parseMemory(text: string): number | undefined {
  if (!anchored(MEMORY).test(text)) return undefined;
  const unit = /[kmgtp]/i.exec(text)?.[0].toLowerCase() ?? '';
  return Number.parseFloat(text) * 1024 ** ('kmgtp'.indexOf(unit || '-') + 1);
}

export const CPUS = '[0-9]*\\.?[0-9]+';

/** Docker counts billionths of a CPU, and refuses less than a hundredth. */
export const cpus: Rule = (text) => {
  const fault: Fault = { code: 'GS047', expected: 'a number from 0.01 with at most 9 decimals, such as 1.5' };
  if (!anchored('[0-9]*(\\.[0-9]{1,9})?').test(text) || text === '.') return fault;
  return Number(text) >= 0.01 ? undefined : fault;
};

export const PATTERN_URL = 'https?://[^\\s/?#@]+([/?#][^\\s]*)?';

/** What curl and wget can probe. */
export const probeUrl: Rule = (text) => {
  const fault: Fault = {
    code: 'GS050',
    expected: 'http:// or https:// and a host, such as http://127.0.0.1:8080/health',
  };
  return matches(anchored(PATTERN_URL), fault)(text) ?? (URL.canParse(text) ? undefined : fault);
};
