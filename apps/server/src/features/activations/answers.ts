import type { ActivationAccepted, ValidationResult } from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import { REFUSALS, type RefusalKey } from '@promosmith/core/activation';
import type { Answer } from './kernel/pending.ts';

/** What an anonymous caller must not be able to tell apart (DOMAIN §2). */
const ONE_ANSWER: ReadonlySet<string> = new Set<RefusalKey>([
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

const NEUTRAL: Reason = { key: 'code_not_found', message: REFUSALS.code_not_found, check: 'code' };

/**
 * What a caller gets to see of a refusal, the deciding reason first. Players read why, not what the server knows of
 * them. Whoever is locked out reads nothing but that: any other reason would tell whether the code exists, and the
 * guessing could go on.
 */
function reasonsOf({ checks }: Answer, audience: Audience): Reason[] {
  const reasons = checks.flatMap(({ ok, check, key, saw, needs }) =>
    ok || !key ? [] : [{ key, message: REFUSALS[key], check, saw, needs }],
  );
  if (audience === 'staff') return reasons;
  const lockout = reasons.filter(({ key }) => key === 'rate_limited');
  if (lockout.length === 0 && audience === 'anonymous' && reasons.some(({ key }) => ONE_ANSWER.has(key)))
    return [NEUTRAL];
  return (lockout.length > 0 ? lockout : reasons).map(({ key, message, check }) => ({ key, message, check }));
}

type Accepted = Exclude<Answer['decided'], 'refused'>;

export const isAccepted = (answer: Answer): answer is Answer & { decided: Accepted } =>
  answer.decided !== 'refused';

/** 201 body. */
export const acceptedBody = (answer: Answer & { decided: Accepted }): ActivationAccepted => ({
  id: answer.activationId,
  outcome: answer.decided,
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
  const reasons = reasonsOf(answer, audience);
  const { key, message } = reasons[0] ?? NEUTRAL;
  return { key, message, activationId: answer.activationId, reasons };
}

export function validationBody(answer: Answer, audience: Audience): ValidationResult {
  const valid = answer.decided !== 'refused';
  const reasons = reasonsOf(answer, audience);
  const [first] = reasons;
  return {
    valid,
    outcome: answer.decided,
    key: first?.key ?? null,
    message: first?.message ?? null,
    reasons,
    campaignId: valid || mayKnowCampaign(reasons, audience) ? answer.campaignId : null,
    grants: answer.issued.map(({ id: _, ...grant }) => grant),
  };
}

/** Whose campaign a refused code is would give away that there is such a code. */
const mayKnowCampaign = ([first]: readonly Reason[], audience: Audience): boolean =>
  audience === 'staff' || (audience === 'player' && first?.key !== 'rate_limited');
