import type { EventType, Webhook } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

/** What staff may change about an endpoint. */
export interface EndpointSettings {
  url: string;
  description: string;
  eventTypes: EventType[] | null;
}

interface EndpointRow {
  endpoint_id: string;
  url: string;
  description: string;
  event_types: EventType[] | null;
  status: 'enabled' | 'disabled';
  disabled_reason: Webhook['disabledReason'];
  health: Webhook['health'];
  failing_since: Date | null;
  previous_secret_until: Date | null;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS = `endpoint_id, url, description, event_types, status, disabled_reason, failing_since,
  case when failing_since is null then 'healthy'
       when failing_since <= now() - interval '3 days' then 'down'
       else 'failing' end as health,
  case when previous_secret_until > now() then previous_secret_until end as previous_secret_until,
  created_at, updated_at`;

function webhookOf(row: EndpointRow): Webhook {
  return {
    webhookId: row.endpoint_id,
    url: row.url,
    description: row.description,
    eventTypes: row.event_types,
    enabled: row.status === 'enabled',
    disabledReason: row.disabled_reason,
    health: row.health,
    failingSince: row.failing_since?.toISOString() ?? null,
    previousSecretUntil: row.previous_secret_until?.toISOString() ?? null,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** @param position of the feed: events behind it are sent. */
export async function insertEndpoint(
  tx: Queryable,
  endpoint: EndpointSettings & { endpointId: string; brandId: string; secret: Buffer },
  position: number,
): Promise<Webhook> {
  const { rows } = await tx.query<EndpointRow>(
    `with cursor as (insert into webhook_cursors (endpoint_id, position) values ($1, $7))
     insert into webhook_endpoints (endpoint_id, brand_id, url, description, event_types, secret)
     values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
    [
      endpoint.endpointId,
      endpoint.brandId,
      endpoint.url,
      endpoint.description,
      endpoint.eventTypes,
      endpoint.secret,
      position,
    ],
  );
  return one(rows);
}

export async function findEndpoint(
  db: Queryable,
  brandId: string,
  endpointId: string,
): Promise<Webhook | undefined> {
  const { rows } = await db.query<EndpointRow>(
    `select ${COLUMNS} from webhook_endpoints
     where endpoint_id = $1 and brand_id = $2 and status <> 'deleted'`,
    [endpointId, brandId],
  );
  return rows[0] && webhookOf(rows[0]);
}

export async function lockEndpoint(
  tx: Queryable,
  brandId: string,
  endpointId: string,
): Promise<Webhook | undefined> {
  const { rows } = await tx.query<EndpointRow>(
    `select ${COLUMNS} from webhook_endpoints
     where endpoint_id = $1 and brand_id = $2 and status <> 'deleted' for update`,
    [endpointId, brandId],
  );
  return rows[0] && webhookOf(rows[0]);
}

/** @param before id of the last endpoint of the page before. */
export async function listEndpoints(
  db: Queryable,
  brandId: string,
  before: string | undefined,
  atMost: number,
): Promise<Webhook[]> {
  const { rows } = await db.query<EndpointRow>(
    `select ${COLUMNS} from webhook_endpoints
     where brand_id = $1 and status <> 'deleted' and ($2::uuid is null or endpoint_id < $2)
     order by endpoint_id desc limit $3`,
    [brandId, before ?? null, atMost],
  );
  return rows.map(webhookOf);
}

/** Enabling forgives: what failed before no longer counts against the endpoint. */
export async function updateEndpoint(
  tx: Queryable,
  endpointId: string,
  settings: EndpointSettings,
  state: { enabled: boolean; disabledReason: Webhook['disabledReason'] },
): Promise<Webhook> {
  const { rows } = await tx.query<EndpointRow>(
    `update webhook_endpoints set url = $2, description = $3, event_types = $4, status = $5,
       disabled_reason = $6, failing_since = case when status <> $5 then null else failing_since end,
       updated_at = now()
     where endpoint_id = $1 returning ${COLUMNS}`,
    [
      endpointId,
      settings.url,
      settings.description,
      settings.eventTypes,
      state.enabled ? 'enabled' : 'disabled',
      state.disabledReason,
    ],
  );
  return one(rows);
}

/** The secret in force becomes the previous one, good for `overlapSeconds` more. */
export async function replaceSecret(
  tx: Queryable,
  endpointId: string,
  secret: Buffer,
  overlapSeconds: number,
): Promise<Webhook> {
  const { rows } = await tx.query<EndpointRow>(
    `update webhook_endpoints set previous_secret = secret, secret = $2,
       previous_secret_until = now() + $3 * interval '1 second', updated_at = now()
     where endpoint_id = $1 returning ${COLUMNS}`,
    [endpointId, secret, overlapSeconds],
  );
  return one(rows);
}

/**
 * The cleaner removes its deliveries, then the endpoint itself. Taking the cursor away waits for who is turning
 * events into deliveries, so none come after this.
 */
export async function markDeleted(tx: Queryable, endpointId: string): Promise<void> {
  await tx.query(
    `update webhook_endpoints set status = 'deleted', updated_at = now() where endpoint_id = $1`,
    [endpointId],
  );
  await tx.query('delete from webhook_cursors where endpoint_id = $1', [endpointId]);
}

/** @returns whether it was enabled until now. */
export async function disableGone(tx: Queryable, endpointId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update webhook_endpoints set status = 'disabled', disabled_reason = 'gone', updated_at = now()
     where endpoint_id = $1 and status = 'enabled'`,
    [endpointId],
  );
  return rowCount === 1;
}

function one(rows: readonly EndpointRow[]): Webhook {
  const [row] = rows;
  if (!row) throw new Error('an endpoint went away while its row was locked');
  return webhookOf(row);
}
