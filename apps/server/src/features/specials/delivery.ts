import { Reward } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import type { Delivery, DeliverySender } from '../bonuses/index.ts';
import { loadDefinition } from '../campaigns/index.ts';
import { markIssued } from './bonus-state.ts';
import type { BoundHandler, SpecialBonus } from './handlers/handler.ts';

interface Row {
  campaign_id: string;
  campaign_version: number;
  reward_index: number;
  expires_at: Date | null;
  overdue: boolean;
}

/** A special bonus with the terms it was issued under. */
interface Found {
  readonly bonus: SpecialBonus;
  readonly handler: string;
  readonly payload: unknown;
  readonly overdue: boolean;
}

async function find(
  db: Queryable,
  { playerId, playerExternalId, brandId, grantId }: Delivery,
): Promise<Found> {
  const { rows } = await db.query<Row>(
    `select campaign_id, campaign_version, reward_index, expires_at, coalesce(expires_at <= now(), false) as overdue
     from grants where player_id = $1 and grant_id = $2`,
    [playerId, grantId],
  );
  const [row] = rows;
  if (!row) throw new Error(`grant ${grantId} has a delivery, but is not there`);
  const { rewards } = await loadDefinition(db, row.campaign_id, row.campaign_version);
  const reward = Reward.parse(rewards[row.reward_index]);
  if (reward.kind !== 'special') throw new Error(`grant ${grantId} is no special bonus`);
  const { campaign_id: campaignId, expires_at: expiresAt, overdue } = row;
  const bonus = { playerId, playerExternalId, brandId, grantId, campaignId, expiresAt };
  return { bonus, handler: reward.handler, payload: reward.payload, overdue };
}

/** Delivers special bonuses by the handlers that their rewards name. */
export function specialSender(db: Queryable, handlers: ReadonlyMap<string, BoundHandler>): DeliverySender {
  return {
    async send(delivery) {
      const { bonus, handler: name, payload, overdue } = await find(db, delivery);
      const handler = handlers.get(name);
      if (!handler) return { kind: 'failed', error: `there is no handler "${name}"` };
      if (overdue && delivery.operation === 'issue')
        return { kind: 'refused', reason: 'the bonus expired before it was delivered', response: null };
      return handler.deliver(delivery.operation, bonus, payload);
    },

    async settled(tx, delivery, { kind }) {
      if (kind !== 'delivered' || delivery.operation !== 'issue') return [];
      const { handler } = await find(tx, delivery);
      await markIssued(tx, delivery, handlers.get(handler)?.delivered ?? 'completed');
      return [];
    },
  };
}
