import { type SpinsEnd, type SpinsPackage, winningsOf } from '@promosmith/core/freespins';
import type { FreeSpinsState } from '@promosmith/core/lifecycle';
import type { Queryable } from '../../../platform/db.ts';
import type { GrantKey } from '../../bonuses/index.ts';

/** A package of free spins, with the grant whose terms it has. */
export interface PackageRow extends GrantKey {
  readonly brandId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly rewardIndex: number;
  readonly activationId: string | null;
  readonly playerExternalId: string;
  readonly provider: string;
  readonly currency: string;
  readonly count: number;
  /** Minor units. */
  readonly spinValue: number;
  readonly winCap: number | null;
  readonly state: Exclude<FreeSpinsState, 'delivery_failed'>;
  readonly played: number;
  readonly won: number;
  /** What of it was paid. */
  readonly credited: number;
  /** What of it waits for a person, because the grant was over. */
  readonly referred: number;
  /** How the spins are to end before they are played out. */
  readonly ending: Exclude<SpinsEnd, 'finished'> | null;
  readonly endingReason: string | null;
  readonly sentAt: Date | null;
  readonly issuedAt: Date | null;
  readonly expiresAt: Date | null;
  readonly overAt: Date | null;
  /** Of the grant. */
  readonly isGrantOpen: boolean;
  /** The database's clock. */
  readonly now: Date;
}

const ROW = `p.player_id as "playerId", p.grant_id as "grantId", p.brand_id as "brandId", p.campaign_id as "campaignId",
  g.campaign_version as "campaignVersion", g.reward_index as "rewardIndex", g.activation_id as "activationId",
  p.player_external_id as "playerExternalId", p.provider, p.currency, p.count, p.spin_value as "spinValue",
  p.win_cap as "winCap", p.state, p.played, p.won, p.credited, p.referred, p.ending,
  p.ending_reason as "endingReason", p.sent_at as "sentAt", p.issued_at as "issuedAt", p.expires_at as "expiresAt",
  p.over_at as "overAt",
  g.status in ('pending', 'delivery_failed', 'active') as "isGrantOpen", now() as now`;

const FROM = `free_spin_packages p join grants g on g.player_id = p.player_id and g.grant_id = p.grant_id`;

/** Whose a package is: found by the id alone, so that it is then locked where the player's rows are. */
export async function findKey(
  db: Queryable,
  of: { brandId: string; grantId: string; provider?: string },
): Promise<GrantKey | undefined> {
  const { rows } = await db.query<GrantKey>(
    `select player_id as "playerId", grant_id as "grantId" from free_spin_packages
     where grant_id = $1 and brand_id = $2 and ($3::text is null or provider = $3)`,
    [of.grantId, of.brandId, of.provider ?? null],
  );
  return rows[0];
}

export async function findPackage(db: Queryable, key: GrantKey): Promise<PackageRow | undefined> {
  const { rows } = await db.query<PackageRow>(
    `select ${ROW} from ${FROM} where p.player_id = $1 and p.grant_id = $2`,
    [key.playerId, key.grantId],
  );
  return rows[0];
}

/** Packages are locked after their grants and deliveries. */
export async function lockPackage(tx: Queryable, key: GrantKey): Promise<PackageRow | undefined> {
  const { rows } = await tx.query<PackageRow>(
    `select ${ROW} from ${FROM} where p.player_id = $1 and p.grant_id = $2 for update of p`,
    [key.playerId, key.grantId],
  );
  return rows[0];
}

export interface NewPackage extends GrantKey {
  readonly brandId: string;
  readonly campaignId: string;
  readonly playerExternalId: string;
  readonly provider: string;
  readonly currency: string;
  readonly count: number;
  readonly spinValue: number;
  readonly winCap: number | null;
  readonly expiresAt: Date;
}

/** Makes the package unless it is there. From then on it ends by itself when its time is over. */
export async function ensurePackage(tx: Queryable, made: NewPackage): Promise<void> {
  await tx.query(
    `insert into free_spin_packages (player_id, grant_id, brand_id, campaign_id, player_external_id, provider, currency,
       count, spin_value, win_cap, expires_at, due_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11)
     on conflict do nothing`,
    [
      made.playerId,
      made.grantId,
      made.brandId,
      made.campaignId,
      made.playerExternalId,
      made.provider,
      made.currency,
      made.count,
      made.spinValue,
      made.winCap,
      made.expiresAt,
    ],
  );
}

export async function markSent(tx: Queryable, key: GrantKey): Promise<void> {
  await tx.query(
    `update free_spin_packages set sent_at = coalesce(sent_at, now()), changed_at = now()
     where player_id = $1 and grant_id = $2`,
    [key.playerId, key.grantId],
  );
}

/** The provider is known to have the order: by its answer, or because it tells of it. */
export async function markIssued(tx: Queryable, key: GrantKey, reference: string | null): Promise<void> {
  await tx.query(
    `update free_spin_packages set state = case when state = 'pending' then 'issued' else state end,
       issued_at = coalesce(issued_at, now()), provider_reference = coalesce($3, provider_reference), changed_at = now()
     where player_id = $1 and grant_id = $2`,
    [key.playerId, key.grantId, reference],
  );
}

/** What a callback or the end made of it. What is over is due at once: to be paid. */
export async function saveProgress(
  tx: Queryable,
  key: GrantKey,
  { state, played, won }: Pick<SpinsPackage, 'state' | 'played' | 'won'>,
): Promise<void> {
  await tx.query(
    `update free_spin_packages set state = $3, played = $4, won = $5, changed_at = now(),
       due_at = case when $3 in ('finished', 'cancelled', 'expired') then now() else due_at end
     where player_id = $1 and grant_id = $2`,
    [key.playerId, key.grantId, state, played, won],
  );
}

/**
 * Says how the spins are to end; the first to say so decides.
 * @param waitMs how long until they are over with what is known by then.
 */
export async function saveEnding(
  tx: Queryable,
  key: GrantKey,
  ending: { as: Exclude<SpinsEnd, 'finished'>; reason: string; waitMs: number },
): Promise<void> {
  await tx.query(
    `update free_spin_packages set ending_at = coalesce(ending_at, now()), ending_reason = coalesce(ending_reason, $4),
       ending = coalesce(ending, $3), due_at = now() + $5 * interval '1 ms', changed_at = now()
     where player_id = $1 and grant_id = $2`,
    [key.playerId, key.grantId, ending.as, ending.reason, ending.waitMs],
  );
}

/** How many spins of a bonus are still to be played; undefined while they were never ordered. */
export async function findUnplayed(
  db: Queryable,
  { playerId, grantId }: GrantKey,
): Promise<number | undefined> {
  const { rows } = await db.query<{ unplayed: number }>(
    `select case when state in ('finished', 'cancelled', 'expired') then 0 else count - played end as unplayed
     from free_spin_packages where player_id = $1 and grant_id = $2`,
    [playerId, grantId],
  );
  return rows[0]?.unplayed;
}

/** What was paid, and what waits for a person. Nothing is due any more. */
export async function savePayment(
  tx: Queryable,
  key: GrantKey,
  paid: { credited: number; referred: number },
): Promise<void> {
  await tx.query(
    `update free_spin_packages set credited = credited + $3, referred = referred + $4, due_at = null,
       over_at = coalesce(over_at, now()), changed_at = now()
     where player_id = $1 and grant_id = $2`,
    [key.playerId, key.grantId, paid.credited, paid.referred],
  );
}

/** Minor units of the winnings that nobody has dealt with. */
export const dueOf = (row: PackageRow): number =>
  winningsOf({ ...row, largestWin: Number.MAX_SAFE_INTEGER }) - row.credited - row.referred;
