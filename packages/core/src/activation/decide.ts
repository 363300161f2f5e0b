import type { Candidate, Tally } from './candidate.ts';
import { runChecks } from './checks.ts';
import { budgetKey, limitClaims } from './claims.ts';
import { depositTerms, largestCostOf, planGrants } from './grants.ts';
import type {
  Attempt,
  Campaign,
  CampaignState,
  Check,
  Claim,
  CodeState,
  CounterState,
  Decision,
  PlayerState,
  World,
} from './types.ts';

/**
 * Decides a batch of attempts in the order they arrived, as if each came alone: an attempt sees what the ones before
 * it took. Pure: the same world and attempts give the same decisions. The write that follows is guarded in SQL, so a
 * world that was out of date costs a retry, never a use too many.
 */
export function decideBatch(world: World, attempts: readonly Attempt[]): Decision[] {
  const batch = openBatch(world);
  return attempts.map((attempt) => decideOne(world, batch, attempt));
}

interface Batch {
  readonly tally: Tally;
  take(claim: Claim): void;
  grantsOf(playerId: string): { campaignId: string; exclusiveGroup: string | null }[];
}

const ZERO: CounterState = { used: 0, reserved: 0 };

function openBatch(world: World): Batch {
  const taken = new Map<string, number>();
  const granted = new Map<string, { campaignId: string; exclusiveGroup: string | null }[]>();
  const stored = (key: string): CounterState => world.counters.get(key) ?? codeCounter(world, key) ?? ZERO;
  return {
    tally: {
      of(key) {
        const { used, reserved } = stored(key);
        return { used: used + (taken.get(key) ?? 0), reserved };
      },
    },
    take({ counterKey, amount }) {
      taken.set(counterKey, (taken.get(counterKey) ?? 0) + amount);
    },
    grantsOf(playerId) {
      let list = granted.get(playerId);
      if (!list) {
        list = [];
        granted.set(playerId, list);
      }
      return list;
    },
  };
}

function codeCounter(world: World, key: string): CounterState | undefined {
  const code = world.codes.get(key);
  return code && { used: code.uses, reserved: code.reserved };
}

/** The code the typed text means: the likeliest of its readings that exists. */
export function knownCode(world: Pick<World, 'codes'>, attempt: Attempt): CodeState | null {
  for (const key of attempt.codeKeys) {
    const code = world.codes.get(key);
    if (code) return code;
  }
  return null;
}

function decideOne(world: World, batch: Batch, attempt: Attempt): Decision {
  const locked = lockout(world, attempt);
  const code = knownCode(world, attempt);
  const campaign = (code && world.campaigns.get(code.campaignId)) || null;
  const player = world.players.get(attempt.playerId);
  if (!player) throw new Error(`player ${attempt.playerId} is missing from the batch's world`);
  if (!code || !campaign) {
    return refused(attempt, code, null, [
      ...locked,
      { check: 'code.known', ok: false, key: 'code_not_found' },
    ]);
  }
  return decideKnown(world, batch, attempt, code, campaign, player, locked);
}

function decideKnown(
  world: World,
  batch: Batch,
  attempt: Attempt,
  code: CodeState,
  state: CampaignState,
  player: PlayerState,
  locked: readonly Check[],
): Decision {
  const { campaign } = state;
  const budget = budgetClaim(campaign, player);
  const candidate: Candidate = {
    attempt,
    world,
    code,
    campaign: state,
    player,
    limits: limitClaims(campaign, code, attempt, player, world.clock),
    budget,
    tally: batch.tally,
    justGranted: batch.grantsOf(attempt.playerId),
  };
  const checks = [...locked, ...runChecks(candidate)];
  if (checks.some((check) => !check.ok)) return refused(attempt, code, campaign, checks);

  const claims = candidate.limits.flatMap(({ claim }) => (claim ? [claim] : []));
  if (budget && budget.amount > 0) claims.push(budget);
  for (const claim of claims) batch.take(claim);
  batch
    .grantsOf(attempt.playerId)
    .push({ campaignId: campaign.campaignId, exclusiveGroup: campaign.terms.exclusiveGroup });

  const grants = planGrants(campaign.terms, player.currency ?? '', world.now);
  const deposit = depositTerms(campaign.terms);
  return {
    attempt,
    outcome: deposit ? 'awaiting_deposit' : 'accepted',
    refusalKey: null,
    checks,
    code,
    campaign,
    claims,
    grants,
    awaitingUntil: deposit ? world.now + deposit.depositWithinSeconds * 1000 : null,
  };
}

/** The budget is taken at its worst case, so that it can never be overspent (vector V18b). */
function budgetClaim(campaign: Campaign, player: PlayerState): Claim | null {
  const currency = player.currency;
  const maximum = currency === null ? undefined : campaign.terms.budget?.[currency];
  if (currency === null || maximum === undefined) return null;
  return {
    counterKey: budgetKey(campaign.campaignId, currency),
    home: 'counter',
    refusal: 'budget_exceeded',
    amount: largestCostOf(campaign.terms, currency),
    maximum,
    hot: true,
  };
}

function lockout({ lockouts, now }: World, { playerId, entry }: Attempt): Check[] {
  const until = Math.max(lockouts.get(playerId) ?? 0, (entry.ip && lockouts.get(entry.ip)) || 0);
  if (until <= now) return [];
  return [
    {
      check: 'rate_limit',
      ok: false,
      key: 'rate_limited',
      saw: 'locked out after unknown codes',
      needs: new Date(until).toISOString(),
    },
  ];
}

function refused(
  attempt: Attempt,
  code: CodeState | null,
  campaign: Campaign | null,
  checks: readonly Check[],
): Decision {
  const first = checks.find((check) => !check.ok);
  return {
    attempt,
    outcome: 'refused',
    refusalKey: first?.key ?? null,
    checks,
    code,
    campaign,
    claims: [],
    grants: [],
    awaitingUntil: null,
  };
}
