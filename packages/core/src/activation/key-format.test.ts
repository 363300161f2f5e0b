import fc from 'fast-check';
import { expect, it } from 'vitest';
import { localClock } from './clock.ts';
import { budgetKey, isBudgetKey, limitKey } from './key-format.ts';
import type { LimitTerms } from './types.ts';

const clock = localClock(Date.parse('2026-03-29T12:00:00Z'), 'UTC');
const SCOPES = ['campaign', 'code', 'player', 'device', 'household'] as const;
const PERIODS = [undefined, 'day', 'week', 'month'] as const;

it('names every scope and period', () => {
  const keys = SCOPES.flatMap((scope) =>
    PERIODS.map((period) =>
      limitKey('spring', { scope, period, max: 1 }, scope === 'campaign' ? null : 'id', clock),
    ),
  );
  expect(keys).toEqual([
    'spring:t',
    'spring:t.2026-03-29',
    'spring:t.2026-W13',
    'spring:t.2026-03',
    'spring:c:id',
    'spring:c.2026-03-29:id',
    'spring:c.2026-W13:id',
    'spring:c.2026-03:id',
    'spring:p:id',
    'spring:p.2026-03-29:id',
    'spring:p.2026-W13:id',
    'spring:p.2026-03:id',
    'spring:d:id',
    'spring:d.2026-03-29:id',
    'spring:d.2026-W13:id',
    'spring:d.2026-03:id',
    'spring:h:id',
    'spring:h.2026-03-29:id',
    'spring:h.2026-W13:id',
    'spring:h.2026-03:id',
  ]);
  expect(budgetKey('spring', 'EUR')).toBe('spring:b:EUR');
});

/** Ids as a caller may choose them, also to look like the rest of a key. */
const hostileId = fc
  .array(fc.oneof(fc.string(), fc.constantFrom(':', '.', 'b', 't', 'p', 'EUR', '2026-03-29', '2026-W13')))
  .map((parts) => parts.join(''));
const limit: fc.Arbitrary<LimitTerms> = fc.record({
  scope: fc.constantFrom(...SCOPES.slice(1)),
  period: fc.constantFrom(...PERIODS),
  max: fc.constant(1),
});

it('gives different limits and ids different keys, whatever is in the ids', () => {
  fc.assert(
    fc.property(limit, hostileId, limit, hostileId, (one, idOfOne, other, idOfOther) => {
      const same = one.scope === other.scope && one.period === other.period && idOfOne === idOfOther;
      const keys = [limitKey('spring', one, idOfOne, clock), limitKey('spring', other, idOfOther, clock)];
      expect(keys[0] === keys[1]).toBe(same);
    }),
  );
});

it('tells a budget from a limit, whatever is in the ids', () => {
  expect(isBudgetKey(budgetKey('spring', 'EUR'))).toBe(true);
  fc.assert(
    fc.property(limit, hostileId, (terms, id) => {
      expect(isBudgetKey(limitKey('spring', terms, id, clock))).toBe(false);
      expect(isBudgetKey(limitKey('spring', { scope: 'campaign', max: 1 }, null, clock))).toBe(false);
    }),
  );
});
