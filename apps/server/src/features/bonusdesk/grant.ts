import { refuse } from '@promosmith/core';
import type { GrantState } from '@promosmith/core/lifecycle';
import type { Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';

/** A bonus that somebody wants to change, as it is now. Nothing is locked. */
export interface Found {
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly brandId: string;
  readonly grantId: string;
  readonly activationId: string | null;
  readonly campaignId: string;
  readonly kind: string;
  readonly status: GrantState;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  readonly balance: number;
  /** Turnover so far, in 1/10,000 minor units. */
  readonly wagered: number;
  readonly isOutside: boolean;
  readonly expiresAt: Date | null;
  /** Nobody was told of it yet, for its deposit has not come. */
  readonly waitsForDeposit: boolean;
}

const COLUMNS = `g.player_id as "playerId", p.external_id as "playerExternalId", g.brand_id as "brandId",
  g.grant_id as "grantId", g.activation_id as "activationId", g.campaign_id as "campaignId", g.kind, g.status, g.currency,
  g.amount, coalesce(g.outside_balance, g.balance) as balance, g.wagered, g.outside_balance is not null as "isOutside",
  g.expires_at as "expiresAt",
  g.status = 'pending' and g.activation_id is not null and not exists (
    select from deliveries d where d.player_id = g.player_id and d.grant_id = g.grant_id) as "waitsForDeposit"`;

/** @param player the platform's id of the only player whose bonus it may be. */
export async function findGrant(
  db: Queryable,
  brandId: string,
  grantId: string,
  player?: string | undefined,
): Promise<Found | undefined> {
  const { rows } = await db.query<Found>(
    `select ${COLUMNS} from grants g join players p on p.player_id = g.player_id
     where g.brand_id = $1 and g.grant_id = $2 and ($3::uuid is null or g.player_id = $3)`,
    [brandId, grantId, player === undefined ? null : playerId(brandId, player)],
  );
  return rows[0];
}

/** Whether the wallet has its money: then it changes through the player's funds alone. */
export const isInWallet = ({ kind, status, isOutside }: Found): boolean =>
  !isOutside && (kind === 'deposit' || kind === 'bonus_balance') && status !== 'pending';

export const grantNotFound = refuse('not_found', 'There is no such bonus.');

export const notActive = (status: string) =>
  refuse('grant_not_active', `The bonus is ${status.replaceAll('_', ' ')}.`);

/** What the audit log keeps of a bonus. */
export const audited = ({ status, balance, expiresAt }: Pick<Found, 'status' | 'balance' | 'expiresAt'>) => ({
  status,
  balance,
  expiresAt: expiresAt?.toISOString() ?? null,
});
