import type { GrantWithTerms } from '@promosmith/contract';
import { type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { newId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import type { Bonuses } from '../bonuses/index.ts';
import { changeFunds, type MoneyChange } from '../funds/index.ts';
import { audited, type Found, findGrant, grantNotFound, isInWallet, notActive } from './grant.ts';

export interface GrantChanges {
  /** @param expiresAt ISO 8601, later than what it is. */
  extend(grantId: string, expiresAt: string, reason: string, context: RequestContext): Promise<Changed>;
  /** Brings a lost or forfeited bonus back with what it held. */
  reinstate(grantId: string, reason: string, context: RequestContext): Promise<Changed>;
}

type Changed = Result<GrantWithTerms>;

const elsewhere = refuse(
  'grant_not_changeable',
  'Only a bonus of money that is kept here can be changed like this.',
);

/** Changes of bonuses that go on: each goes through the wallet, which has the last word on what is possible. */
export function createGrantChanges(db: Database, { views }: Bonuses): GrantChanges {
  async function change(
    grantId: string,
    context: RequestContext,
    what: { action: string; reason: string; of: (found: Found) => Result<MoneyChange> },
  ): Promise<Changed> {
    const { caller, requestId } = context;
    const { brandId, actor } = caller;
    const found = await findGrant(db, brandId, grantId);
    if (!found) return grantNotFound;
    if (!isInWallet(found)) return found.status === 'pending' ? notActive(found.status) : elsewhere;
    const wanted = what.of(found);
    if (!wanted.ok) return wanted;
    const { playerId, playerExternalId, currency } = found;
    const changed = await db.transaction(async (tx): Promise<Result<null>> => {
      const [done] = await changeFunds(tx, [
        { ...{ brandId, playerId, playerExternalId, currency }, reference: newId(), change: wanted.value },
      ]);
      if (!done?.ok) return done ?? notActive(found.status);
      const after = await findGrant(tx, brandId, grantId);
      await audit(tx, {
        ...{ brandId, actor, requestId },
        action: `grant.${what.action}`,
        targetKind: 'grant',
        targetId: grantId,
        before: audited(found),
        after: after && audited(after),
        reason: what.reason,
      });
      const time = new Date().toISOString();
      await publish(tx, { brandId, actor, correlationId: requestId, time }, done.value.events);
      return { ok: true, value: null };
    });
    return changed.ok ? views.find(brandId, grantId, undefined) : changed;
  }

  return {
    extend: (grantId, expiresAt, reason, context) =>
      change(grantId, context, {
        action: 'extended',
        reason,
        of: (found) => extensionOf(found, Date.parse(expiresAt)),
      }),
    reinstate: (grantId, reason, context) =>
      change(grantId, context, {
        action: 'reinstated',
        reason,
        of: () => ({ ok: true, value: { kind: 'reinstate', grantId, reason } }),
      }),
  };
}

function extensionOf({ grantId, expiresAt }: Found, to: number): Result<MoneyChange> {
  if (expiresAt && to > expiresAt.getTime())
    return { ok: true, value: { kind: 'extend', grantId, expiresAt: to } };
  const reason = expiresAt ? `is not after ${expiresAt.toISOString()}` : 'cannot be set: it never expires';
  return refuse('invalid_request', `expiresAt: ${reason}`, [{ field: 'expiresAt', reason }]);
}
