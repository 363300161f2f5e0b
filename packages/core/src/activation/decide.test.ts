import { describe, expect, it } from 'vitest';
import { decideBatch, rehearseBatch } from './decide.ts';
import {
  attemptOf,
  bonusIn,
  bonusOf,
  campaignOf,
  codeOf,
  decideOne,
  guesser,
  guessesOf,
  matchUpTo,
  NOW,
  outcomeOf,
  playerOf,
  worldOf,
} from './testing/world.ts';
import type { CampaignTerms, PlayerState } from './types.ts';

const crowd = (size: number, details: Parameters<typeof playerOf>[0] = {}): PlayerState[] =>
  Array.from({ length: size }, (_, i) => playerOf({ ...details, playerId: `player-${i}` }));
const each = (players: readonly PlayerState[], code = 'code-1') =>
  players.map(({ playerId }) => attemptOf({ playerId, codeKeys: [code] }));
const tally = (outcomes: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
  return counts;
};

describe('a batch', () => {
  it.each([
    ['the campaign', { limits: [{ scope: 'campaign', max: 100 }] }, {}, 'campaign_quantity_exceeded'],
    ['the code', {}, { maxUses: 100 }, 'quantity_exceeded'],
    [
      'the campaign in a week',
      { limits: [{ scope: 'campaign', period: 'week', max: 100 }] },
      {},
      'period_quantity_exceeded',
    ],
  ] as const)('of 500 players against a limit of 100 per %s accepts the first 100', (_, terms, code, key) => {
    const players = crowd(500);
    const world = worldOf({ campaigns: [campaignOf(terms)], codes: [codeOf(code)], players });
    const outcomes = decideBatch(world, each(players)).map(outcomeOf);
    expect(tally(outcomes)).toEqual({ accepted: 100, [key]: 400 });
    expect(outcomes.indexOf(key)).toBe(100);
  });

  it('adds what is used, reserved and taken just now', () => {
    const players = crowd(5);
    const world = worldOf({ codes: [codeOf({ uses: 4, reserved: 3, maxUses: 10 })], players });
    expect(tally(decideBatch(world, each(players)).map(outcomeOf))).toEqual({
      accepted: 3,
      quantity_exceeded: 2,
    });
  });

  it('gives one player one use, however often he tries at once', () => {
    const world = worldOf({ campaigns: [campaignOf({ limits: [{ scope: 'player', max: 1 }] })] });
    const outcomes = decideBatch(world, Array(20).fill(attemptOf())).map(outcomeOf);
    expect(tally(outcomes)).toEqual({ accepted: 1, player_quantity_exceeded: 19 });
  });

  it('lets a refused attempt take nothing', () => {
    const [ann, ...others] = crowd(3);
    const excluded = { ...(ann ?? playerOf()), bonusBlocked: true };
    const world = worldOf({ codes: [codeOf({ maxUses: 2 })], players: [excluded, ...others] });
    const outcomes = decideBatch(world, each([excluded, ...others])).map(outcomeOf);
    expect(outcomes).toEqual(['bonus_blocked', 'accepted', 'accepted']);
  });

  it('counts the codes of a campaign apart, and its total together', () => {
    const players = crowd(9);
    const world = worldOf({
      campaigns: [campaignOf({ limits: [{ scope: 'campaign', max: 5 }] })],
      codes: ['a', 'b'].map((codeKey) => codeOf({ codeKey, maxUses: 3 })),
      players,
    });
    const attempts = [...each(players.slice(0, 4), 'a'), ...each(players.slice(4), 'b')];
    expect(decideBatch(world, attempts).map(outcomeOf)).toEqual([
      ...Array(3).fill('accepted'),
      'quantity_exceeded',
      ...Array(2).fill('accepted'),
      ...Array(3).fill('campaign_quantity_exceeded'),
    ]);
  });

  it('shares a device and a household between players', () => {
    const limits = [
      { scope: 'device', max: 1 },
      { scope: 'household', max: 2 },
    ] as const;
    const players = crowd(4, { household: 'home' });
    const world = worldOf({ campaigns: [campaignOf({ limits })], players });
    const attempts = players.map(({ playerId }, i) =>
      attemptOf({ playerId, entry: { deviceId: i < 2 ? 'tablet' : `phone-${i}` } }),
    );
    expect(decideBatch(world, attempts).map(outcomeOf)).toEqual([
      'accepted',
      'device_quantity_exceeded',
      'accepted',
      'household_quantity_exceeded',
    ]);
  });

  it('answers in the order of the attempts and leaves the world alone', () => {
    const players = crowd(3);
    const world = worldOf({ codes: [codeOf({ maxUses: 2 })], players });
    const before = structuredClone({ codes: world.codes, counters: world.counters });
    const attempts = each(players);
    expect(decideBatch(world, attempts).map(({ attempt }) => attempt)).toEqual(attempts);
    expect({ codes: world.codes, counters: world.counters }).toEqual(before);
    expect(decideBatch(world, [])).toEqual([]);
  });

  it('takes a player the world forgot for a bug', () => {
    expect(() => decideBatch(worldOf({ players: [] }), [attemptOf()])).toThrow('ann is missing');
  });
});

describe('guesses in a batch', () => {
  const wrong = (playerId: string, guessers = [guesser(playerId)]) =>
    attemptOf({ playerId, codeKeys: ['unknown'], guessers });

  it('count as they come: the first ones get their answer, whoever guesses on waits', () => {
    const attempts = [...Array.from({ length: 200 }, () => wrong('ann')), attemptOf()];
    const decisions = decideBatch(worldOf({ guesses: guessesOf({ ann: { misses: 2 } }) }), attempts);
    expect(tally(decisions.map(outcomeOf))).toEqual({ code_not_found: 3, rate_limited: 198 });
    expect(decisions.at(-1)?.refusalKey).toBe('rate_limited');
  });

  it('count for the address of many players together, and for nobody else', () => {
    const players = crowd(30);
    const network = guesser('network', 20);
    const attempts = players.map(({ playerId }) => wrong(playerId, [guesser(playerId), network]));
    const world = worldOf({ players: [...players, playerOf()] });
    const outcomes = decideBatch(world, [...attempts, attemptOf()]).map(outcomeOf);
    expect(tally(outcomes)).toEqual({ code_not_found: 20, rate_limited: 10, accepted: 1 });
    expect(outcomes.at(-1)).toBe('accepted');
  });

  it('are only codes that do not exist, named by somebody who did not have to wait', () => {
    const world = worldOf({ codes: [codeOf({ state: 'disabled' })] });
    const outcomes = decideBatch(
      world,
      Array.from({ length: 10 }, () => attemptOf()),
    ).map(outcomeOf);
    expect(tally(outcomes)).toEqual({ code_disabled: 10 });
  });
});

describe('a rehearsal', () => {
  it('sees no use that another one would take, but every guess', () => {
    const players = crowd(5);
    const world = worldOf({ codes: [codeOf({ maxUses: 1 })], players: [...players, playerOf()] });
    const guesses = Array.from({ length: 7 }, () => attemptOf({ codeKeys: [] }));
    const outcomes = rehearseBatch(world, [...each(players), ...guesses, attemptOf()]).map(outcomeOf);
    expect(tally(outcomes)).toEqual({ accepted: 5, code_not_found: 5, rate_limited: 3 });
  });
});

describe('the code that is meant', () => {
  it('is the likeliest reading that exists', () => {
    const world = worldOf({ codes: ['b', 'c'].map((codeKey) => codeOf({ codeKey })) });
    expect(decideOne(world, attemptOf({ codeKeys: ['a', 'b', 'c'] })).code?.codeKey).toBe('b');
  });

  it('is kept when its campaign is gone, for whoever looks into it', () => {
    const decision = decideOne(worldOf({ campaigns: [] }));
    expect(decision).toMatchObject({
      outcome: 'refused',
      refusalKey: 'code_not_found',
      code: { codeKey: 'code-1' },
    });
    expect(decision.campaign).toBeNull();
  });

  it('is not given away by a lock-out: the first key is the same with and without a code', () => {
    const locked = { guesses: guessesOf({ ann: { lockedUntil: NOW + 1 } }) };
    expect(decideOne(worldOf(locked)).refusalKey).toBe('rate_limited');
    expect(decideOne(worldOf({ ...locked, codes: [] })).refusalKey).toBe('rate_limited');
  });
});

describe('the budget', () => {
  const budgetOutcomes = (
    terms: Partial<CampaignTerms>,
    players: readonly PlayerState[],
    counters: Record<string, { used: number; reserved: number }> = {},
  ) => {
    const world = worldOf({ campaigns: [campaignOf(terms)], players, counters });
    return decideBatch(world, each(players)).map(outcomeOf);
  };

  it('reserves the largest match until the deposit tells (V18b)', () => {
    const terms = { budget: { EUR: 100_000 }, rewards: [matchUpTo(20_000)] };
    const players = crowd(6);
    expect(tally(budgetOutcomes(terms, players))).toEqual({ awaiting_deposit: 5, budget_exceeded: 1 });
    // One deposits 50: 150 are free, which is not enough. A second deposits 50: 300 are.
    const after = (used: number, reserved: number) =>
      budgetOutcomes(terms, players.slice(5), { 'spring:b:EUR': { used, reserved } });
    expect(after(5_000, 80_000)).toEqual(['budget_exceeded']);
    expect(after(10_000, 60_000)).toEqual(['awaiting_deposit']);
  });

  it('is counted per currency', () => {
    const rewards = [bonusIn({ EUR: 1000, SEK: 10_000 })];
    const players = [...crowd(3), playerOf({ playerId: 'swede', currency: 'SEK' })];
    expect(budgetOutcomes({ budget: { EUR: 2500, SEK: 10_000 }, rewards }, players)).toEqual([
      'accepted',
      'accepted',
      'budget_exceeded',
      'accepted',
    ]);
  });

  it('pays for all the rewards of the offer together', () => {
    const rewards = [
      bonusOf(1000),
      { kind: 'free_spins', count: 20, spinValue: { EUR: 10 }, expiresAfterSeconds: 60 },
      { kind: 'cashback', cap: { EUR: 300 } },
      { kind: 'tournament_entry', seats: 1, expiresAfterSeconds: 60 },
    ] as const;
    expect(budgetOutcomes({ budget: { EUR: 1500 }, rewards }, crowd(2))).toEqual([
      'accepted',
      'budget_exceeded',
    ]);
    expect(budgetOutcomes({ budget: { EUR: 1499 }, rewards }, crowd(1))).toEqual(['budget_exceeded']);
  });

  it('is never touched by rewards that cost nothing', () => {
    const world = worldOf({
      campaigns: [campaignOf({ budget: { EUR: 0 }, rewards: [{ kind: 'special' }] })],
    });
    expect(decideOne(world)).toMatchObject({ outcome: 'accepted', claims: [] });
  });
});

describe('one bonus at a time', () => {
  const groups = (
    campaigns: readonly (readonly [group: string | null, exclusive: boolean])[],
    attempts: readonly (readonly [player: string, campaign: number])[],
  ): string[] => {
    const world = worldOf({
      campaigns: campaigns.map(([exclusiveGroup, exclusive], i) =>
        campaignOf({ exclusiveGroup, exclusive }, { campaignId: `campaign-${i}` }),
      ),
      codes: campaigns.map((_, i) => codeOf({ codeKey: `code-${i}`, campaignId: `campaign-${i}` })),
      players: [playerOf(), playerOf({ playerId: 'bob' })],
    });
    return decideBatch(
      world,
      attempts.map(([playerId, campaign]) => attemptOf({ playerId, codeKeys: [`code-${campaign}`] })),
    ).map(outcomeOf);
  };
  const CLASH = 'conflicting_bonus';

  it.each([
    ['twice the same group', [['g', false]], [0, 0], ['accepted', CLASH]],
    [
      'two campaigns of a group',
      [
        ['g', false],
        ['g', false],
      ],
      [0, 1],
      ['accepted', CLASH],
    ],
    [
      'two groups',
      [
        ['g', false],
        ['h', false],
      ],
      [0, 1],
      ['accepted', 'accepted'],
    ],
    [
      'a group and none',
      [
        [null, false],
        ['g', false],
      ],
      [0, 1],
      ['accepted', 'accepted'],
    ],
    ['no group at all', [[null, false]], [0, 0], ['accepted', 'accepted']],
    [
      'exclusive after any',
      [
        [null, false],
        [null, true],
      ],
      [0, 1],
      ['accepted', CLASH],
    ],
    [
      'any after exclusive',
      [
        [null, true],
        [null, false],
      ],
      [0, 1],
      ['accepted', 'accepted'],
    ],
    ['exclusive twice', [[null, true]], [0, 0], ['accepted', CLASH]],
  ] as const)('in one batch: %s', (_, campaigns, tries, outcomes) => {
    expect(
      groups(
        campaigns,
        tries.map((campaign) => ['ann', campaign] as const),
      ),
    ).toEqual(outcomes);
  });

  it('is counted per player', () => {
    expect(
      groups(
        [['g', false]],
        [
          ['ann', 0],
          ['bob', 0],
          ['ann', 0],
        ],
      ),
    ).toEqual(['accepted', 'accepted', CLASH]);
  });

  it('holds against bonuses of before and of this batch together', () => {
    const world = worldOf({
      campaigns: [
        campaignOf({ exclusiveGroup: 'g' }),
        campaignOf({ exclusiveGroup: 'h' }, { campaignId: 'h' }),
      ],
      codes: [codeOf(), codeOf({ codeKey: 'code-2', campaignId: 'h' })],
      openGrants: new Map([['ann', [{ campaignId: 'old', exclusiveGroup: 'g' }]]]),
    });
    const again = attemptOf({ codeKeys: ['code-2'] });
    expect(decideBatch(world, [again, attemptOf(), again]).map(outcomeOf)).toEqual([
      'accepted',
      CLASH,
      CLASH,
    ]);
  });
});
