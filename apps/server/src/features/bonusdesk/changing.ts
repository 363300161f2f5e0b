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

interface Change {
  readonly action: string;
  readonly reason: string;
  of(found: Found): Result<MoneyChange>;
  /** What to say when the wallet does not allow it, where more can be said than that. */
  readonly impossible?: Result<never>;
}

const elsewhere = refuse(
  'grant_not_changeable',
  'Only a bonus of money that is kept here can be changed like this.',
);

/** Changes of bonuses that go on: each goes through the wallet, which has the last word on what is possible. */
export function createGrantChanges(db: Database, { views }: Bonuses): GrantChanges {
  async function change(grantId: string, context: RequestContext, what: Change): Promise<Changed> {
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
      if (!done) return notActive(found.status);
      if (!done.ok) return done.refusal.key === 'grant_not_active' ? (what.impossible ?? done) : done;
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
        of: (found) => reinstatementOf(found, reason),
        impossible: noMoreToBringBack,
      }),
  };
}

const REINSTATABLE: ReadonlySet<Found['status']> = new Set(['lost', 'forfeited']);

const noMoreToBringBack = refuse(
  'grant_not_active',
  'There is nothing to bring back: the bonus held nothing when it ended, its time is over, or it is back already.',
);

const reinstatementOf = ({ grantId, status }: Found, reason: string): Result<MoneyChange> =>
  REINSTATABLE.has(status)
    ? { ok: true, value: { kind: 'reinstate', grantId, reason } }
    : refuse('grant_not_active', `The bonus is ${status}: only a lost or forfeited one can be brought back.`);

function extensionOf({ grantId, expiresAt }: Found, to: number): Result<MoneyChange> {
  if (expiresAt && to > expiresAt.getTime())
    return { ok: true, value: { kind: 'extend', grantId, expiresAt: to } };
  const reason = expiresAt ? `is not after ${expiresAt.toISOString()}` : 'cannot be set: it never expires';
  return refuse('invalid_request', `expiresAt: ${reason}`, [{ field: 'expiresAt', reason }]);
}
