import { expect, it } from 'vitest';
import { reasonsOf } from './reasons.ts';

it('counts refusals alone, the most frequent first', () => {
  const refused = (refusalKey: string) => ({ outcome: 'refused', refusalKey });
  expect(
    reasonsOf([
      refused('kyc_required'),
      refused('bonus_blocked'),
      { outcome: 'accepted', refusalKey: null },
      // The last deposit did not do; it may still be accepted.
      { outcome: 'awaiting_deposit', refusalKey: 'min_deposit_not_met' },
      refused('bonus_blocked'),
    ]),
  ).toEqual([
    { key: 'bonus_blocked', count: 2 },
    { key: 'kyc_required', count: 1 },
  ]);
});
