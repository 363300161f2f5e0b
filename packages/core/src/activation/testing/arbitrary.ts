import fc from 'fast-check';
import { budgetKey, limitKey } from '../key-format.ts';
import type {
  Attempt,
  Campaign,
  CodeState,
  CounterState,
  Guesses,
  LimitTerms,
  OpenGrant,
  PlayerState,
  World,
} from '../types.ts';
import {
  attemptOf,
  bonusIn,
  campaignOf,
  codeOf,
  guesser,
  matchUpTo,
  NOW,
  playerOf,
  worldOf,
} from './world.ts';

const CAMPAIGNS = ['spring', 'summer'] as const;
const CODES = ['a', 'b', 'c'] as const;
const PLAYERS = ['ann', 'bob', 'cat', 'dan'] as const;
const DEVICES = ['phone', 'tablet'] as const;
const HOUSEHOLDS = ['home', 'flat'] as const;
const MAILBOXES = ['mail', 'post'] as const;
const NETWORKS = ['wifi', 'mobile'] as const;

type Scope = LimitTerms['scope'];
const SCOPES: readonly Scope[] = ['campaign', 'code', 'player', 'device', 'household', 'person'];

const small = fc.integer({ min: 0, max: 3 });

/** True once in so many times. */
const oneIn = (times: number): fc.Arbitrary<boolean> =>
  fc.constantFrom(...Array.from({ length: times }, (_, i) => i === 0));

const limitsOf = (scopes: readonly Scope[]): fc.Arbitrary<LimitTerms[]> =>
  fc.uniqueArray(
    fc.record({
      scope: fc.constantFrom(...scopes),
      period: fc.constantFrom(undefined, undefined, 'day' as const, 'week' as const, 'month' as const),
      max: fc.integer({ min: 1, max: 12 }),
    }),
    { selector: ({ scope, period }) => `${scope} ${period}`, maxLength: 4 },
  );

/** Whole multiples, so that sums meet their limits exactly now and then. */
const upTo = (most: number, step: number): fc.Arbitrary<number> =>
  fc.integer({ min: 0, max: most / step }).map((steps) => steps * step);

const rewards = fc.array(
  fc.constantFrom(
    bonusIn({ EUR: 100, SEK: 1000 }),
    bonusIn({ EUR: 250, SEK: 10 }),
    { ...matchUpTo(200), cap: { EUR: 200, SEK: 2000 }, minDeposit: { EUR: 1, SEK: 1 } },
    { kind: 'special' as const },
  ),
  { minLength: 1, maxLength: 2 },
);

const campaign = (
  campaignId: string,
  scopes: readonly Scope[],
  withBudget: boolean,
): fc.Arbitrary<Campaign> =>
  fc
    .record({
      limits: limitsOf(scopes),
      rewards,
      budget: withBudget
        ? fc.option(fc.record({ EUR: upTo(2000, 50), SEK: upTo(10_000, 10) }), { freq: 2 })
        : fc.constant(null),
      exclusiveGroup: fc.constantFrom(null, null, null, null, 'g', 'h'),
      exclusive: oneIn(12),
    })
    .map((terms) => campaignOf(terms, { campaignId }));

const code = (codeKey: string, maxUses: fc.Arbitrary<number | null>): fc.Arbitrary<CodeState> =>
  fc
    .record({
      campaignId: fc.constantFrom(...CAMPAIGNS),
      kind: fc.constantFrom('shared', 'personal'),
      state: oneIn(12).map((dead) => (dead ? 'disabled' : 'active')),
      uses: small,
      reserved: small,
      maxUses,
      holderId: oneIn(10).chain((held) => (held ? fc.constantFrom(...PLAYERS) : fc.constant(null))),
    })
    .map((details) => codeOf({ codeKey, ...details }));

const player = (playerId: string, household: fc.Arbitrary<string | null>): fc.Arbitrary<PlayerState> =>
  fc
    .record({
      household,
      currency: fc.constantFrom('EUR', 'EUR', 'EUR', 'EUR', 'SEK', 'SEK', 'SEK', null),
      bonusBlocked: oneIn(12),
      mailboxes: fc.subarray([...MAILBOXES]),
    })
    .map(({ mailboxes, ...details }) => playerOf({ playerId, person: [playerId, ...mailboxes], ...details }));

const openGrant: fc.Arbitrary<OpenGrant> = fc.record({
  campaignId: fc.constant('old'),
  exclusiveGroup: fc.constantFrom('g', 'h', 'other', null),
});

/** Some of the counters an attempt may look at, with what was taken from them before. */
function counters(
  campaigns: readonly Campaign[],
  { clock }: World,
): fc.Arbitrary<Record<string, CounterState>> {
  const keys = campaigns.flatMap(({ campaignId, terms }) => [
    ...terms.limits.flatMap((limit) =>
      idsOf(limit.scope).map((id) => limitKey(campaignId, limit, id, clock)),
    ),
    ...Object.keys(terms.budget ?? {}).map((currency) => budgetKey(campaignId, currency)),
  ]);
  if (keys.length === 0) return fc.constant({});
  return fc.dictionary(fc.constantFrom(...keys), fc.record({ used: small, reserved: small }), { maxKeys: 6 });
}

function idsOf(scope: Scope): readonly (string | null)[] {
  const ids = {
    ...{ campaign: [null], code: CODES, player: PLAYERS, device: DEVICES, household: HOUSEHOLDS },
    person: [...PLAYERS, ...MAILBOXES],
  };
  return ids[scope];
}

export interface Case {
  readonly world: World;
  readonly attempts: readonly Attempt[];
}

interface Options {
  readonly scopes: readonly Scope[];
  readonly withBudget: boolean;
  readonly maxUses: fc.Arbitrary<number | null>;
  householdOf(playerId: string): fc.Arbitrary<string | null>;
  deviceOf(playerId: string): fc.Arbitrary<string | undefined>;
  /** What an unknown code counts for besides the player. */
  networkOf(): fc.Arbitrary<string | undefined>;
}

const guesses: fc.Arbitrary<Record<string, Guesses>> = fc.dictionary(
  fc.constantFrom(...PLAYERS, ...NETWORKS),
  fc.record({ misses: small, lockedUntil: fc.constantFrom(null, null, null, NOW, NOW + 1) }),
  { maxKeys: 3 },
);

function cases({
  scopes,
  withBudget,
  maxUses,
  householdOf,
  deviceOf,
  networkOf,
}: Options): fc.Arbitrary<Case> {
  const attempt = fc
    .constantFrom(...PLAYERS)
    .chain((playerId) =>
      fc.record({
        playerId: fc.constant(playerId),
        deviceId: deviceOf(playerId),
        network: networkOf(),
        codeKeys: fc.constantFrom(
          ['a'],
          ['a'],
          ['b'],
          ['b'],
          ['c'],
          ['unknown', 'a'],
          ['c', 'b'],
          ['unknown'],
        ),
      }),
    )
    .map(({ deviceId, network, ...rest }) =>
      attemptOf({
        ...rest,
        entry: deviceId === undefined ? {} : { deviceId },
        guessers: [guesser(rest.playerId, 3), ...(network === undefined ? [] : [guesser(network, 4)])],
      }),
    );
  return fc
    .record({
      campaigns: fc.tuple(...CAMPAIGNS.map((id) => campaign(id, scopes, withBudget))),
      codes: fc.tuple(...CODES.map((key) => code(key, maxUses))),
      players: fc.tuple(...PLAYERS.map((id) => player(id, householdOf(id)))),
      openGrants: fc.dictionary(fc.constantFrom(...PLAYERS), fc.array(openGrant, { maxLength: 1 }), {
        maxKeys: 2,
      }),
      guesses,
      attempts: fc.array(attempt, { minLength: 1, maxLength: 30, size: 'max' }),
    })
    .chain(({ attempts, openGrants, guesses, ...scene }) => {
      const world = worldOf({
        ...scene,
        openGrants: new Map(Object.entries(openGrants)),
        guesses: new Map(Object.entries(guesses)),
      });
      return counters(scene.campaigns, world).map((stored) => ({
        world: { ...world, counters: new Map(Object.entries(stored)) },
        attempts: attempts.map((item, i) => ({ ...item, activationId: `activation-${i}` })),
      }));
    });
}

/** Small worlds in which everybody gets in everybody's way: few players, devices, households, codes and uses. */
export const crowdedCase: fc.Arbitrary<Case> = cases({
  scopes: SCOPES,
  withBudget: true,
  maxUses: fc.option(fc.integer({ min: 0, max: 15 }), { freq: 2 }),
  householdOf: () => fc.option(fc.constantFrom(...HOUSEHOLDS), { freq: 8 }),
  deviceOf: () => fc.constantFrom(undefined, ...DEVICES, ...DEVICES, ...DEVICES),
  networkOf: () => fc.constantFrom(undefined, ...NETWORKS),
});

/** Worlds in which no two players share a counter. */
export const separateCase: fc.Arbitrary<Case> = cases({
  scopes: ['player', 'device', 'household'],
  withBudget: false,
  maxUses: fc.constant(null),
  householdOf: (playerId) => fc.constant(`home of ${playerId}`),
  deviceOf: (playerId) => fc.constant(`phone of ${playerId}`),
  networkOf: () => fc.constant(undefined),
});
