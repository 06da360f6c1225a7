import { expect, test } from '@jest/globals';
import { ruleLink } from '../../src/lint/rule.js';
import { anchorsOf } from '../docs/markdown.js';
import { pageOf, targetOf } from '../docs/pages.js';

test("ShellCheck's rules have a page each", () =>
  expect(ruleLink('SC2086')).toBe('https://www.shellcheck.net/wiki/SC2086'));

test('ours stand in a part of a page that there is', () => {
  const { path, anchor } = targetOf(ruleLink('GS093'), 'README.md') ?? { path: '', anchor: '' };
  expect(path).toBe('docs/messages.md');
  expect(anchorsOf(pageOf(path))).toContain(anchor);
});
