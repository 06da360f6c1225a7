import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { View } from '../../src/history/cells.js';
import { compareHosts } from '../../src/history/compare.js';
import { readHost } from '../../src/history/host.js';
import { toJson } from '../../src/history/json.js';
import { formatSeveral } from '../../src/history/several.js';
import { formatTimeline } from '../../src/history/timeline.js';
import { WORDS } from '../../src/history/words.js';
import { line } from './support.js';

/** Lines of few runs at few times, in any order, so that they meet; and anything in between. */
const time = fc.constantFrom('01:00:00', '01:00:03', '02:30:00', '23:59:59');
const tag = fc.constantFrom('-', 'v1', 'v2', '\u001b[2J');
const told = fc.record({
  at: time,
  began: time,
  action: fc.constantFrom('deploy', 'rollback', 'recover', 'adopt'),
  result: fc.constantFrom('begun', 'done', 'unchanged', 'kept', 'restored', 'down'),
  from: tag,
  to: tag,
  build: fc.constantFrom('-', '1', '2'),
  who: fc.string({ unit: 'binary', maxLength: 5 }),
  seconds: fc.constantFrom('0', '3', '-7', '99999', ''),
});
const anything = fc.string({ unit: 'binary', maxLength: 30 });
const journal = fc
  .array(fc.oneof({ weight: 5, arbitrary: told.map(line) }, anything))
  .map((all) => all.join(''));
const host = fc.record({
  name: anything,
  journal: fc.option(journal, { nil: undefined }),
  history: fc.option(anything, { nil: undefined }),
});

const view: View = { words: WORDS.en, width: Number.POSITIVE_INFINITY, last: 20, local: false };

test('whatever the files hold, they are told, without a control character or a negative duration', () => {
  fc.assert(
    fc.property(fc.array(host, { minLength: 1, maxLength: 3 }), (files) => {
      const hosts = files.map(readHost);
      const comparison = compareHosts(hosts);
      const json = toJson(hosts, comparison, Number.POSITIVE_INFINITY);
      const texts = [
        ...hosts.map((one) => formatTimeline(one, view)),
        formatSeveral(hosts, comparison, view),
        json,
      ];
      for (const text of texts) {
        expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}|[\u2028-\u202e\u2066-\u2069]/u);
        expect(text).not.toMatch(/(?<![\w.-])-\d+ (?:s|min|h|d)\b/);
      }
      for (const seconds of json.matchAll(/"seconds": (\S+)/g)) expect(seconds[1]).toMatch(/^(\d+|null),?$/);
    }),
    { numRuns: 500 },
  );
});

test('a host agrees with itself', () => {
  fc.assert(
    fc.property(host, (files) => {
      const { sameNow, sameTarget, apart } = compareHosts([readHost(files), readHost(files)]);
      expect({ sameNow, sameTarget, apart }).toEqual({ sameNow: true, sameTarget: true, apart: [[], []] });
    }),
    { numRuns: 500 },
  );
});
