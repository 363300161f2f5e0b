import { CampaignDefinition } from '@promosmith/contract';
import type { Finding } from '@promosmith/core/risk';
import { DEFAULT_POLICY, INDICATOR_NAMES } from '@promosmith/core/risk';
import { describe, expect, it, test } from 'vitest';
import type { z } from 'zod';
import type { KnownPlayer } from '../../players/index.ts';
import { createSimulation } from './simulation.ts';
import type { LaterDeposit, Try } from './types.ts';

const START = Date.parse('2026-03-01T00:00:00Z');
const [MINUTE, HOUR, DAY] = [60_000, 3_600_000, 86_400_000];
const WAGERING = { multiplier: 3_500 };

const definitionOf = (differences: Partial<z.input<typeof CampaignDefinition>>) =>
  CampaignDefinition.parse({
    rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: WAGERING }],
    limits: [{ scope: 'player', max: 1 }],
    terms: { significant: 'x' },
    ...differences,
  });

const simulationOf = (differences: Partial<z.input<typeof CampaignDefinition>> = {}) =>
  createSimulation({
    campaign: {
      campaignId: 'spring',
      version: 1,
      terms: definitionOf(differences),
      rule: null,
      breaches: [],
    },
    ...{ jurisdiction: 'default', timeZone: 'UTC' },
    days: ['2026-03-01', '2026-03-02', '2026-03-03'],
    dayStarts: [0, 1, 2, 3].map((n) => START + n * DAY),
    ...{ riskPolicy: DEFAULT_POLICY, indicators: new Set(INDICATOR_NAMES) },
  });

const PLAYER: KnownPlayer = {
  ...{ playerId: '', email: null, country: 'DE', currency: 'EUR', language: null, timeZone: null },
  ...{
    birthDate: '1990-01-01',
    registeredAt: new Date(START - 90 * DAY),
    kycStatus: 'verified',
    vipLevel: null,
  },
  ...{ emailVerified: null, household: null, segments: [], depositCount: 0, totalDeposits: 0 },
  ...{ lastDepositAt: null, lastLoginAt: null, selfExcludedUntil: null, bonusBlocked: false, properties: {} },
};

interface Differences {
  player?: Partial<KnownPlayer>;
  deposits?: LaterDeposit[];
  findings?: Finding[];
}

const tryOf = (playerId: string, at: number, { player, deposits, findings }: Differences = {}): Try => ({
  ...{ at: START + at, player: { ...PLAYER, playerId, ...player } },
  ...{ entry: { channel: 'account', deviceId: playerId }, deposits: deposits ?? [], openGrants: [] },
  ...{ stored: { profile: findings ?? [], listed: null }, person: [playerId] },
});

const NO_SHARES = new Map<string, number>();

test('each player takes the code once, and tries no more', () => {
  const simulation = simulationOf();
  simulation.take([tryOf('ann', HOUR), tryOf('bob', HOUR + MINUTE), tryOf('ann', DAY)]);
  expect([simulation.isDone('ann'), simulation.isDone('cid')]).toEqual([true, false]);
  const result = simulation.result(new Map([['EUR', 2_500]]));
  expect(result).toMatchObject({
    activePlayers: 2,
    tries: 2,
    accepted: 2,
    qualifiedPlayers: 2,
    refusals: [],
  });
  expect(result.money).toMatchObject([
    { currency: 'EUR', grants: 2, granted: 2_000, lowestCost: 0, costShareBps: 2_500, expectedCost: 500 },
  ]);
  expect(result.days.map(({ accepted }) => accepted)).toEqual([2, 0, 0]);
});

describe('what everybody shares', () => {
  it('is taken in order of time', () => {
    const simulation = simulationOf({
      limits: [
        { scope: 'player', max: 1 },
        { scope: 'campaign', max: 2 },
      ],
    });
    simulation.take([tryOf('cid', 0), tryOf('bob', MINUTE), tryOf('ann', 2 * MINUTE), tryOf('ann', DAY)]);
    const { accepted, refusals } = simulation.result(NO_SHARES);
    expect(accepted).toBe(2);
    expect(refusals).toEqual([{ key: 'campaign_quantity_exceeded', tries: 2, players: 1 }]);
  });

  it('is there again the next day when the limit is one of days', () => {
    const simulation = simulationOf({
      limits: [
        { scope: 'player', max: 1 },
        { scope: 'campaign', period: 'day', max: 1 },
      ],
    });
    simulation.take([tryOf('ann', 0), tryOf('bob', MINUTE), tryOf('bob', DAY)]);
    expect(simulation.result(NO_SHARES)).toMatchObject({ accepted: 2, qualifiedPlayers: 2 });
  });

  it('counts the budget at its worst', () => {
    const simulation = simulationOf({ budget: { EUR: 2_500 } });
    simulation.take(['ann', 'bob', 'cid'].map((name, n) => tryOf(name, n * MINUTE)));
    expect(simulation.result(NO_SHARES).refusals).toEqual([{ key: 'budget_exceeded', tries: 1, players: 1 }]);
  });
});

describe('an offer that waits for a deposit', () => {
  const MATCH = {
    rewards: [
      {
        ...{ kind: 'deposit', matchBps: 10_000, cap: { EUR: 20_000 }, minDeposit: { EUR: 2_000 } },
        ...{
          depositWithinSeconds: 3_600,
          wagering: { multiplier: 1_000, maxConversion: { timesBonus: 500 } },
        },
      },
    ],
    budget: { EUR: 40_000 },
  } satisfies Partial<z.input<typeof CampaignDefinition>>;
  const paid = (at: number, amount: number): LaterDeposit => ({
    ...{ at: START + at, amount, currency: 'EUR', method: 'card', nth: null },
  });

  it('is paid by the first that is enough, at what that earns', () => {
    const simulation = simulationOf(MATCH);
    simulation.take([tryOf('ann', 0, { deposits: [paid(MINUTE, 1_999), paid(2 * MINUTE, 5_000)] })]);
    const { paidByDeposit, lapsed, money } = simulation.result(NO_SHARES);
    expect({ paidByDeposit, lapsed }).toEqual({ paidByDeposit: 1, lapsed: 0 });
    expect(money).toMatchObject([
      { granted: 5_000, lowestCost: 0, highestCost: 25_000, peakLiability: 25_000 },
    ]);
  });

  it('gives back what it held when none comes (V18b): others, and the player again, may have it', () => {
    const simulation = simulationOf(MATCH);
    simulation.take([
      ...[tryOf('ann', 0), tryOf('bob', MINUTE), tryOf('cid', 2 * MINUTE)],
      ...[tryOf('cid', 2 * HOUR), tryOf('ann', DAY, { deposits: [paid(DAY + MINUTE, 3_000)] })],
    ]);
    // Who waits may try again, so nobody is done with.
    expect(simulation.isDone('cid')).toBe(false);
    expect(simulation.result(NO_SHARES)).toMatchObject({
      ...{ tries: 5, accepted: 4, lapsed: 3, paidByDeposit: 1 },
      refusals: [{ key: 'budget_exceeded', tries: 1, players: 0 }],
    });
  });

  it('gives back what a small deposit leaves of the worst', () => {
    const simulation = simulationOf(MATCH);
    simulation.take([
      tryOf('ann', 0, { deposits: [paid(MINUTE, 15_000)] }),
      ...[tryOf('bob', 0, { deposits: [paid(MINUTE, 15_000)] }), tryOf('cid', 5 * MINUTE)],
      tryOf('dan', 6 * MINUTE),
    ]);
    // 2 × 150.00 are spent, so 100.00 are left of 400.00, and an offer is worth up to 200.00.
    expect(simulation.result(NO_SHARES)).toMatchObject({
      accepted: 2,
      refusals: [{ key: 'budget_exceeded', tries: 2 }],
    });
  });
});

test('liability is the most that is open at the end of a day', () => {
  const short = { multiplier: 100, maxConversion: { timesBonus: 100 }, expiresAfterSeconds: 86_400 };
  const simulation = simulationOf({
    rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: short }],
  });
  simulation.take([tryOf('ann', HOUR), tryOf('bob', DAY), tryOf('cid', DAY + 2 * HOUR)]);
  expect(simulation.result(NO_SHARES).money).toMatchObject([
    { highestCost: 3_000, peakLiability: 2_000, peakDay: '2026-03-02' },
  ]);
});

test('what needs no turnover is the least it costs', () => {
  const simulation = simulationOf({
    rewards: [{ kind: 'bonus_balance', amount: { EUR: 700 }, wagering: { multiplier: 0 } }],
  });
  simulation.take([tryOf('ann', 0)]);
  expect(simulation.result(NO_SHARES).money).toMatchObject([{ granted: 700, lowestCost: 700 }]);
});

describe('what a campaign is expected to cost', () => {
  const balance = (wagering: object) =>
    ({ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering }) as const;
  const spins = {
    ...{ kind: 'free_spins', count: 20, spinValue: { EUR: 10 }, winCap: { EUR: 5_000 } },
    ...{ games: ['starburst'], provider: 'p', winnings: 'cash' },
  };
  const costsOf = (rewards: readonly object[], share: number) => {
    const simulation = simulationOf({ rewards: rewards as never });
    simulation.take([tryOf('ann', 0), tryOf('bob', MINUTE)]);
    return simulation.result(new Map([['EUR', share]])).money[0];
  };

  it('is a share of what is wagered, and all of what is not', () => {
    expect(costsOf([balance(WAGERING), balance({ multiplier: 0 })], 2_500)).toMatchObject({
      ...{ granted: 4_000, lowestCost: 2_000, expectedCost: 2_500, costShareBps: 2_500 },
    });
  });

  it('is no more than the highest', () => {
    const capped = { multiplier: 1_000, maxConversion: { timesBonus: 100 } };
    expect(costsOf([balance(capped)], 90_000_000_000)).toMatchObject({
      ...{ highestCost: 2_000, expectedCost: 2_000 },
    });
  });

  it('is not known of free spins, whose face says nothing of what they win', () => {
    expect(costsOf([spins], 2_500)).toMatchObject({ granted: 400, expectedCost: null, costShareBps: 2_500 });
    expect(costsOf([balance(WAGERING), spins], 2_500)).toMatchObject({ granted: 2_400, expectedCost: null });
  });
});

test('start and end of the schedule are of another time, weekdays are not', () => {
  const simulation = simulationOf({
    schedule: { startsAt: '2030-01-01T00:00:00Z', endsAt: '2030-02-01T00:00:00Z', weekdays: [1] },
  });
  // 1 March 2026 is a Sunday.
  simulation.take([tryOf('ann', HOUR), tryOf('bob', DAY)]);
  expect(simulation.result(NO_SHARES)).toMatchObject({
    ...{ accepted: 1, refusals: [{ key: 'campaign_not_active_now', tries: 1, players: 1 }] },
  });
});

test('abuse is expected by what is stored, whether or not the campaign heeds it', () => {
  const shared: Finding = { indicator: 'payment_shared', version: 1, evidence: { others: 3 } };
  const simulation = simulationOf();
  simulation.take([
    tryOf('ann', 0),
    tryOf('bob', MINUTE, { findings: [shared] }),
    tryOf('bob', DAY, { findings: [shared] }),
  ]);
  const { abuse } = simulation.result(NO_SHARES);
  expect(abuse).toEqual({ assessed: 2, flag: 0, hold: 1, decline: 0, shareBps: 5_000 });
});

test('players are told apart by country, those who qualify once each', () => {
  const simulation = simulationOf({ markets: { countries: ['DE'] } });
  simulation.take([
    tryOf('ann', 0),
    tryOf('bob', 0, { player: { country: 'AT' } }),
    tryOf('bob', DAY, { player: { country: 'AT' } }),
  ]);
  expect(simulation.result(NO_SHARES).countries).toEqual([
    { country: 'AT', tries: 2, accepted: 0, players: 0 },
    { country: 'DE', tries: 1, accepted: 1, players: 1 },
  ]);
});
