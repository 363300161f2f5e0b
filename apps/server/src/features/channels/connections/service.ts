import type {
  Actor,
  ChannelCap,
  ChannelConnection,
  ChannelConnectionInput,
  ConnectedChannel,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../../platform/audit.ts';
import type { Queryable } from '../../../platform/db.ts';
import { checkUrl } from '../../../platform/outbound/url.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Brands } from '../../brands/index.ts';
import { receiptUrl } from '../receipt-links.ts';
import { newVapidKeys } from '../senders/push.ts';
import {
  CHANNEL_OF,
  type ChannelSecrets,
  faultOf,
  keptSecrets,
  type Parted,
  partsOf,
  shownSettings,
} from './kinds.ts';
import {
  type ConnectionRow,
  deleteConnection,
  findConnection,
  listCaps,
  listConnections,
  lockConnection,
  replaceCaps,
  saveConnection,
} from './store.ts';

/** Who asks for a change, in which brand. */
export interface By {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}

/** A connection as senders are made from it. */
export interface Connection extends Parted {
  /** Rises with every change … */
  readonly revision: number;
  /** … of the connection that was made then, in ms since 1970. */
  readonly createdAt: number;
}

/** What connecting came to. */
export interface Put {
  readonly connection: ChannelConnection;
  readonly created: boolean;
  /** Where an SMS gateway tells receipts, if it does. */
  readonly receiptUrl: string | null;
}

export interface Connections {
  list(brandId: string): Promise<ChannelConnection[]>;
  put(by: By, channel: ConnectedChannel, input: ChannelConnectionInput): Promise<Result<Put>>;
  remove(by: By, channel: ConnectedChannel): Promise<Result<undefined>>;
  rotatePushKeys(by: By): Promise<Result<ChannelConnection>>;
  /** With its secrets; undefined when the channel is not connected. */
  find(db: Queryable, brandId: string, channel: ConnectedChannel): Promise<Connection | undefined>;
  caps(db: Queryable, brandId: string): Promise<ChannelCap[]>;
  setCaps(by: By, caps: readonly ChannelCap[]): Promise<ChannelCap[]>;
}

export function createConnections(
  { config, db, secrets }: Pick<Platform, 'config' | 'db' | 'secrets'>,
  brands: Brands,
): Connections {
  const open = ({ settings, secrets: sealed }: ConnectionRow): Parted => ({
    settings,
    secrets: JSON.parse(secrets.decrypt(sealed)) as ChannelSecrets,
  });
  const seal = (plain: ChannelSecrets): Buffer => secrets.encrypt(JSON.stringify(plain));
  const view = (row: ConnectionRow): ChannelConnection => ({
    channel: row.channel,
    settings: shownSettings(open(row)),
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  });
  const record = (tx: Queryable, by: By, channel: string, action: string, change: object) =>
    audit(tx, { ...by, action: `channel.${action}`, targetKind: 'channel', targetId: channel, ...change });

  return {
    list: async (brandId) => (await listConnections(db, brandId)).map(view),

    async put(by, channel, input) {
      if (CHANNEL_OF[input.kind] !== channel)
        return refuse('invalid_request', `kind: ${input.kind} is no way to send ${channel}`, [
          { field: 'kind', reason: `is no way to send ${channel}` },
        ]);
      const checked = withCheckedUrl(input, config.outboundAllowPrivate);
      if (!checked.ok) return checked;
      const asked = partsOf(checked.value);
      return db.transaction(async (tx): Promise<Result<Put>> => {
        await brands.lock(tx, by.brandId);
        const before = await lockConnection(tx, by.brandId, channel);
        const kept = keptSecrets(before && open(before), asked);
        const fault = faultOf({ settings: asked.settings, secrets: kept });
        if (fault) return { ok: false, refusal: fault };
        const { settings } = asked;
        const after = await saveConnection(tx, by.brandId, { channel, settings, secrets: seal(kept) });
        const secretsTold = Object.values(asked.secrets).some((secret) => secret !== undefined);
        await record(tx, by, channel, before ? 'changed' : 'connected', {
          ...(before ? { before: view(before) } : {}),
          after: { ...view(after), secretsTold },
        });
        const told = settings.kind === 'http' && settings.receipts !== null;
        return ok({
          connection: view(after),
          created: !before,
          receiptUrl: told
            ? receiptUrl(secrets, config.publicUrl, by.brandId, after.createdAt.getTime())
            : null,
        });
      });
    },

    remove: (by, channel) =>
      db.transaction(async (tx): Promise<Result<undefined>> => {
        const before = await lockConnection(tx, by.brandId, channel);
        if (!before) return notConnected(channel);
        await deleteConnection(tx, by.brandId, channel);
        await record(tx, by, channel, 'disconnected', { before: view(before) });
        return ok(undefined);
      }),

    rotatePushKeys: (by) =>
      db.transaction(async (tx): Promise<Result<ChannelConnection>> => {
        const before = await lockConnection(tx, by.brandId, 'push');
        if (!before) return notConnected('push');
        const { settings, secrets: plain } = open(before);
        const [present] = plain.vapidKeys ?? [];
        const vapidKeys = present ? ([newVapidKeys(), present] as const) : ([newVapidKeys()] as const);
        const after = await saveConnection(tx, by.brandId, {
          channel: 'push',
          settings,
          secrets: seal({ vapidKeys }),
        });
        await record(tx, by, 'push', 'keys_rotated', { before: view(before), after: view(after) });
        return ok(view(after));
      }),

    async find(queryable, brandId, channel) {
      const row = await findConnection(queryable, brandId, channel);
      return row && { ...open(row), revision: row.revision, createdAt: row.createdAt.getTime() };
    },

    caps: listCaps,

    setCaps: (by, caps) =>
      db.transaction(async (tx) => {
        await brands.lock(tx, by.brandId);
        const before = await listCaps(tx, by.brandId);
        await replaceCaps(tx, by.brandId, caps);
        const after = await listCaps(tx, by.brandId);
        await record(tx, by, 'all', 'caps_changed', { before, after });
        return after;
      }),
  };
}

export const notConnected = (channel: string) =>
  refuse('not_found', `The channel ${channel} is not connected.`);

/** URLs as they will be called. */
function withCheckedUrl(
  input: ChannelConnectionInput,
  allowPrivate: boolean,
): Result<ChannelConnectionInput> {
  const field = input.kind === 'http' ? 'url' : 'apiUrl';
  const text = input.kind === 'http' ? input.url : input.kind === 'telegram' ? input.apiUrl : undefined;
  if (text === undefined) return ok(input);
  const url = checkUrl(text, allowPrivate);
  if (!url.ok) {
    const { key, message, errors = [] } = url.refusal;
    return refuse(
      key,
      message,
      errors.map((error) => ({ ...error, field })),
    );
  }
  if (input.kind === 'http') return ok({ ...input, url: url.value });
  return ok(input.kind === 'telegram' ? { ...input, apiUrl: url.value.replace(/\/+$/, '') } : input);
}
