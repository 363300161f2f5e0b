import type { Queryable } from '../../../platform/db.ts';

/** A deposit that came in, or is taken back. */
export interface Deposit {
  playerId: string;
  /** ISO 8601. */
  time: string;
  /** Minor units. */
  amount: number;
  currency: string;
  /** The player's how-many-th deposit, when the platform counts itself. */
  nth: number | null;
}

// Each player may be named once in a call, and the caller holds the locks of the rows.

/** Only ever lengthens: lifting or shortening an exclusion is a decision of its own, with a reason. */
export async function extendSelfExclusions(
  tx: Queryable,
  exclusions: readonly { playerId: string; until: string }[],
): Promise<void> {
  if (exclusions.length === 0) return;
  await tx.query(
    `update players p set self_excluded_until = greatest(p.self_excluded_until, given.until), updated_at = now()
     from unnest($1::uuid[], $2::timestamptz[]) as given (player_id, until)
     where p.player_id = any($1::uuid[]) and p.player_id = given.player_id`,
    [exclusions.map(({ playerId }) => playerId), exclusions.map(({ until }) => until)],
  );
}

export async function recordLogins(
  tx: Queryable,
  logins: readonly { playerId: string; time: string }[],
): Promise<void> {
  if (logins.length === 0) return;
  await tx.query(
    `update players p set last_login_at = greatest(p.last_login_at, given.time), updated_at = now()
     from unnest($1::uuid[], $2::timestamptz[]) as given (player_id, time)
     where p.player_id = any($1::uuid[]) and p.player_id = given.player_id`,
    [logins.map(({ playerId }) => playerId), logins.map(({ time }) => time)],
  );
}

/**
 * Counts deposits. The total is in the player's currency, which the first deposit settles when nothing else has; a
 * deposit in another currency is counted without adding to it, because there are no rates here. The total stops at
 * the largest whole number JSON can carry.
 */
export async function addDeposits(tx: Queryable, deposits: readonly Deposit[]): Promise<void> {
  if (deposits.length === 0) return;
  await tx.query(
    `update players p set
       currency = coalesce(p.currency, given.currency),
       deposit_count = case
         when given.nth is null then p.deposit_count + 1
         else greatest(p.deposit_count, given.nth) end,
       total_deposits = case
         when coalesce(p.currency, given.currency) <> given.currency then p.total_deposits
         else least(p.total_deposits + given.amount, 9007199254740991) end,
       last_deposit_at = greatest(p.last_deposit_at, given.time),
       updated_at = now()
     from jsonb_to_recordset($1::jsonb) as given
       ("playerId" uuid, time timestamptz, amount bigint, currency text, nth integer)
     where p.player_id = any($2::uuid[]) and p.player_id = given."playerId"`,
    [JSON.stringify(deposits), deposits.map(({ playerId }) => playerId)],
  );
}

/** Takes deposits that were counted off again. A count that was set lower meanwhile does not fall below nothing. */
export async function takeOffDeposits(tx: Queryable, deposits: readonly Deposit[]): Promise<void> {
  if (deposits.length === 0) return;
  await tx.query(
    `update players p set
       deposit_count = greatest(p.deposit_count - 1, 0),
       total_deposits = case
         when p.currency <> given.currency then p.total_deposits
         else greatest(p.total_deposits - given.amount, 0) end,
       updated_at = now()
     from jsonb_to_recordset($1::jsonb) as given ("playerId" uuid, amount bigint, currency text)
     where p.player_id = any($2::uuid[]) and p.player_id = given."playerId"`,
    [JSON.stringify(deposits), deposits.map(({ playerId }) => playerId)],
  );
}
