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
  // Every byte in the quickest shell; in the others every line end, and the whole end.
  const lineEnds = [...text.entries()].filter(([, byte]) => byte === 10).map(([at]) => at);
  const end = Array.from({ length: 300 }, (_, index) => text.length - 3 - index);
  const all = Array.from({ length: text.length - 2 }, (_, index) => index);
  const cuts = host.shell.name === 'dash' ? all : [...new Set([...lineEnds, ...end])];
  const lengths = cuts.filter((length) => length < text.length - 2).sort((a, b) => b - a);
  host.cutAndRun(lengths);
  expect(host.calls()).toEqual([]);
  expect(host.leftovers()).toEqual(before);
});
