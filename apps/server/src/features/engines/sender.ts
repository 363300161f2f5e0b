import { type EngineMessage, Reward } from '@promosmith/contract';
import { WAGER_UNIT } from '@promosmith/core/money';
import type { Agent } from 'undici';
import type { Queryable } from '../../platform/db.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Delivery, DeliveryOutcome, DeliverySender } from '../bonuses/index.ts';
import type { Brands } from '../brands/index.ts';
import { loadDefinition } from '../campaigns/index.ts';
import { sendMessage, whyFailed } from './message.ts';
import { findEngine } from './store.ts';

/** Delivers bonuses of money to the engine that keeps a brand's. */
export function engineSender(
  { db, secrets }: Pick<Platform, 'db' | 'secrets'>,
  brands: Brands,
  agent: Agent,
): DeliverySender {
  return {
    async send(delivery): Promise<DeliveryOutcome> {
      const { brandId, grantId, operation } = delivery;
      const engine = await findEngine(db, brandId);
      if (!engine) throw new Error(`brand ${brandId} has no engine, but a delivery to it`);
      const { outcome, answer } = await sendMessage(agent, secrets, engine, `${grantId}.${operation}`, {
        operation,
        grantId,
        brand: (await brands.get(brandId)).slug,
        sentAt: new Date().toISOString(),
        bonus: await bonusOf(db, delivery),
      });
      if (answer?.status === 'accepted') return { kind: 'delivered', response: answer };
      if (answer) return { kind: 'refused', reason: answer.reason, response: answer };
      const { response, retryAfterMs } = outcome;
      return { kind: 'failed', error: whyFailed(outcome), response, retryAfterMs };
    },

    async settled(tx, { playerId, grantId, operation }, { kind }) {
      // A report may have come first, and have ended it.
      if (operation === 'issue' && kind === 'delivered')
        await tx.query(
          `update grants set status = 'active', granted_at = now(), effective_at = now(), outside_balance = amount,
             changed_at = now()
           where player_id = $1 and grant_id = $2 and status = 'pending'`,
          [playerId, grantId],
        );
      return [];
    },
  };
}

interface Row {
  campaign_id: string;
  campaign_version: number;
  reward_index: number;
  currency: string;
  amount: number;
  wagering_required: number;
  deposit_id: string | null;
  expires_at: Date | null;
}

async function bonusOf(
  db: Queryable,
  { playerId, grantId, playerExternalId }: Delivery,
): Promise<EngineMessage['bonus']> {
  const { rows } = await db.query<Row>(
    `select campaign_id, campaign_version, reward_index, currency, amount, wagering_required, deposit_id, expires_at
     from grants where player_id = $1 and grant_id = $2`,
    [playerId, grantId],
  );
  const [row] = rows;
  if (!row) throw new Error(`grant ${grantId} has a delivery, but is not there`);
  const { rewards } = await loadDefinition(db, row.campaign_id, row.campaign_version);
  const reward = Reward.parse(rewards[row.reward_index]);
  return {
    player: playerExternalId,
    campaignId: row.campaign_id,
    campaignVersion: row.campaign_version,
    currency: row.currency,
    amount: row.amount,
    wageringRequired: Math.ceil(row.wagering_required / WAGER_UNIT),
    wagering: 'wagering' in reward ? reward.wagering : null,
    depositId: row.deposit_id,
    expiresAt: row.expires_at?.toISOString() ?? null,
  };
}
