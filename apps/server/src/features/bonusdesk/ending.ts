import type { GrantWithTerms } from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import { type GrantState, grantLifecycle, previousStates } from '@promosmith/core/lifecycle';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { newId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import type { Reversals } from '../activations/index.ts';
import { type Bonuses, cancelDeliveries, endGrants } from '../bonuses/index.ts';
import { changeFunds } from '../funds/index.ts';
import { audited, type Found, findGrant, grantNotFound, isInWallet, notActive } from './grant.ts';

/** How a bonus ends before its time: staff cancel it, or its player gives it up. */
export type EndedAs = 'cancelled' | 'forfeited';

/** Ends bonuses of a kind in a way of its own. Refused with `not_found` where there is nothing of that kind yet. */
export type KindEnding = (
  grantId: string,
  reason: string,
  context: RequestContext,
) => Promise<Result<unknown>>;

export interface EndingParts {
  readonly bonuses: Bonuses;
  readonly reversals: Reversals;
  readonly kindEndings: Readonly<Record<string, KindEnding>>;
}

export type EndGrant = (
  grantId: string,
  as: EndedAs,
  reason: string,
  context: RequestContext,
) => Promise<Result<GrantWithTerms>>;

const UNBEGUN: ReadonlySet<GrantState> = new Set(['pending', 'delivery_failed']);

/** Ends bonuses, each where it is kept: in the wallet, outside, with its activation, or in its row alone. */
export function bonusEnder(db: Database, { bonuses, reversals, kindEndings }: EndingParts): EndGrant {
  async function end(
    found: Found,
    as: EndedAs,
    reason: string,
    context: RequestContext,
  ): Promise<Result<unknown>> {
    if (found.waitsForDeposit && found.activationId !== null)
      return reversals.reverse(found.activationId, reason, context);
    const own = await kindEndings[found.kind]?.(found.grantId, reason, context);
    if (own && (own.ok || own.refusal.key !== 'not_found')) return own;
    return db.transaction((tx) =>
      isInWallet(found)
        ? endInWallet(tx, found, as, reason, context)
        : endRow(tx, bonuses, found, as, reason, context),
    );
  }

  return async (grantId, as, reason, context) => {
    const { brandId, playerExternalId } = context.caller;
    const found = await findGrant(db, brandId, grantId, playerExternalId);
    if (!found) return grantNotFound;
    const ended = await end(found, as, reason, context);
    if (!ended.ok && !(await isAlready(db, found, as))) return ended;
    bonuses.deliveries.wake();
    return bonuses.views.find(brandId, grantId, playerExternalId);
  };
}

/** Asked again, or at the same time: it is as it was asked for. */
async function isAlready(db: Database, { brandId, grantId }: Found, as: EndedAs): Promise<boolean> {
  const status = (await findGrant(db, brandId, grantId))?.status;
  return status === as || (as === 'forfeited' && status === 'cancelled');
}

async function endInWallet(
  tx: Queryable,
  found: Found,
  as: EndedAs,
  reason: string,
  context: RequestContext,
): Promise<Result<null>> {
  const { brandId, playerId, playerExternalId, currency, grantId } = found;
  const [ended] = await changeFunds(tx, [
    {
      ...{ brandId, playerId, playerExternalId, currency },
      reference: newId(),
      change: { kind: 'end', grantId, as, reason },
    },
  ]);
  if (!ended?.ok) return ended ?? notActive(found.status);
  await record(tx, found, as, reason, context);
  await publish(tx, await originOf(tx, context), ended.value.events);
  return { ok: true, value: null };
}

/** A bonus without money in the wallet. One that nobody has yet costs its budget nothing. */
async function endRow(
  tx: Queryable,
  { budgets }: Bonuses,
  found: Found,
  as: EndedAs,
  reason: string,
  context: RequestContext,
): Promise<Result<null>> {
  const { grantId, kind, campaignId, currency, balance } = found;
  const unbegun = UNBEGUN.has(found.status);
  const status = unbegun ? 'cancelled' : as;
  if (unbegun) await budgets.hold(tx, [found]);
  const from = previousStates(grantLifecycle, status).filter((state) => UNBEGUN.has(state) === unbegun);
  const [ended] = await endGrants(tx, [found], {
    ...{ as: status, reason, from },
    budget: unbegun ? 'released' : 'kept',
  });
  if (!ended) return notActive(found.status);
  await cancelDeliveries(tx, [found]);
  await record(tx, found, status, reason, context);
  const at = await originOf(tx, context);
  await publish(tx, at, [
    {
      type: `bonus.${status}`,
      subject: `grant/${grantId}`,
      data: {
        ...{ grantId, kind, campaignId, currency, reason, status },
        ...{ player: found.playerExternalId, at: at.time, amount: balance },
      },
    },
  ]);
  if (unbegun) await budgets.giveBack(tx, [ended]);
  return { ok: true, value: null };
}

const record = (
  tx: Queryable,
  found: Found,
  status: EndedAs,
  reason: string,
  { caller: { brandId, actor }, requestId }: RequestContext,
): Promise<void> =>
  audit(tx, {
    ...{ brandId, actor, requestId, reason },
    action: `grant.${status}`,
    targetKind: 'grant',
    targetId: found.grantId,
    before: audited(found),
    after: audited({ ...found, status, balance: 0 }),
  });

async function originOf(tx: Queryable, { caller: { brandId, actor }, requestId }: RequestContext) {
  const { rows } = await tx.query<{ now: Date }>('select now() as now');
  return { brandId, actor, correlationId: requestId, time: rows[0]?.now.toISOString() ?? '' };
}
