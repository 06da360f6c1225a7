import { count } from './tally.mjs';

/** Runs `action` while there is a trouble: { name, begin, end }. */
export async function during(unit, trouble, action) {
  unit.say(`=== ${trouble.name}`);
  count(trouble.name);
  await trouble.begin();
  try {
    return await action();
  } finally {
    await trouble.end();
  }
}
