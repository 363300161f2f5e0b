import type { Actor, EventType } from '@promosmith/contract';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';

const AT_ONCE = 100;
const SCHEDULE: Actor = { kind: 'system', id: 'schedule' };

const START = `update campaigns c set status = 'active', revision = revision + 1, updated_at = now()
  from (select campaign_id from campaigns where status = 'scheduled' and starts_at <= now()
        order by campaign_id limit ${AT_ONCE} for update skip locked) due
  where c.campaign_id = due.campaign_id and c.status = 'scheduled'`;

const END = `update campaigns c set status = 'ended', revision = revision + 1, updated_at = now()
  from (select campaign_id from campaigns where status in ('active', 'paused') and ends_at <= now()
        order by campaign_id limit ${AT_ONCE} for update skip locked) due
  where c.campaign_id = due.campaign_id and c.status in ('active', 'paused')`;

/**
 * Starts the campaigns whose start has come and ends those whose end has, by the database's clock. Several processes
 * may do it at once: a campaign moves in one of them, together with its event.
 * @returns whether there may be more.
 */
export async function moveOnTime(db: Database): Promise<boolean> {
  const started = await moveDue(db, START, 'campaign.activated');
  const ended = await moveDue(db, END, 'campaign.ended');
  return Math.max(started, ended) === AT_ONCE;
}

function moveDue(db: Database, statement: string, type: EventType): Promise<number> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<{ brandId: string; campaignId: string; name: string; version: number }>(
      `${statement} returning c.brand_id as "brandId", c.campaign_id as "campaignId", c.name, c.version`,
    );
    await announce(tx, type, rows);
    return rows.length;
  });
}

async function announce(
  tx: Queryable,
  type: EventType,
  moved: readonly { brandId: string; campaignId: string; name: string; version: number }[],
): Promise<void> {
  const time = new Date().toISOString();
  const correlationId = newId();
  for (const [brandId, campaigns = []] of Object.entries(Object.groupBy(moved, ({ brandId }) => brandId)))
    await publish(
      tx,
      { brandId, actor: SCHEDULE, correlationId, time },
      campaigns.map(({ campaignId, name, version }) => ({
        type,
        subject: `campaign/${campaignId}`,
        data: { campaignId, name, version },
      })),
    );
}
