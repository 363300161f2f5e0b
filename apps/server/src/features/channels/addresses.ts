import { audit } from '../../platform/audit.ts';
import type { Queryable } from '../../platform/db.ts';
import { withdrawConsent } from '../players/index.ts';
import type { Address, BrowserKeys } from './senders/sender.ts';

/** Channels whose addresses are kept here, not in the player's record. */
export type KeptChannel = 'push' | 'telegram';

/** Browsers of one player that are kept: the one that subscribed longest ago goes. */
const MOST_BROWSERS = 10;

export async function findAddresses(
  db: Queryable,
  channel: KeptChannel,
  playerIds: readonly string[],
): Promise<Map<string, Address[]>> {
  const { rows } = await db.query<{ playerId: string; address: string; keys: BrowserKeys | null }>(
    `select player_id as "playerId", address, keys from player_addresses
     where player_id = any($1::uuid[]) and channel = $2 order by created_at`,
    [playerIds, channel],
  );
  const found = new Map<string, Address[]>();
  for (const { playerId, address, keys } of rows)
    found.set(playerId, [...(found.get(playerId) ?? []), keys ? { address, keys } : { address }]);
  return found;
}

export async function addBrowser(
  db: Queryable,
  player: { brandId: string; playerId: string },
  { address, keys }: Required<Address>,
): Promise<void> {
  await db.query(
    `insert into player_addresses (player_id, channel, address, brand_id, keys) values ($1, 'push', $2, $3, $4)
     on conflict (player_id, channel, address) do update set keys = excluded.keys, created_at = now()`,
    [player.playerId, address, player.brandId, JSON.stringify(keys)],
  );
  await db.query(
    `delete from player_addresses where player_id = $1 and channel = 'push' and address in (
       select address from player_addresses where player_id = $1 and channel = 'push'
       order by created_at desc, address offset $2)`,
    [player.playerId, MOST_BROWSERS],
  );
}

/** A player has one chat. @param chatId null: none any more. */
export async function setChat(
  tx: Queryable,
  player: { brandId: string; playerId: string },
  chatId: string | null,
): Promise<void> {
  await tx.query(`delete from player_addresses where player_id = $1 and channel = 'telegram'`, [
    player.playerId,
  ]);
  if (chatId === null) return;
  await tx.query(
    `insert into player_addresses (player_id, channel, address, brand_id) values ($1, 'telegram', $2, $3)
     on conflict do nothing`,
    [player.playerId, chatId, player.brandId],
  );
}

export async function removeAddresses(
  db: Queryable,
  playerId: string,
  channel: KeptChannel,
  addresses: readonly string[],
): Promise<void> {
  await db.query(
    'delete from player_addresses where player_id = $1 and channel = $2 and address = any($3::text[])',
    [playerId, channel, addresses],
  );
}

/**
 * What follows when the other side says that addresses reach nobody any more. Who blocked a bot wants no more of it: that
 * is noted as a consent withdrawn.
 */
export async function forgetGone(
  tx: Queryable,
  player: { brandId: string; playerId: string },
  channel: KeptChannel,
  gone: readonly string[],
): Promise<void> {
  await removeAddresses(tx, player.playerId, channel, gone);
  if (channel === 'telegram') await endConsent(tx, player, channel, 'the player blocked the bot');
}

/** The player wants no more marketing by a channel, of any product. @param source how that is known. */
export async function endConsent(
  tx: Queryable,
  { brandId, playerId }: { brandId: string; playerId: string },
  channel: 'telegram' | 'email',
  source: string,
): Promise<void> {
  if (!(await withdrawConsent(tx, playerId, channel, source))) return;
  await audit(tx, {
    brandId,
    actor: { kind: 'system', id: 'channels' },
    action: 'player.consent_withdrawn',
    targetKind: 'player',
    targetId: playerId,
    after: { channel, source },
  });
}
