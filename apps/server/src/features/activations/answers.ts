import type { ActivationAccepted, ValidationResult } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import { type Check, REFUSALS, type RefusalKey } from '@promosmith/core/activation';
import type { Answer } from './kernel/pending.ts';

/** What an anonymous caller must not be able to tell apart (DOMAIN §2). */
const ONE_ANSWER = new Set<RefusalKey>([
  'code_not_found',
  'code_expired',
  'code_disabled',
  'code_not_active_yet',
  'campaign_not_active',
  'holder_mismatch',
]);

/** How much of a refusal a caller gets to see. */
export type Audience = 'staff' | 'player' | 'anonymous';

interface Reason {
  key: string;
  message: string;
  check: string;
  saw?: unknown;
  needs?: unknown;
}

/** Every failed check in the order of the decision. Players read why, not what the server knows of them. */
function reasonsOf(checks: readonly Check[], audience: Audience): Reason[] {
  return checks.flatMap(({ ok, check, key, saw, needs }) => {
    if (ok || !key) return [];
    const reason = { key, message: REFUSALS[key], check };
    return [audience === 'staff' ? { ...reason, saw, needs } : reason];
  });
}

const isHidden = (answer: Answer, audience: Audience): boolean =>
  audience === 'anonymous' &&
  answer.checks.some(({ ok, key }) => !ok && key !== undefined && ONE_ANSWER.has(key));

const NEUTRAL: Reason = { key: 'code_not_found', message: REFUSALS.code_not_found, check: 'code' };

/** 201 body. */
export const acceptedBody = (answer: Answer): ActivationAccepted => ({
  id: answer.activationId,
  outcome: answer.decided === 'awaiting_deposit' ? 'awaiting_deposit' : 'accepted',
  player: answer.playerExternalId,
  code: answer.codeShown,
  codeId: answer.codeId ?? '',
  campaignId: answer.campaignId ?? '',
  campaignVersion: answer.campaignVersion ?? 0,
  grants: [...answer.issued],
  awaitingUntil: answer.awaitingUntil,
  createdAt: answer.createdAt,
});

/** 422 problem: key and message of the first failing check, all reasons, and the activation to look up. */
export function refusedProblem(
  answer: Answer,
  audience: Audience,
): Refusal & { activationId: string; reasons: Reason[] } {
  const key = answer.refusalKey ?? 'code_not_found';
  return {
    key,
    message: REFUSALS[key],
    activationId: answer.activationId,
    reasons: reasonsOf(answer.checks, audience),
  };
}

export function validationBody(answer: Answer, audience: Audience): ValidationResult {
  const grants = answer.issued.map(({ id: _, ...grant }) => grant);
  if (isHidden(answer, audience)) {
    const { key, message } = NEUTRAL;
    return {
      valid: false,
      outcome: 'refused',
      key,
      message,
      reasons: [NEUTRAL],
      campaignId: null,
      grants: [],
    };
  }
  const refused = answer.decided === 'refused';
  return {
    valid: !refused,
    outcome: answer.decided,
    key: answer.refusalKey,
    message: answer.refusalKey && REFUSALS[answer.refusalKey],
    reasons: reasonsOf(answer.checks, audience),
    campaignId: refused && audience === 'anonymous' ? null : answer.campaignId,
    grants,
  };
}
