import { bonusGranted } from '@promosmith/core/ledger';
import type { Queryable } from '../../platform/db.ts';
import { insertPostings } from '../ledger/index.ts';
import type { GrantKey } from './deliveries/queue.ts';
import { endGrants } from './ending.ts';
import { hasStepsOf, type IssuedGrant, issueByKind } from './issuing.ts';
import { begunOutside, goesOutside, keptOutside, sendOutside } from './keeper.ts';

/** A bonus that waits for its deposit. */
export interface PendingGrant {
  grantId: string;
  activationId: string;
  rewardIndex: number;
  currency: string;
  budgetReserved: number;
}

/** What names an activation in the tables; its bonuses are found among its player's. */
export interface ActivationKey {
  readonly player_id: string;
  readonly activation_id: string;
}

/** The pending grants of activations, in the order of their rewards. */
export async function loadPendingGrants(
  tx: Queryable,
  activations: readonly ActivationKey[],
): Promise<Map<string, PendingGrant[]>> {
  const { rows } = await tx.query<PendingGrant>(
    `select grant_id as "grantId", activation_id as "activationId", reward_index as "rewardIndex", currency,
       budget_reserved as "budgetReserved"
     from grants where ${OF_ACTIVATIONS} and status = 'pending' order by activation_id, reward_index for update`,
    idsOf(activations),
  );
  const byActivation = new Map<string, PendingGrant[]>();
  for (const grant of rows) {
    const list = byActivation.get(grant.activationId);
    if (list) list.push(grant);
    else byActivation.set(grant.activationId, [grant]);
  }
  return byActivation;
}

/** What a pending grant becomes when its deposit arrives, or a person lets it go. */
export interface Activated {
  readonly grantId: string;
  readonly playerId: string;
  readonly brandId: string;
  readonly status: 'pending' | 'active';
  /** Minor units. */
  readonly amount: number;
  readonly currency: string;
  /** 1/10,000 minor units. */
  readonly wageringRequired: number;
  /** Minor units it costs the budget. */
  readonly budgetSpent: number;
  readonly expiresAt: number | null;
  /** Null where it did not wait for one. */
  readonly depositId: string | null;
  /** From when on bets count: ms since 1970. */
  readonly effectiveAt: number;
  /** Of its posting. */
  readonly transactionId: string;
  /** ISO 8601 UTC */
  readonly at: string;
}

/** Gives pending grants their amounts, books them, and does what their kinds take. The caller holds their rows. */
export async function activateGrants(tx: Queryable, activated: readonly Activated[]): Promise<void> {
  if (activated.length === 0) return;
  const outside = await keptOutside(
    tx,
    activated.map(({ brandId }) => brandId),
  );
  const grants = activated.map((grant) => (outside.has(grant.brandId) ? begunOutside(grant) : grant));
  const column = <T>(of: (grant: Activated) => T): T[] => grants.map(of);
  const { rows } = await tx.query<IssuedGrant>(
    `update grants g set status = t.status, amount = t.amount,
       balance = case when t.status = 'active' then t.amount else 0 end,
       outside_balance = case when t.status = 'pending' and t.amount > 0 then 0 end, wagering_required = t.wagering,
       budget_reserved = t.budget, expires_at = t.expires_at, changed_at = t.at,
       granted_at = case when t.status = 'active' then t.at end, deposit_id = t.deposit_id, effective_at = t.effective_at
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::bigint[], $5::bigint[], $6::bigint[], $7::timestamptz[],
       $8::timestamptz[], $9::text[], $10::timestamptz[])
       as t (grant_id, player_id, status, amount, wagering, budget, expires_at, at, deposit_id, effective_at)
     where g.player_id = any($2::uuid[]) and g.grant_id = t.grant_id and g.player_id = t.player_id and g.status = 'pending'
     returning g.player_id as "playerId", g.grant_id as "grantId", g.brand_id as "brandId",
       g.campaign_id as "campaignId", g.campaign_version as "campaignVersion", g.reward_index as "rewardIndex", g.kind`,
    [
      column(({ grantId }) => grantId),
      column(({ playerId }) => playerId),
      column(({ status }) => status),
      column(({ amount }) => amount),
      column(({ wageringRequired }) => wageringRequired),
      column(({ budgetSpent }) => budgetSpent),
      column(({ expiresAt }) => (expiresAt === null ? null : new Date(expiresAt).toISOString())),
      column(({ at }) => at),
      column(({ depositId }) => depositId),
      column(({ effectiveAt }) => new Date(effectiveAt).toISOString()),
    ],
  );
  await insertPostings(
    tx,
    grants.flatMap(({ grantId, status, amount, currency, playerId, brandId, transactionId, at }) => {
      const posting = status === 'active' ? bonusGranted(grantId, amount, currency) : null;
      return posting ? [{ ...posting, grantId, playerId, brandId, transactionId, createdAt: at }] : [];
    }),
  );
  await issueByKind(
    tx,
    rows.filter(({ kind }) => hasStepsOf(kind)),
  );
  await sendOutside(tx, grants.filter(goesOutside));
}

/**
 * Ends the pending grants of activations whose deposit did not come in time, or is not awaited any more.
 * @param reason why it is not awaited any more.
 */
export async function endPending(
  tx: Queryable,
  activations: readonly ActivationKey[],
  as: 'expired' | 'cancelled',
  reason?: string,
): Promise<void> {
  const { rows } = await tx.query<GrantKey>(
    `select player_id as "playerId", grant_id as "grantId" from grants where ${OF_ACTIVATIONS} and status = 'pending'`,
    idsOf(activations),
  );
  await endGrants(tx, rows, { as, reason, from: ['pending'], budget: 'released' });
}

/** Until when what an activation promises waits for its deposit. */
export const promiseUntil = (
  tx: Queryable,
  { player_id, activation_id }: ActivationKey,
  until: Date,
): Promise<unknown> =>
  tx.query(
    `update grants set expires_at = $3, changed_at = now()
     where player_id = $1 and activation_id = $2 and status = 'pending'`,
    [player_id, activation_id, until],
  );

const OF_ACTIVATIONS = 'player_id = any($1::uuid[]) and activation_id = any($2::uuid[])';

const idsOf = (activations: readonly ActivationKey[]): string[][] => [
  activations.map(({ player_id }) => player_id),
  activations.map(({ activation_id }) => activation_id),
];
