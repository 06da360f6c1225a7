import fc from 'fast-check';
import {
  type Action,
  BEARABLE,
  FATAL,
  type Fault,
  GOOD,
  type Settings,
  type Strategy,
  type Version,
} from './actions.js';

/** A run makes 8 to 35 docker calls; a fault after the last one is none. */
const fault = fc.record<Fault>({
  at: fc.integer({ min: 1, max: 32 }),
  is: fc.oneof(fc.constantFrom(...BEARABLE), fc.constantFrom(...FATAL)),
});
/** Left out more often than not: every fault costs the model some of its certainty. */
const seldom = <T>(arbitrary: fc.Arbitrary<T>) =>
  fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary });
const good = fc.constantFrom<Version>(...GOOD);
const version = fc.oneof(
  { weight: 4, arbitrary: good },
  { weight: 1, arbitrary: fc.constantFrom<Version>('crash', 'sick') },
);
const steps = fc.integer({ min: 1, max: 3 });
const settings = fc.record<Settings>({
  env: fc.constantFrom('UTC', 'other'),
  retain: fc.integer({ min: 0, max: 3 }),
});

type Of<K extends Action['do']> = fc.Arbitrary<Extract<Action, { do: K }>>;
const only = <K extends Action['do']>(name: K) => fc.constant(name);

const deploy: Of<'deploy'> = fc.record({
  do: only('deploy'),
  version,
  with: seldom(settings),
  fault: seldom(fault),
});
const rollback: Of<'rollback' | 'rollback-by-hand'> = fc
  .tuple(
    fc.constantFrom('rollback' as const, 'rollback-by-hand' as const),
    seldom(fc.oneof(steps, good)),
    seldom(fault),
  )
  .map(([name, target, fault]) => ({
    do: name,
    fault,
    ...(typeof target === 'number' ? { steps: target } : target === undefined ? {} : { to: target }),
  }));
const again: Of<'again'> = fc.record({
  do: only('again'),
  force: seldom(fc.constant(true as const)),
  fault: seldom(fault),
});

const surroundings: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: only('registry'), is: fc.constantFrom('down' as const, 'up' as const) }),
  fc.record({ do: only('daemon'), is: fc.constantFrom('up' as const, 'down' as const) }),
  fc.record({ do: fc.constantFrom('forget' as const, 'push' as const), version: good }),
  fc.record({ do: fc.constantFrom('daemon-restart' as const, 'power-cut' as const) }),
  fc.record({ do: only('clock'), is: fc.constantFrom('set back' as const, 'right' as const) }),
);
const operator: fc.Arbitrary<Action> = fc.oneof(
  fc.record({ do: fc.constantFrom('stop' as const, 'restart' as const, 'remove' as const) }),
  fc.record({ do: only('remove-parked'), which: fc.constantFrom('newest' as const, 'oldest' as const) }),
  fc.record({ do: only('remove-image'), version: good }),
  fc.record({
    do: only('edit-history'),
    to: fc.constantFrom(
      'nonsense' as const,
      'nothing' as const,
      'one more without a line end' as const,
      'blank lines' as const,
    ),
  }),
  fc.record({
    do: only('damage-swap'),
    to: fc.constantFrom(
      'empty' as const,
      'cut' as const,
      'without its end' as const,
      'removed' as const,
      'removed with next' as const,
    ),
  }),
);
const recipe: Of<'recipe'> = fc.record({ do: only('recipe'), version: good });

const portless: Of<'portless'> = fc.record({ do: only('portless') });
const strategy: Of<'strategy'> = fc.record({
  do: only('strategy'),
  is: fc.constantFrom<Strategy>('recreate', 'preflight', 'beside', 'beside'),
});

const action: fc.Arbitrary<Action> = fc.oneof(
  { weight: 6, arbitrary: deploy },
  { weight: 4, arbitrary: rollback },
  { weight: 2, arbitrary: again },
  { weight: 2, arbitrary: surroundings },
  { weight: 3, arbitrary: operator },
  { weight: 1, arbitrary: strategy },
);

/** On some hosts the old recipe was at work before; on others a proxy is. A strategy may be there from the beginning, or be changed. */
export const sequences: fc.Arbitrary<Action[]> = fc
  .tuple(
    seldom(fc.oneof<fc.Arbitrary<Action>[]>(recipe, portless)),
    fc.oneof(fc.constant(undefined), strategy),
    fc.array(action, { minLength: 1, maxLength: 14, size: 'max' }),
  )
  .map(([first, second, rest]) => [first, second].filter((one) => one !== undefined).concat(rest));
