import type { Assessment } from '../risk/index.ts';
import type { Candidate } from './candidate.ts';
import {
  assessRisk,
  CODE_KNOWN,
  CODE_UNKNOWN,
  candidateChecks,
  codeChecks,
  rateLimit,
  riskCheck,
} from './checks/index.ts';
import { memo } from './memo.ts';
import { type Offer, openOffer, type Payout } from './offer.ts';
import { type Progress, startProgress } from './progress.ts';
import type { Attempt, CampaignState, Check, Claim, CodeState, Decision, World } from './types.ts';

/**
 * Decides a batch of attempts in the order they arrived, as if each came alone: an attempt sees what the ones before
 * it took. Pure: the same world and attempts give the same decisions. The write that follows is guarded in SQL, so a
 * world that was out of date costs a retry, never a use too many.
 *
 * @throws Error when an attempt's player is missing from the world.
 */
export function decideBatch(world: World, attempts: readonly Attempt[]): Decision[] {
  const batch = openBatch(world);
  return attempts.map((attempt) => {
    const decision = decide(batch, attempt);
    batch.progress.recordTaken(decision);
    batch.progress.recordMiss(decision);
    return decision;
  });
}

/**
 * Decides attempts none of which is carried out: each as if nobody else were there, except that an unknown code is a
 * guess here as well.
 *
 * @throws Error when an attempt's player is missing from the world.
 */
export function rehearseBatch(world: World, attempts: readonly Attempt[]): Decision[] {
  const batch = openBatch(world);
  return attempts.map((attempt) => {
    const decision = decide(batch, attempt);
    batch.progress.recordMiss(decision);
    return decision;
  });
}

interface Batch {
  readonly world: World;
  readonly progress: Progress;
  offerOf(state: CampaignState): Offer;
  checksOf(code: CodeState): readonly Check[];
}

const openBatch = (world: World): Batch => ({
  world,
  progress: startProgress(world),
  offerOf: memo((state) => openOffer(state, world)),
  checksOf: memo((code) => codeChecks(code, world.now)),
});

/** The code the typed text means: the likeliest of its readings that exists. */
export function knownCode(world: Pick<World, 'codes'>, attempt: Attempt): CodeState | null {
  for (const key of attempt.codeKeys) {
    const code = world.codes.get(key);
    if (code) return code;
  }
  return null;
}

function decide(batch: Batch, attempt: Attempt): Decision {
  const { world, progress } = batch;
  const player = world.players.get(attempt.playerId);
  if (!player) throw new Error(`player ${attempt.playerId} is missing from the batch's world`);
  const rate = rateLimit(world.now, attempt, progress);
  const code = knownCode(world, attempt);
  const state = code && world.campaigns.get(code.campaignId);
  if (!code || !state) return refused(attempt, [rate, CODE_UNKNOWN], code, null, null);

  const offer = batch.offerOf(state);
  const payout = player.currency === null ? null : offer.payoutIn(player.currency);
  const limits = offer.limitsOf(code)(attempt, player);
  const candidate: Candidate = { now: world.now, attempt, player, code, offer, payout, limits, progress };
  const checks = [rate, CODE_KNOWN, ...batch.checksOf(code), ...offer.checks, ...candidateChecks(candidate)];
  const assessment = assessRisk(world, attempt, offer);
  if (assessment) checks.push(riskCheck(assessment));
  if (!payout || checks.some(({ ok }) => !ok)) return refused(attempt, checks, code, offer, assessment);

  const isHeld = assessment?.band === 'hold';
  return {
    attempt,
    outcome: isHeld ? 'in_review' : offer.awaitingUntil === null ? 'accepted' : 'awaiting_deposit',
    refusalKey: null,
    checks,
    code,
    campaign: offer.campaign,
    claims: claimsOf(candidate, payout),
    assessment,
    grants: isHeld ? payout.held : payout.grants,
    awaitingUntil: isHeld ? null : offer.awaitingUntil,
  };
}

function claimsOf({ limits }: Candidate, { budget }: Payout): Claim[] {
  const claims: Claim[] = [];
  for (const limit of limits) claims.push(...limit.claims);
  if (budget) claims.push(budget);
  return claims;
}

function refused(
  attempt: Attempt,
  checks: readonly Check[],
  code: CodeState | null,
  offer: Offer | null,
  assessment: Assessment | null,
): Decision {
  return {
    attempt,
    outcome: 'refused',
    refusalKey: checks.find(({ ok }) => !ok)?.key ?? null,
    checks,
    code,
    campaign: offer?.campaign ?? null,
    claims: [],
    assessment,
    grants: [],
    awaitingUntil: null,
  };
}
