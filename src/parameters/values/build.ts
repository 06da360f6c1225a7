import { matches, type Rule } from './rule.js';

export const ctrlBuild: Rule = matches(/^(true|false)$/i, {
  code: 'GS060',
  expected: 'true (manual build), false (rollback) or unset (deploy of a pushed tag)',
});

/** It becomes part of a tag: `_manual_` and at most ten digits leave room for the rest. */
export const buildNumber: Rule = matches(/^[0-9]{1,10}$/, { code: 'GS062', expected: 'digits' });

export const rollbackSteps: Rule = matches(/^[1-9][0-9]{0,5}$/, {
  code: 'GS066',
  expected: 'a whole number from 1',
});

/** What git itself allows in the name of a tag, and UTF-8: two names that are not would be read as the same one. */
export const gitTag: Rule = (text) => {
  if (text.includes('\ufffd')) return { code: 'GS069', detail: 'it is not UTF-8' };
  const isBad = /[\s~^:?*[\\]|\.\.|@\{|\/\/|^[-./]|[./]$|\.lock$/.test(text);
  return isBad ? { code: 'GS069', expected: 'a name that git takes for a tag, such as v1.2.0' } : undefined;
};
