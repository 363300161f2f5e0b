import type { Decision } from '@promosmith/core/activation';
import { WAGER_UNIT } from '@promosmith/core/money';
import { newId } from '../../../platform/ids.ts';
import { begunOutside } from '../../bonuses/index.ts';
import type { Answer, Issued, Pending } from './pending.ts';

/** A decision ready to be written. */
export interface Decided {
  readonly pending: Pending;
  readonly decision: Decision;
  readonly answer: Answer;
  readonly grantIds: readonly string[];
}

let lastInstant = Number.NaN;
let lastIso = '';

/** Remembers the last: bonuses decided together mostly expire together, and writing instants out takes long. */
function iso(at: number | null): string | null {
  if (at === null) return null;
  if (at !== lastInstant) {
    lastIso = new Date(at).toISOString();
    lastInstant = at;
  }
  return lastIso;
}

/**
 * Gives a decision its ids and the answer its caller will get.
 * @param createdAt ISO 8601 UTC.
 */
export function toDecided(pending: Pending, decided: Decision, createdAt: string): Decided {
  const decision = pending.keptOutside ? { ...decided, grants: decided.grants.map(begunOutside) } : decided;
  const grantIds = decision.grants.map(() => newId());
  const issued = decision.grants.map(
    (grant, index): Issued => ({
      id: grantIds[index] ?? '',
      kind: grant.kind,
      status: grant.status,
      amount: grant.amount,
      currency: grant.currency,
      wageringRequired: Math.ceil(grant.wageringRequired / WAGER_UNIT),
      expiresAt: iso(grant.expiresAt),
    }),
  );
  return {
    pending,
    decision,
    grantIds,
    answer: {
      activationId: decision.attempt.activationId,
      decided: decision.outcome,
      refusalKey: decision.refusalKey,
      checks: decision.checks,
      playerExternalId: pending.playerExternalId,
      codeShown: decision.code?.sharedText ?? pending.codeMasked,
      codeId: decision.code?.codeKey ?? null,
      campaignId: decision.campaign?.campaignId ?? null,
      campaignVersion: decision.campaign?.version ?? null,
      issued,
      awaitingUntil: iso(decision.awaitingUntil),
      createdAt,
      replayed: false,
      mismatch: false,
    },
  };
}
