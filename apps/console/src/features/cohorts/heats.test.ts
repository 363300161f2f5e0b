import { describe, expect, it } from 'vitest';
import { heatsOf } from './heats.ts';

const share = (shareBps: number) => ({ shareBps, amount: null });
const money = (amount: number | null) => ({ shareBps: 0, amount });

describe('the colours of cohorts', () => {
  it('are told by what comes after the first week, in which everybody is there', () => {
    const heats = heatsOf(
      [
        { size: 10, cells: [share(10_000), share(4_000), share(1_000)] },
        { size: 20, cells: [share(9_000), share(2_000)] },
      ],
      'active',
    );
    expect(heats).toEqual([
      [1, 1, 0.25],
      [1, 0.5],
    ]);
  });

  it('of money are by player: a large cohort is not a good one', () => {
    const heats = heatsOf(
      [
        { size: 10, cells: [money(1_000)] },
        { size: 1_000, cells: [money(1_000)] },
      ],
      'deposited',
    );
    expect(heats).toEqual([[1], [0.01]]);
  });

  it('are none where nothing came, or players won', () => {
    expect(heatsOf([{ size: 5, cells: [money(-100), money(null), money(0)] }], 'ngr')).toEqual([[0, 0, 0]]);
    expect(heatsOf([{ size: 0, cells: [share(0)] }], 'active')).toEqual([[0]]);
  });
});
