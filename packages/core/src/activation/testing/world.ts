import { DEFAULT_POLICY } from '../../risk/index.ts';
import type { Facts } from '../../rules/index.ts';
import { localClock } from '../clock.ts';
import { decideBatch } from '../decide.ts';
import type { Reward } from '../reward-terms.ts';
import type {
  Attempt,
  Campaign,
  CampaignState,
  CampaignTerms,
  Check,
  CodeState,
  Decision,
  Entry,
  Guesser,
  Guesses,
  PlayerState,
  World,
} from '../types.ts';

/** A Sunday, 14:00 in Malta. */
export const NOW = Date.parse('2026-03-29T12:00:00Z');

const WAGERING = {
  multiplier: 3500,
  base: 'bonus',
  depositBase: 'full',
  expiresAfterSeconds: 604_800,
} as const;

export const bonusIn = (amount: Readonly<Record<string, number>>): Reward => ({
  kind: 'bonus_balance',
  amount,
  wagering: WAGERING,
});

export const bonusOf = (amount: number, currency = 'EUR'): Reward => bonusIn({ [currency]: amount });

/** 100 % of a deposit up to the cap, within a day. */
export const matchUpTo = (cap: number, currency = 'EUR'): Reward => ({
  kind: 'deposit',
  matchBps: 10_000,
  cap: { [currency]: cap },
  minDeposit: { [currency]: 2000 },
  depositWithinSeconds: 86_400,
  wagering: WAGERING,
});

/** Terms that ask for nothing and pay 10.00 EUR. */
export const termsOf = (terms: Partial<CampaignTerms> = {}): CampaignTerms => ({
  schedule: { startsAt: null, endsAt: null },
  markets: {},
  audience: { kycRequired: false },
  limits: [],
  budget: null,
  exclusiveGroup: null,
  exclusive: false,
  traffic: null,
  rewards: [bonusOf(1000)],
  ...terms,
});

export const campaignOf = (
  terms: Partial<CampaignTerms> = {},
  { campaignId = 'spring', rule = null, breaches = [] }: Partial<Campaign> = {},
): Campaign => ({ campaignId, version: 1, terms: termsOf(terms), rule, breaches });

export const codeOf = (code: Partial<CodeState> = {}): CodeState => ({
  codeKey: 'code-1',
  campaignId: 'spring',
  kind: 'shared',
  state: 'active',
  uses: 0,
  reserved: 0,
  maxUses: null,
  holderId: null,
  startsAt: null,
  endsAt: null,
  sharedText: 'SPRING',
  ...code,
});

/** A grown-up of Germany with euros, of whom no rule may know more than `facts`. */
export const playerOf = ({
  facts,
  ...player
}: Partial<Omit<PlayerState, 'facts'>> & { facts?: Facts } = {}): PlayerState => ({
  playerId: 'ann',
  country: 'DE',
  currency: 'EUR',
  age: 30,
  kycStatus: null,
  household: null,
  person: [player.playerId ?? 'ann'],
  selfExcludedUntil: null,
  bonusBlocked: false,
  facts: () => facts ?? {},
  ...player,
});

export const attemptOf = ({
  entry,
  ...attempt
}: Partial<Omit<Attempt, 'entry'>> & { entry?: Partial<Entry> } = {}): Attempt => ({
  activationId: 'activation',
  playerId: 'ann',
  codeKeys: ['code-1'],
  entry: { channel: 'cashier', ...entry },
  guessers: [guesser(attempt.playerId ?? 'ann')],
  ...attempt,
});

/** Somebody who may name five unknown codes, unless said otherwise. */
export const guesser = (key: string, allowed = 5): Guesser => ({ key, allowed });

/** Guesses by their guessers' keys. */
export const guessesOf = (guesses: Readonly<Record<string, Partial<Guesses>>>): World['guesses'] =>
  new Map(Object.entries(guesses).map(([key, known]) => [key, { misses: 0, lockedUntil: null, ...known }]));

export interface Scene {
  readonly now?: number;
  readonly timeZone?: string;
  readonly jurisdiction?: World['jurisdiction'];
  readonly campaigns?: readonly (Campaign | CampaignState)[];
  readonly codes?: readonly CodeState[];
  readonly players?: readonly PlayerState[];
  readonly counters?: Readonly<Record<string, { used: number; reserved: number }>>;
  readonly openGrants?: World['openGrants'];
  readonly guesses?: World['guesses'];
  readonly risk?: World['risk'];
}

/** A world in which, unless said otherwise, Ann can use the code of an open campaign. */
export function worldOf(scene: Scene = {}): World {
  const {
    now = NOW,
    timeZone = 'Europe/Malta',
    jurisdiction = 'default',
    campaigns = [campaignOf()],
  } = scene;
  const { codes = [codeOf()], players = [playerOf()], counters = {} } = scene;
  const states = campaigns.map((item) =>
    'status' in item ? item : { campaign: item, status: 'active' as const },
  );
  return {
    now,
    clock: localClock(now, timeZone),
    jurisdiction,
    codes: new Map(codes.map((code) => [code.codeKey, code])),
    campaigns: new Map(states.map((state) => [state.campaign.campaignId, state])),
    players: new Map(players.map((player) => [player.playerId, player])),
    counters: new Map(Object.entries(counters)),
    openGrants: scene.openGrants ?? new Map(),
    guesses: scene.guesses ?? new Map(),
    risk: scene.risk ?? new Map(),
    riskPolicy: DEFAULT_POLICY,
  };
}

/** Decides one attempt alone. */
export function decideOne(world: World, attempt: Attempt = attemptOf()): Decision {
  const [decision] = decideBatch(world, [attempt]);
  if (!decision) throw new Error('the attempt was not decided');
  return decision;
}

export const checkNamed = ({ checks }: Decision, name: string): Check | undefined =>
  checks.find(({ check }) => check === name);

/** `accepted`, `awaiting_deposit`, or the refusal key. */
export const outcomeOf = ({ outcome, refusalKey }: Decision): string => refusalKey ?? outcome;
