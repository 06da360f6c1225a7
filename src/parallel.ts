/**
 * Does the work for every item, `most` of them at a time, and the results in the order of the items. After a failure nothing new
 * is begun, and what is under way comes to its end before it is thrown.
 */
export async function inParallel<T, R>(
  items: Iterable<T>,
  most: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  // One iterator for all: who is free takes the next item.
  const waiting = numbered(items);
  let hasFailed = false;
  const worker = async () => {
    for (const [index, item] of waiting) {
      if (hasFailed) return;
      try {
        results[index] = await work(item);
      } catch (error) {
        hasFailed = true;
        throw error;
      }
    }
  };
  const ends = await Promise.allSettled(Array.from({ length: most }, worker));
  for (const end of ends) if (end.status === 'rejected') throw end.reason;
  return results;
}

/** Unlike a generator, it is not closed by the first loop that leaves it. */
function numbered<T>(items: Iterable<T>): Iterable<[number, T]> {
  const iterator = items[Symbol.iterator]();
  let count = 0;
  const next = (): IteratorResult<[number, T]> => {
    const { done, value } = iterator.next();
    return done ? { done, value: undefined } : { done: false, value: [count++, value] };
  };
  const shared = { [Symbol.iterator]: () => ({ next }) };
  return shared;
}
