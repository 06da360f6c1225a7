import type { Problem } from '../problems/problem.js';
import type { Parameters } from './parameters.js';
import { CROSS_RULES, type IsGiven, type RuleFinding } from './rules.js';
import type { Settings } from './settings.js';
import { formatPath } from './tree.js';
import { redact } from './values/secrets.js';

/** Asks every rule whose values are all right by themselves. */
export function describeFindings(parameters: Parameters, settings: Settings): Problem[] {
  const asked = CROSS_RULES.filter(({ reads }) => !reads.some((name) => settings.broken.has(name)));
  const isGiven: IsGiven = (name) => settings.originOf(name.split('.')).source !== 'default';
  return asked
    .flatMap(({ check }) => check(parameters, isGiven))
    .map((finding) => describe(finding, settings));
}

function describe({ at, value, ...said }: RuleFinding, settings: Settings): Problem {
  const { source, place } = settings.originOf(at);
  const name = formatPath(at);
  return {
    ...said,
    source: place || source.startsWith('--') ? `${source}: ${name}` : `${name} (${source})`,
    ...(value === undefined ? {} : { value: redact(value) }),
    ...(place ? { excerpt: place.excerpt } : {}),
  };
}
