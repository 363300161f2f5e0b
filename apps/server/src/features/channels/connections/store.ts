import type { ChannelCap, ConnectedChannel } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { Settings } from './kinds.ts';

/** A connection as it is stored. */
export interface ConnectionRow {
  readonly channel: ConnectedChannel;
  readonly settings: Settings;
  /** Encrypted JSON. */
  readonly secrets: Buffer;
  readonly revision: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `channel, settings, secrets, revision, created_at as "createdAt", updated_at as "updatedAt"`;

export async function listConnections(db: Queryable, brandId: string): Promise<ConnectionRow[]> {
  const { rows } = await db.query<ConnectionRow>(
    `select ${COLUMNS} from channel_connections where brand_id = $1 order by channel`,
    [brandId],
  );
  return rows;
}

export async function findConnection(
  db: Queryable,
  brandId: string,
  channel: ConnectedChannel,
): Promise<ConnectionRow | undefined> {
  const { rows } = await db.query<ConnectionRow>(
    `select ${COLUMNS} from channel_connections where brand_id = $1 and channel = $2`,
    [brandId, channel],
  );
  return rows[0];
}

export async function lockConnection(
  tx: Queryable,
  brandId: string,
  channel: ConnectedChannel,
): Promise<ConnectionRow | undefined> {
  const { rows } = await tx.query<ConnectionRow>(
    `select ${COLUMNS} from channel_connections where brand_id = $1 and channel = $2 for update`,
    [brandId, channel],
  );
  return rows[0];
}

export async function saveConnection(
  tx: Queryable,
  brandId: string,
  { channel, settings, secrets }: Pick<ConnectionRow, 'channel' | 'settings' | 'secrets'>,
): Promise<ConnectionRow> {
  const { rows } = await tx.query<ConnectionRow>(
    `insert into channel_connections as c (brand_id, channel, settings, secrets) values ($1, $2, $3, $4)
     on conflict (brand_id, channel) do update set settings = excluded.settings, secrets = excluded.secrets,
       revision = c.revision + 1, updated_at = now()
     returning ${COLUMNS}`,
    [brandId, channel, JSON.stringify(settings), secrets],
  );
  const [saved] = rows;
  if (!saved) throw new Error(`the connection of ${channel} was not stored`);
  return saved;
}

export async function deleteConnection(
  tx: Queryable,
  brandId: string,
  channel: ConnectedChannel,
): Promise<void> {
  await tx.query('delete from channel_connections where brand_id = $1 and channel = $2', [brandId, channel]);
}

export async function listCaps(db: Queryable, brandId: string): Promise<ChannelCap[]> {
  const { rows } = await db.query<ChannelCap>(
    'select channel, period, maximum from channel_caps where brand_id = $1 order by channel, period',
    [brandId],
  );
  return rows;
}

export async function replaceCaps(
  tx: Queryable,
  brandId: string,
  caps: readonly ChannelCap[],
): Promise<void> {
  await tx.query('delete from channel_caps where brand_id = $1', [brandId]);
  await tx.query(
    `insert into channel_caps (brand_id, channel, period, maximum)
     select $1, * from unnest($2::text[], $3::text[], $4::int[])`,
    [
      brandId,
      caps.map(({ channel }) => channel),
      caps.map(({ period }) => period),
      caps.map(({ maximum }) => maximum),
    ],
  );
}
