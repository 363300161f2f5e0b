import type { Millis } from '@promosmith/core/activation';
import { bonusGranted } from '@promosmith/core/ledger';
import { instants, int4s, int8s, texts, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { insertPostings } from '../ledger/index.ts';
import { begunOutside, goesOutside, keptOutside, sendOutside } from './keeper.ts';

/** A bonus of money that no activation issues by itself. */
export interface NewBonus {
  readonly brandId: string;
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  /** The reward whose terms of wagering it has. */
  readonly rewardIndex: number;
  readonly activationId: string | null;
  readonly source: 'staff' | 'cashback' | 'free_spins';
  /** The bonus it came out of: the spins whose winnings it holds, the cashback it pays. */
  readonly parentGrantId: string | null;
  readonly currency: string;
  /** Minor units, above zero. */
  readonly amount: number;
  /** Turnover in 1/10,000 minor units. */
  readonly wageringRequired: number;
  readonly expiresAt: Millis | null;
}

/**
 * Issues bonuses of money, in the transaction of what they are paid for. They start now, or go to the outside engine that
 * keeps the brand's bonuses, and are of the kind
 * `bonus_balance`, whatever the kind of reward whose terms they have.
 * @returns what to publish, in the order of the bonuses; each names its `grantId`.
 */
export async function issueBonuses(tx: Queryable, bonuses: readonly NewBonus[]): Promise<NewEvent[]> {
  if (bonuses.length === 0) return [];
  const outside = await keptOutside(
    tx,
    bonuses.map(({ brandId }) => brandId),
  );
  const issued = bonuses.map((bonus) => {
    const begun = { ...bonus, status: 'active' as const, grantId: newId(), transactionId: newId() };
    return outside.has(bonus.brandId) ? begunOutside(begun) : begun;
  });
  const column = <T>(of: (bonus: (typeof issued)[number]) => T): T[] => issued.map(of);
  const { rows } = await tx.query<{ grant_id: string; created_at: Date }>(
    `insert into grants (player_id, grant_id, brand_id, activation_id, campaign_id, campaign_version, reward_index, kind,
       status, currency, amount, balance, outside_balance, wagering_required, source, parent_grant_id, effective_at,
       granted_at, expires_at, created_at, changed_at)
     select player_id, grant_id, brand_id, activation_id, campaign_id, version, reward_index, 'bonus_balance', status,
       currency, amount, case when status = 'active' then amount else 0 end, case when status = 'pending' then 0 end,
       wagering, source, parent, now(), case when status = 'active' then now() end, expires_at, now(), now()
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::int[], $7::int[], $8::text[], $9::bigint[],
       $10::bigint[], $11::text[], $12::uuid[], $13::timestamptz[], $14::text[])
       as t (player_id, grant_id, brand_id, activation_id, campaign_id, version, reward_index, currency, amount, wagering,
         source, parent, expires_at, status)
     returning grant_id, created_at`,
    [
      uuids(column(({ playerId }) => playerId)),
      uuids(column(({ grantId }) => grantId)),
      uuids(column(({ brandId }) => brandId)),
      uuids(column(({ activationId }) => activationId)),
      uuids(column(({ campaignId }) => campaignId)),
      int4s(column(({ campaignVersion }) => campaignVersion)),
      int4s(column(({ rewardIndex }) => rewardIndex)),
      texts(column(({ currency }) => currency)),
      int8s(column(({ amount }) => amount)),
      int8s(column(({ wageringRequired }) => wageringRequired)),
      texts(column(({ source }) => source)),
      uuids(column(({ parentGrantId }) => parentGrantId)),
      instants(column(({ expiresAt }) => expiresAt)),
      texts(column(({ status }) => status)),
    ],
  );
  const createdAt = rows[0]?.created_at.toISOString() ?? '';
  await insertPostings(
    tx,
    issued.flatMap(({ grantId, status, amount, currency, playerId, brandId, transactionId }) => {
      const posting = status === 'active' ? bonusGranted(grantId, amount, currency) : null;
      return posting ? [{ ...posting, grantId, playerId, brandId, transactionId, createdAt }] : [];
    }),
  );
  await sendOutside(tx, issued.filter(goesOutside));
  return issued.map((bonus) => ({
    type: 'bonus.granted',
    subject: `grant/${bonus.grantId}`,
    data: {
      grantId: bonus.grantId,
      kind: 'bonus_balance',
      amount: bonus.amount,
      currency: bonus.currency,
      activationId: bonus.activationId,
      campaignId: bonus.campaignId,
      player: bonus.playerExternalId,
      source: bonus.source,
      parentGrantId: bonus.parentGrantId,
    },
  }));
}
