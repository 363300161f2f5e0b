import type { SimulationResult } from '@promosmith/contract';
import {
  type Attempt,
  budgetKey,
  type CampaignState,
  type CodeState,
  type CounterState,
  type Decision,
  decideBatch,
  depositTerms,
  type LocalClock,
  type Lookup,
  localClock,
  type Millis,
  type OpenGrant,
  type PlayerState,
} from '@promosmith/core/activation';
import { assess, type RiskKnown } from '@promosmith/core/risk';
import { factsOf } from '../../players/index.ts';
import { createCompactCounts } from './compact-counts.ts';
import { createGiveBacks } from './give-backs.ts';
import { createPayouts } from './payouts.ts';
import { createPeople } from './people.ts';
import { createTally } from './tally.ts';
import type { Setting, Try } from './types.ts';

const MINUTE = 60_000;
const CODE_KEY = 'simulated';
const NOTHING = new Map<string, never>();

/** A campaign that runs over a period of the past. */
export interface Simulation {
  /** Decides tries in order of time: those of one call are no earlier than those of the one before. */
  take(tries: readonly Try[]): void;
  /** Whether a player has the code as often as one may, for good, and tries no more. */
  isDone(playerId: string): boolean;
  /** @param shares what bonuses of the brand have cost of their face value, basis points by currency. */
  result(shares: ReadonlyMap<string, number>): SimulationResult;
}

/**
 * Pure but for its memory, which is that of limits: some 20 bytes for each counter and player. Decides by the decision
 * that activations are made by, minute by minute.
 */
export function createSimulation(setting: Setting): Simulation {
  const state = stateOf(setting);
  const { campaign } = state;
  const codes = new Map([[CODE_KEY, CODE_OF(campaign.campaignId)]]);
  const campaigns = new Map([[campaign.campaignId, state]]);
  const uses = createCompactCounts();
  const budgets = new Map<string, number>();
  const takenBy = createCompactCounts();
  const openUntil = createCompactCounts();
  const giveBacks = createGiveBacks();
  const people = createPeople();
  const tally = createTally(setting);
  const payouts = createPayouts(setting, giveBacks, tally);
  const mostEach = Math.min(
    ...campaign.terms.limits.flatMap(({ scope, period, max }) =>
      scope === 'player' && !period ? [max] : [],
    ),
  );
  const isExclusive = campaign.terms.exclusive || campaign.terms.exclusiveGroup !== null;

  const hasAll = (playerId: string): boolean => takenBy.get(playerId) >= mostEach;
  // What waits for a deposit comes back if none is made.
  const isForGood = depositTerms(campaign.terms) === undefined;
  const ofBudget = budgetKey(campaign.campaignId, '');
  const counted = (key: string): number =>
    key.startsWith(ofBudget) ? (budgets.get(key) ?? 0) : uses.get(key);
  const counters: Lookup<CounterState> = { get: (key) => ({ used: counted(key), reserved: 0 }) };
  function count(key: string, amount: number): void {
    if (key.startsWith(ofBudget)) budgets.set(key, (budgets.get(key) ?? 0) + amount);
    else uses.set(key, uses.get(key) + amount);
  }

  function decideMinute(minute: number, all: readonly Try[]): void {
    const now = minute * MINUTE;
    giveBacks.due(now, ({ playerId, counters }) => {
      for (const [key, amount] of counters) count(key, -amount);
      if (playerId !== null) takenBy.set(playerId, takenBy.get(playerId) - 1);
    });
    const tries = all.filter(({ player }) => !hasAll(player.playerId));
    if (tries.length === 0) return;
    const clock = localClock(now, setting.timeZone);
    const players = new Map(tries.map((one) => [one.player.playerId, playerOf(one, now, clock)]));
    const risks = tries.map(riskOf);
    const decisions = decideBatch(
      {
        ...{ now, clock, jurisdiction: setting.jurisdiction, players, counters, codes, campaigns },
        openGrants: isExclusive
          ? new Map(tries.map((one) => [one.player.playerId, openGrantsOf(one, minute)]))
          : NOTHING,
        guesses: NOTHING,
        risk: { get: (index) => risks[Number(index)] },
        riskPolicy: setting.riskPolicy,
      },
      tries.map(attemptOf),
    );
    for (const [index, one] of tries.entries()) {
      const [decision, risk] = [decisions[index], risks[index]];
      if (!decision || !risk) throw new Error('the decision left a try out');
      heed(one, decision, risk);
    }
  }

  function heed(one: Try, decision: Decision, risk: RiskKnown): void {
    const { playerId } = one.player;
    const isTaken = decision.outcome !== 'refused';
    const isNew = isTaken && people.qualified(playerId);
    tally.tried(one, decision, isNew);
    if (decision.refusalKey !== null) people.refused(playerId, decision.refusalKey);
    if (isTaken || decision.refusalKey === 'risk_declined')
      people.assessed(playerId, assess(risk, setting.riskPolicy, setting.indicators).band);
    if (!isTaken) return;
    for (const { counterKey, home, amount } of decision.claims)
      if (home === 'counter') count(counterKey, amount);
    takenBy.set(playerId, takenBy.get(playerId) + 1);
    const until = payouts.pay(one, decision);
    if (isExclusive) openUntil.set(playerId, Math.max(openUntil.get(playerId), minuteOf(until)));
  }

  function openGrantsOf({ player, openGrants }: Try, minute: number): readonly OpenGrant[] {
    if (openUntil.get(player.playerId) <= minute) return openGrants;
    const own = { campaignId: campaign.campaignId, exclusiveGroup: campaign.terms.exclusiveGroup };
    return [...openGrants, own];
  }

  return {
    take(tries) {
      for (const { player } of tries) people.seen(player.playerId);
      for (const [minute, together] of Map.groupBy(tries, ({ at }) => Math.floor(at / MINUTE)))
        decideMinute(minute, together);
    },
    isDone: (playerId) => isForGood && hasAll(playerId),
    result(shares) {
      const { refusedBy, ...counts } = people.result();
      return { ...counts, ...tally.result(refusedBy, shares) };
    },
  };
}

/** The last minute there is stands for bonuses that do not end by themselves. */
const minuteOf = (until: Millis | null): number => (until === null ? 2 ** 31 - 1 : Math.ceil(until / MINUTE));

/** Runs whenever it is asked, but for its weekdays and hours. */
function stateOf({ campaign }: Setting): CampaignState {
  const schedule = { ...campaign.terms.schedule, startsAt: null, endsAt: null };
  return { campaign: { ...campaign, terms: { ...campaign.terms, schedule } }, status: 'active' };
}

/** One text for everybody, as many may use as the campaign allows. */
const CODE_OF = (campaignId: string): CodeState => ({
  ...{ codeKey: CODE_KEY, campaignId, kind: 'shared', sharedText: null, state: 'active' },
  ...{ uses: 0, reserved: 0, maxUses: null, holderId: null, startsAt: null, endsAt: null },
});

const attemptOf = ({ player, entry }: Try, index: number): Attempt => ({
  ...{ activationId: String(index), playerId: player.playerId, codeKeys: [CODE_KEY], entry, guessers: [] },
});

function playerOf({ player, person }: Try, now: Millis, clock: LocalClock): PlayerState {
  const facts = factsOf(player, new Date(now), clock.day);
  return {
    playerId: player.playerId,
    country: player.country,
    currency: player.currency,
    age: facts.age,
    kycStatus: player.kycStatus,
    household: player.household,
    person,
    selfExcludedUntil: player.selfExcludedUntil?.getTime() ?? null,
    bonusBlocked: player.bonusBlocked,
    facts: () => facts,
  };
}

/** What the player's past shows: of a try that never was no device or address is known. */
const riskOf = ({ at, player, entry, stored }: Try): RiskKnown => ({
  registeredAgo: player.registeredAt === null ? null : at - player.registeredAt.getTime(),
  channel: entry.channel,
  country: player.country,
  device: null,
  address: null,
  guessing: { misses: 0, lockouts: 0 },
  profile: stored.profile,
  listed: stored.listed,
});
