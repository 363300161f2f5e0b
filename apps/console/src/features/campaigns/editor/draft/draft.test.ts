import { CampaignInput } from '@promosmith/contract';
import { describe, expect, it } from 'vitest';
import { changedFields, isSame, mergeChanges, patchOf } from './changes.ts';
import {
  currenciesIn,
  firstCampaign,
  firstReward,
  firstWagering,
  inputOf,
  withoutCurrency,
} from './definition.ts';
import { STEPS, stepOf } from './steps.ts';

const KINDS = ['deposit', 'free_spins', 'bonus_balance', 'cashback', 'tournament_entry', 'special'] as const;

const campaign = (differences: Partial<CampaignInput> = {}): CampaignInput => ({
  ...firstCampaign(),
  name: 'Welcome',
  rewards: [
    { kind: 'bonus_balance', amount: { EUR: 1_000, GBP: 900 }, wagering: firstWagering('bonus_balance') },
  ],
  terms: { significant: '10 EUR, wager 30 times.', full: '' },
  ...differences,
});

describe('a draft', () => {
  it('begins as a definition that only lacks what people have to say', () => {
    expect(CampaignInput.safeParse(campaign()).success).toBe(true);
    const lacking = CampaignInput.safeParse(firstCampaign())
      .error?.issues.map(({ path }) => path.join('.'))
      .sort();
    expect(lacking).toEqual(['name', 'rewards', 'terms.significant']);
  });

  it.each(KINDS)('begins a reward of kind %s with what its schema has by itself', (kind) => {
    const filled = { cap: { EUR: 1 }, minDeposit: { EUR: 1 }, spinValue: { EUR: 1 }, amount: { EUR: 1 } };
    const words = { provider: 'studio', games: ['one'], tournament: 'race', handler: 'opt_in' };
    const reward = Object.fromEntries(
      Object.entries(firstReward(kind)).map(([key, value]) => [key, { ...filled, ...words }[key] ?? value]),
    );
    const parsed = CampaignInput.safeParse({ ...campaign(), rewards: [reward] });
    expect(parsed.error?.issues).toBeUndefined();
    expect(parsed.data?.rewards[0]).toEqual(reward);
  });

  it('sends back every field of what was read', () => {
    expect(Object.keys(inputOf(campaign())).sort()).toEqual(Object.keys(CampaignInput.shape).sort());
  });

  it('knows its currencies, and drops one everywhere', () => {
    const input = campaign({ budget: { EUR: 1, JPY: 2 } });
    expect(currenciesIn(input)).toEqual(['EUR', 'GBP', 'JPY']);
    const dropped = withoutCurrency(input, 'EUR');
    expect(currenciesIn(dropped)).toEqual(['GBP', 'JPY']);
    expect(dropped.rewards[0]).toMatchObject({ kind: 'bonus_balance', amount: { GBP: 900 } });
    expect(dropped.limits).toEqual(input.limits);
  });

  it('has a step for every field', () => {
    for (const field of Object.keys(CampaignInput.shape)) expect(STEPS).toContain(stepOf(field));
    expect(stepOf('rewards.0.cap')).toBe('offer');
  });
});

describe('two who edit at once', () => {
  const base = campaign();

  it('do not differ by the order of keys, nor by what is not set', () => {
    expect(isSame({ a: 1, b: undefined, c: [{ d: 1, e: 2 }] }, { c: [{ e: 2, d: 1 }], a: 1 })).toBe(true);
    expect(isSame([1, 2], [2, 1])).toBe(false);
  });

  it('keep what either changed', () => {
    const mine = { ...base, name: 'Mine', budget: { EUR: 5 } };
    const theirs = { ...base, exclusive: true, budget: { EUR: 7 } };
    const { merged, theirs: taken, both } = mergeChanges(base, mine, theirs);
    expect(taken).toEqual(['exclusive']);
    expect(both).toEqual(['budget']);
    expect(merged).toEqual({ ...mine, exclusive: true });
    expect(patchOf(merged, changedFields(theirs, merged))).toEqual({ name: 'Mine', budget: { EUR: 5 } });
  });

  it('agree where both did the same', () => {
    const same = { ...base, exclusive: true };
    expect(mergeChanges(base, same, same)).toEqual({ merged: same, theirs: [], both: [] });
  });
});
