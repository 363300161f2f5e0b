import { CampaignDefinition } from '@promosmith/contract';
import { describe, expect, it } from 'vitest';
import en from '../../texts/en/terms.json' with { type: 'json' };
import { changesBetween, leavesOf } from './leaves.ts';

const wagering = {
  multiplier: 3_500,
  base: 'deposit_plus_bonus',
  depositBase: 'matched',
  contributions: { categories: { slots: 10_000 }, games: { starburst: 5_000 } },
  countStakes: 'bonus_funded',
  fundsOrder: 'bonus_first',
  stickiness: 'sticky',
  maxBet: { amounts: { EUR: 500 }, bonusShare: 1_000, onBreach: 'flag' },
  maxConversion: { amounts: { EUR: 50_000 }, timesBonus: 500 },
  expiresAfterSeconds: 86_400,
  onWithdrawal: 'keep',
  dustThreshold: { EUR: 10 },
} as const;

/** Terms that say everything terms can say. */
const everything = CampaignDefinition.parse({
  schedule: {
    startsAt: '2030-01-01T00:00:00Z',
    endsAt: '2030-02-01T00:00:00Z',
    weekdays: [1, 5],
    hours: [{ from: '10:00', to: '12:00' }],
  },
  markets: { countries: ['DE'], currencies: ['EUR'] },
  audience: { rule: 'player.age > 20', kycRequired: true, minAge: 21 },
  limits: [
    { scope: 'player', max: 1 },
    { scope: 'campaign', period: 'day', max: 100 },
  ],
  budget: { EUR: 100_000 },
  exclusiveGroup: 'welcome',
  exclusive: true,
  traffic: { utmSource: 'a', utmMedium: 'b', utmCampaign: 'c', affiliateId: 'd', required: true },
  product: 'casino',
  rewards: [
    {
      kind: 'deposit',
      product: 'casino',
      matchBps: 10_000,
      cap: { EUR: 20_000 },
      minDeposit: { EUR: 2_000 },
      nthDeposit: 2,
      paymentMethods: { only: ['card'], except: ['wallet'] },
      depositWithinSeconds: 3_600,
      wagering,
    },
    {
      kind: 'free_spins',
      count: 20,
      provider: 'studio',
      games: ['starburst'],
      spinValue: { EUR: 10 },
      expiresAfterSeconds: 3_600,
      winnings: 'bonus',
      winCap: { EUR: 10_000 },
      wagering,
    },
    { kind: 'bonus_balance', product: 'casino', amount: { EUR: 1_000 }, wagering },
    {
      kind: 'cashback',
      product: 'casino',
      rateBps: 1_000,
      period: 'week',
      basis: 'cash_flow',
      minLoss: { EUR: 5_000 },
      cap: { EUR: 20_000 },
      periods: 4,
      paidAs: 'bonus',
      payout: 'claim',
      claimWithinSeconds: 3_600,
      wagering,
    },
    { kind: 'tournament_entry', product: 'casino', tournament: 'race', seats: 2, expiresAfterSeconds: 60 },
    { kind: 'special', product: 'casino', handler: 'opt_in', payload: { a: 1 }, expiresAfterSeconds: 60 },
  ],
  terms: { significant: 'Wager 35×.', full: 'All of it.' },
});

/** Every scalar of a value, and the value with that one changed. */
function* variants(value: unknown, path: string[] = []): Generator<[string, unknown]> {
  if (typeof value !== 'object' || value === null) {
    yield [
      path.join('.'),
      typeof value === 'number' ? value + 1 : typeof value === 'boolean' ? !value : `${value}x`,
    ];
    return;
  }
  for (const [key, part] of Object.entries(value))
    for (const [at, changed] of variants(part, [...path, key]))
      yield [
        at,
        Array.isArray(value)
          ? value.map((old, index) => (String(index) === key ? changed : old))
          : { ...value, [key]: changed },
      ];
}

describe('what terms say', () => {
  it.each([...variants(everything)])('shows that %s changed', (_, changed) => {
    const changes = changesBetween(everything, changed as CampaignDefinition);
    expect(changes.length).toBeGreaterThan(0);
  });

  it('has a name for everything', () => {
    const names = new Set(leavesOf(everything).map(({ name }) => name));
    const textOf = (name: string): unknown =>
      name
        .split('.')
        .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], en.fields);
    expect([...names].filter((name) => typeof textOf(name) !== 'string')).toEqual([]);
  });

  it('has a word for every choice', () => {
    const words = en.words as Record<string, Record<string, string>>;
    const unknown = leavesOf(everything)
      .filter(({ shape }) => shape === 'word')
      .filter(({ name, value }) => !words[name.slice(name.lastIndexOf('.') + 1)]?.[String(value)]);
    expect(unknown).toEqual([]);
  });

  it('tells what came, went and became otherwise, in the order of the terms', () => {
    const { minAge: _, ...audience } = everything.audience;
    const after = {
      ...everything,
      audience,
      budget: { EUR: 200_000 },
      limits: [{ scope: 'player', max: 2 } as const, { scope: 'device', max: 1 } as const],
    };
    expect(
      changesBetween(everything, after).map(({ path, before, after: now }) => [path, before, now]),
    ).toEqual([
      ['audience.minAge', 21, undefined],
      ['limits.player', 1, 2],
      ['limits.device', undefined, 1],
      ['limits.campaign.day', 100, undefined],
      ['budget', { EUR: 100_000 }, { EUR: 200_000 }],
    ]);
  });
});
