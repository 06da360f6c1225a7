import { expect, test } from '@jest/globals';
import { inParallel } from '../src/parallel.js';

/** Work that ends when it is told to, and knows how much of it went on at a time. */
function workshop() {
  const state = { running: 0, most: 0, begun: [] as number[] };
  const work = async (item: number) => {
    state.begun.push(item);
    state.running += 1;
    state.most = Math.max(state.most, state.running);
    await new Promise((done) => setTimeout(done, (5 - item) * 3));
    state.running -= 1;
    if (item === 2) throw new Error('two');
    return item * 10;
  };
  return { state, work };
}

test('results are in the order of the items, whichever was done first', async () => {
  const { state, work } = workshop();
  expect(await inParallel([0, 1, 3, 4], 2, work)).toEqual([0, 10, 30, 40]);
  expect(state.most).toBe(2);
});

test('after a failure nothing new is begun, and what runs comes to its end', async () => {
  const { state, work } = workshop();
  await expect(inParallel([1, 2, 3, 4, 5], 2, work)).rejects.toThrow('two');
  expect(state.running).toBe(0);
  expect(state.begun.length).toBeLessThan(5);
});

test('an item is only asked for when somebody has time for it', async () => {
  const asked: number[] = [];
  function* items() {
    for (const item of [0, 1, 3]) {
      asked.push(item);
      yield item;
    }
  }
  const ahead: number[] = [];
  await inParallel(items(), 1, async () => ahead.push(asked.length));
  expect(ahead).toEqual([1, 2, 3]);
});

test('an error of whoever gives the items is thrown, and nothing is a result', async () => {
  function* broken(): Iterable<number> {
    yield 0;
    throw new Error('no more');
  }
  await expect(inParallel(broken(), 3, async (item) => item)).rejects.toThrow('no more');
  expect(await inParallel([], 3, async (item) => item)).toEqual([]);
});
