import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '@jest/globals';
import { scenario } from '../support/scenario.js';
import { expectOnlyServing, prepare, SLOWLY } from './support.js';

scenario(
  'overwritten in place while it runs: it finishes what it began, and nothing of the new text runs',
  async (host) => {
    prepare(host, 'v1');
    host.image('v2');
    host.ship({ tag: 'v2' });
    const child = host.start({ env: SLOWLY });
    const file = join(host.inbox, 'auto.sh');
    const marker = join(host.folder, 'marker');
    child.stdout.once('data', () => {
      writeFileSync(file, `touch '${marker}'; exit 99\n`.repeat(readFileSync(file).length / 40));
    });
    const [code] = await once(child, 'close');
    expect(code).toBe(0);
    expect(existsSync(marker)).toBe(false);
    expectOnlyServing(host, 'v2');
  },
);

scenario('cut anywhere, it does nothing', (host) => {
  const text = Buffer.from(host.ship({ tag: 'v1' }).get('auto.sh') ?? '');
  host.image('v1');
  const before = host.leftovers();
  // Every line end, and each byte of the end; in the quickest shell each byte of all.
  const lineEnds = [...text.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
  const end = Array.from({ length: 300 }, (_, index) => text.length - 2 - index);
  const lengths = [...new Set([...lineEnds, ...end])].filter((length) => length < text.length - 1);
  host.cutAndRun(lengths.sort((a, b) => b - a));
  if (host.shell.name === 'dash') {
    host.ship({ tag: 'v1' });
    // Without its end, which would be complete: the last piece is a brace that is not closed.
    expect(host.readEachPart(text.length - 2)).toBe(text.length - 2);
  }
  expect(host.calls()).toEqual([]);
  expect(host.leftovers()).toEqual(before);
});
