import { largestCostOf } from '../grants.ts';
import { budgetKey, limitKey } from '../key-format.ts';
import type { RefusalKey } from '../refusal-keys.ts';
import type {
  Attempt,
  Campaign,
  CodeState,
  CounterState,
  Decision,
  LimitTerms,
  PlayerState,
  World,
} from '../types.ts';

const REACHED: Readonly<Record<LimitTerms['scope'], RefusalKey>> = {
  campaign: 'campaign_quantity_exceeded',
  code: 'quantity_exceeded',
  player: 'player_quantity_exceeded',
  device: 'device_quantity_exceeded',
  household: 'household_quantity_exceeded',
  person: 'person_quantity_exceeded',
};

interface Trial {
  readonly world: World;
  readonly attempt: Attempt;
  readonly player: PlayerState;
  readonly code: CodeState;
  readonly campaign: Campaign;
  /** Attempts at the same campaign that were accepted before. */
  readonly before: readonly Decision[];
}

/**
 * DOMAIN §2 written down a second time, without claims and running sums: an attempt is judged by counting the ones
 * before it. Knows what the random worlds vary.
 */
export function expectedKey(world: World, attempt: Attempt, earlier: readonly Decision[]): RefusalKey | null {
  if (mustWait(world, attempt, earlier)) return 'rate_limited';
  const accepted = earlier.filter(({ outcome }) => outcome !== 'refused');
  const codeKey = attempt.codeKeys.find((key) => world.codes.has(key));
  const code = codeKey === undefined ? undefined : world.codes.get(codeKey);
  const campaign = code && world.campaigns.get(code.campaignId)?.campaign;
  const player = world.players.get(attempt.playerId);
  if (!code || !campaign || !player) return 'code_not_found';
  const before = accepted.filter((decision) => decision.campaign?.campaignId === campaign.campaignId);
  const trial: Trial = { world, attempt, player, code, campaign, before };

  if (code.state === 'disabled') return 'code_disabled';
  if (player.currency === null) return 'currency_not_eligible';
  if (player.bonusBlocked) return 'bonus_blocked';
  if (code.holderId !== null && code.holderId !== attempt.playerId) return 'holder_mismatch';
  return (
    reachedLimit(trial, ['player', 'device', 'household', 'person']) ??
    conflict(trial, accepted) ??
    usedUp(trial) ??
    reachedLimit(trial, ['campaign', 'code']) ??
    spent(trial, player.currency)
  );
}

const mustWait = ({ guesses, now }: World, attempt: Attempt, earlier: readonly Decision[]): boolean =>
  attempt.guessers.some(({ key, allowed }) => {
    const { misses, lockedUntil } = guesses.get(key) ?? { misses: 0, lockedUntil: null };
    const here = earlier.filter(
      ({ attempt: { guessers }, refusalKey }) =>
        refusalKey === 'code_not_found' && guessers.some((guesser) => guesser.key === key),
    );
    return misses + here.length >= allowed || (lockedUntil !== null && now < lockedUntil);
  });

const total = (counter: CounterState | undefined): number => (counter ? counter.used + counter.reserved : 0);

/** What a limit counts an attempt by; nothing when that is not known. */
function idsOf(
  scope: LimitTerms['scope'],
  attempt: Attempt,
  code: CodeState,
  { players }: World,
): readonly string[] {
  const player = players.get(attempt.playerId);
  const ids = {
    campaign: [''],
    code: [code.codeKey],
    player: [attempt.playerId],
    device: [attempt.entry.deviceId],
    household: [player?.household],
    person: player?.person ?? [],
  };
  return ids[scope].filter((id) => typeof id === 'string');
}

function reachedLimit(
  { world, attempt, code, campaign, before }: Trial,
  scopes: readonly LimitTerms['scope'][],
): RefusalKey | null {
  for (const limit of campaign.terms.limits) {
    const { scope, period, max } = limit;
    if (!scopes.includes(scope) || (scope === 'code' && !period)) continue;
    const refusal = period ? 'period_quantity_exceeded' : REACHED[scope];
    const ids = idsOf(scope, attempt, code, world);
    if (ids.length === 0) return refusal;
    for (const id of ids) {
      const stored = world.counters.get(
        limitKey(campaign.campaignId, limit, scope === 'campaign' ? null : id, world.clock),
      );
      const now = before.filter(
        (decision) => decision.code && idsOf(scope, decision.attempt, decision.code, world).includes(id),
      );
      if (total(stored) + now.length >= max) return refusal;
    }
  }
  return null;
}

function conflict({ world, attempt, campaign }: Trial, accepted: readonly Decision[]): RefusalKey | null {
  const { exclusive, exclusiveGroup } = campaign.terms;
  const groups = [
    ...(world.openGrants.get(attempt.playerId) ?? []).map((grant) => grant.exclusiveGroup),
    ...accepted
      .filter((decision) => decision.attempt.playerId === attempt.playerId)
      .map((decision) => decision.campaign?.terms.exclusiveGroup ?? null),
  ];
  if (exclusive && groups.length > 0) return 'conflicting_bonus';
  return exclusiveGroup !== null && groups.includes(exclusiveGroup) ? 'conflicting_bonus' : null;
}

function usedUp({ code, campaign, before }: Trial): RefusalKey | null {
  const perCode = campaign.terms.limits.find(({ scope, period }) => scope === 'code' && !period);
  const maximum = code.maxUses ?? perCode?.max;
  const now = before.filter((decision) => decision.code?.codeKey === code.codeKey).length;
  return maximum !== undefined && code.uses + code.reserved + now >= maximum ? 'quantity_exceeded' : null;
}

function spent({ world, campaign, before }: Trial, currency: string): RefusalKey | null {
  const budget = campaign.terms.budget?.[currency];
  const cost = largestCostOf(campaign.terms, currency);
  if (budget === undefined || cost === 0) return null;
  const payers = before.filter(({ attempt }) => world.players.get(attempt.playerId)?.currency === currency);
  const taken = total(world.counters.get(budgetKey(campaign.campaignId, currency))) + payers.length * cost;
  return taken + cost > budget ? 'budget_exceeded' : null;
}

/**
 * The world once a decision is written: what it claims is used, or reserved while it waits for a deposit, and an
 * unknown code is a guess.
 */
export function after(world: World, decision: Decision): World {
  if (decision.refusalKey === 'code_not_found') return guessed(world, decision.attempt);
  if (decision.outcome === 'refused') return world;
  const { attempt, campaign, claims, grants, outcome } = decision;
  const codes = new Map(world.codes);
  const taken = new Map<string, CounterState>();
  const counters = { get: (key: string) => taken.get(key) ?? world.counters.get(key) };
  const openGrants = new Map(world.openGrants);
  for (const { home, counterKey, amount, reserved: open } of claims) {
    const reserved = outcome === 'accepted' ? open : amount;
    const used = amount - reserved;
    if (home === 'code') {
      const code = codes.get(counterKey);
      if (!code) throw new Error(`a claim on ${counterKey}, which is no code`);
      codes.set(counterKey, { ...code, uses: code.uses + used, reserved: code.reserved + reserved });
    } else {
      const counter = counters.get(counterKey) ?? { used: 0, reserved: 0 };
      taken.set(counterKey, { used: counter.used + used, reserved: counter.reserved + reserved });
    }
  }
  const issued = grants.map(() => ({
    campaignId: campaign?.campaignId ?? '',
    exclusiveGroup: campaign?.terms.exclusiveGroup ?? null,
  }));
  openGrants.set(attempt.playerId, [...(openGrants.get(attempt.playerId) ?? []), ...issued]);
  return { ...world, codes, counters, openGrants };
}

function guessed(world: World, { guessers }: Attempt): World {
  const guesses = new Map(world.guesses);
  for (const { key } of guessers) {
    const { misses, lockedUntil } = guesses.get(key) ?? { misses: 0, lockedUntil: null };
    guesses.set(key, { misses: misses + 1, lockedUntil });
  }
  return { ...world, guesses };
}
