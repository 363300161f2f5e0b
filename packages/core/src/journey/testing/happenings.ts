import fc from 'fast-check';
import { MESSAGE_OUTCOMES } from '../connectors.ts';
import type { Input, JourneyEvent } from '../types.ts';
import { NOON, SECOND } from './drawing.ts';

/** How long random walks last, in seconds. */
export const LENGTH = 60;

const at = fc.nat(LENGTH - 1).map((seconds) => NOON + seconds * SECOND);
/** Often enough the visit that is open. */
const seq = fc.oneof({ weight: 3, arbitrary: fc.constantFrom(2, 3, 4) }, fc.integer({ min: 1, max: 12 }));

const NAMES = [
  ['event', 'login'],
  ['event', 'deposit.succeeded'],
  ['client_action', 'CODE_IS_SHOWN'],
] as const;

const happened = fc
  .record({ at, named: fc.constantFrom(...NAMES), id: fc.uuid() })
  .map(({ at, id, named: [source, name] }): Input => {
    const event: JourneyEvent = { id, source, name, at, data: {} };
    return { kind: 'event', event };
  });

const came = fc.record({
  kind: fc.constant('outcome' as const),
  seq,
  at,
  outcome: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...MESSAGE_OUTCOMES) },
    { weight: 2, arbitrary: fc.constantFrom('success' as const, 'failure' as const) },
  ),
});

const skipped = fc.record({
  kind: fc.constant('skip' as const),
  seq,
  at,
  connector: fc.constantFrom('next', 'clicked', 'happened', 'timed_out', 'success', 'yes'),
});

const left = fc.record({
  kind: fc.constant('exit' as const),
  at,
  reason: fc.constant('withdrawn_by_staff' as const),
});

const input: fc.Arbitrary<Input> = fc.oneof(
  { weight: 30, arbitrary: happened },
  { weight: 30, arbitrary: came },
  { weight: 3, arbitrary: skipped },
  { weight: 1, arbitrary: left },
);

export const timeOf = (each: Input): number => (each.kind === 'event' ? each.event.at : each.at);

/** What happens to a player, by its time. */
export const inputsArbitrary: fc.Arbitrary<readonly Input[]> = fc
  .array(input, { maxLength: 25 })
  .map((inputs) => inputs.toSorted((a, b) => timeOf(a) - timeOf(b)));
