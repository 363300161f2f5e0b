import type { CurrencyTable } from '@promosmith/core/money';
import type { Queryable } from '../../../platform/db.ts';
import type { Delivery, DeliveryOutcome } from '../../bonuses/index.ts';
import { loadPlayers } from '../../players/index.ts';
import { currencyIn } from '../amounts.ts';
import { ensurePackage, findPackage, lockPackage, markSent, type PackageRow } from '../packages/store.ts';
import type { Providers } from '../providers/service.ts';
import { ADAPTERS, type FreeRoundAdapter, type ProviderAccount, type SpinsOrder } from '../shapes/index.ts';
import { type FreeSpinsReward, loadReward } from '../terms.ts';

/** Everything that a call to a provider needs. */
export interface Prepared {
  readonly kind: 'ready';
  readonly account: ProviderAccount;
  readonly adapter: FreeRoundAdapter;
  readonly order: SpinsOrder;
}

/** What preparing reads from. */
export interface Knowledge {
  readonly currencies: CurrencyTable;
  readonly providers: Providers;
}

/** Nothing has to be sent: what the delivery is for is so already. */
const DONE: DeliveryOutcome = { kind: 'delivered', response: null };

const refused = (reason: string): DeliveryOutcome => ({ kind: 'refused', reason, response: null });

/**
 * Makes an order ready to be sent, unless it may not be: what happened since it was queued is looked at under the lock
 * of its package, which is made before anybody outside can tell of it.
 */
export async function prepareIssue(
  tx: Queryable,
  delivery: Delivery,
  knowledge: Knowledge,
): Promise<Prepared | DeliveryOutcome> {
  const told = await findPackage(tx, delivery);
  if (told && told.state !== 'pending') return DONE;
  const grant = await loadGrant(tx, delivery);
  if (!grant.isOpen) return refused('the bonus is over');
  const reward = await loadReward(tx, grant);
  const spinValue = reward.spinValue[grant.currency];
  if (spinValue === undefined || !grant.expiresAt)
    throw new Error(`grant ${delivery.grantId} was issued without a spin value or an end`);
  await ensurePackage(tx, {
    playerId: delivery.playerId,
    grantId: delivery.grantId,
    brandId: delivery.brandId,
    campaignId: grant.campaignId,
    playerExternalId: delivery.playerExternalId,
    provider: reward.provider,
    currency: grant.currency,
    count: reward.count,
    spinValue,
    winCap: reward.winCap?.[grant.currency] ?? null,
    expiresAt: grant.expiresAt,
  });
  const row = await lockPackage(tx, delivery);
  if (!row) throw new Error(`free spins ${delivery.grantId} were not stored`);
  if (row.state !== 'pending') return DONE;
  if (row.ending) return refused(`the spins are ${row.ending}`);
  if (grant.isExpired) return refused('the spins expired before they could be ordered');
  const barred = await barredBy(tx, delivery.playerId);
  if (barred) return refused(barred);
  const prepared = await prepare(tx, row, reward, knowledge);
  if (prepared.kind !== 'ready') return prepared;
  if (reward.games.length > 1 && !prepared.adapter.severalGames)
    return refused(`${row.provider} takes one game in an order, not ${reward.games.length}`);
  await markSent(tx, delivery);
  return prepared;
}

/** Makes a cancellation ready to be sent, unless the provider has nothing to cancel. */
export async function prepareCancel(
  db: Queryable,
  delivery: Delivery,
  knowledge: Knowledge,
): Promise<Prepared | DeliveryOutcome> {
  const row = await findPackage(db, delivery);
  if (!row?.sentAt || row.overAt) return DONE;
  return prepare(db, row, await loadReward(db, row), knowledge);
}

/** A package's order as its provider is spoken to. */
export async function prepare(
  db: Queryable,
  row: PackageRow,
  reward: FreeSpinsReward,
  { currencies, providers }: Knowledge,
): Promise<Prepared | Extract<DeliveryOutcome, { kind: 'failed' }>> {
  const account = await providers.account(db, row.brandId, row.provider);
  if (!account) return { kind: 'failed', error: `there is no free-round provider ${row.provider}` };
  const player = (await loadPlayers(db, [row.playerId])).get(row.playerId);
  return {
    kind: 'ready',
    account,
    adapter: ADAPTERS[account.shape],
    order: {
      grantId: row.grantId,
      player: {
        id: row.playerExternalId,
        country: player?.country ?? null,
        language: player?.language ?? null,
      },
      currency: currencyIn(currencies, row.currency),
      games: reward.games,
      count: row.count,
      spinValue: row.spinValue,
      expiresAt: row.expiresAt?.getTime() ?? 0,
    },
  };
}

interface LoadedGrant {
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly rewardIndex: number;
  readonly currency: string;
  readonly expiresAt: Date | null;
  readonly isOpen: boolean;
  readonly isExpired: boolean;
}

async function loadGrant(tx: Queryable, { playerId, grantId }: Delivery): Promise<LoadedGrant> {
  const { rows } = await tx.query<LoadedGrant>(
    `select campaign_id as "campaignId", campaign_version as "campaignVersion", reward_index as "rewardIndex", currency,
       expires_at as "expiresAt", status in ('pending', 'delivery_failed', 'active') as "isOpen",
       expires_at <= now() as "isExpired"
     from grants where player_id = $1 and grant_id = $2`,
    [playerId, grantId],
  );
  const [grant] = rows;
  if (!grant) throw new Error(`grant ${grantId} has a delivery, but is not there`);
  return grant;
}

/** Players who are out are issued nothing (DOMAIN §7). */
async function barredBy(tx: Queryable, playerId: string): Promise<string | undefined> {
  const player = (await loadPlayers(tx, [playerId])).get(playerId);
  if (player?.selfExcludedUntil) return 'self_excluded';
  return player?.bonusBlocked ? 'bonus_blocked' : undefined;
}
