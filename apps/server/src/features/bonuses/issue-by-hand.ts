import { bonusGranted } from '@promosmith/core/ledger';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { insertPostings } from '../ledger/index.ts';
import { begunOutside, keptOutside } from './keeper.ts';
import { insertGrants, type NewGrant } from './store.ts';

/** A bonus that a person or a journey grants: of any kind, with a budget of its own. */
export type HandGrant = Omit<NewGrant, 'activationId' | 'isPromise'> & {
  readonly source: 'staff' | 'journey';
};

/** Issues a bonus of no activation, as its kind asks for: booked here, or on its way to an outside system. */
export async function issueByHand(tx: Queryable, { source, ...grant }: HandGrant): Promise<void> {
  const { playerId, grantId, brandId, createdAt } = grant;
  const isOutside = (await keptOutside(tx, [brandId])).has(brandId);
  const plan = isOutside ? begunOutside(grant.plan) : grant.plan;
  await insertGrants(tx, [{ ...grant, activationId: null, isPromise: false, plan }]);
  await tx.query('update grants set source = $3 where player_id = $1 and grant_id = $2', [
    playerId,
    grantId,
    source,
  ]);
  const posting = plan.status === 'active' ? bonusGranted(grantId, plan.amount, plan.currency) : null;
  if (!posting) return;
  await insertPostings(tx, [{ ...posting, playerId, brandId, grantId, transactionId: newId(), createdAt }]);
}
