import { hash } from 'node:crypto';
import type { PlayerRisk } from '@promosmith/contract';
import type { Entry, Guesser, Guesses } from '@promosmith/core/activation';
import { GUESS_WINDOW_MINUTES, type GuessLimits, USUAL_GUESSES } from '@promosmith/core/risk';
import { int4s, texts, uuids } from '../../../platform/arrays.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { networkOf } from '../../../platform/network-of.ts';
import { GuardFailed } from '../kernel/counters.ts';
import type { Decided } from '../kernel/decided.ts';
import type { Pending } from '../kernel/pending.ts';

/**
 * Whoever an unknown code counts as a guess of.
 * @param playerId null for a visitor nobody knows, who is only an address: locking that "player" out would lock all of
 * them out, and what device a visitor names is no more than a claim.
 */
export function guessersOf(
  brandId: string,
  playerId: string | null,
  { deviceId, ip }: Pick<Entry, 'deviceId' | 'ip'>,
  limits: GuessLimits,
): Guesser[] {
  const guessers: Guesser[] = [];
  if (playerId !== null) guessers.push(guesserOf(playerId, limits));
  if (playerId !== null && deviceId !== undefined)
    guessers.push({ key: `d:${brandId}:${shortened(deviceId)}`, allowed: limits.device });
  if (ip !== undefined) guessers.push({ key: `a:${brandId}:${networkOf(ip)}`, allowed: limits.address });
  return guessers;
}

/** What a platform names a device by may be long, and is nobody's to read in a table. */
const shortened = (deviceId: string): string => hash('sha256', deviceId, 'base64url').slice(0, KEPT);
const KEPT = 22;

export const guesserOf = (playerId: string, { player }: GuessLimits = USUAL_GUESSES): Guesser => ({
  key: `p:${playerId}`,
  allowed: player,
});

/**
 * What is known of those who guessed lately, by their keys. Whether a window is still open is the database's to say.
 */
export async function loadGuesses(
  connection: Queryable,
  batch: readonly Pending[],
): Promise<Map<string, Guesses>> {
  const keys = new Set<string>();
  for (const { attempt } of batch) for (const { key } of attempt.guessers) keys.add(key);
  const { rows } = await connection.query<{ guess_key: string; misses: number; locked_until: Date | null }>({
    name: 'guesses.load',
    text: `select g.guess_key, case when ${WINDOW_IS_OPEN} then g.misses else 0 end as misses,
        case when g.locked_until > now() then g.locked_until end as locked_until
      from guesses g where g.guess_key = any($1::text[])`,
    values: [texts([...keys])],
  });
  return new Map(
    rows.map(({ guess_key, misses, locked_until }) => [
      guess_key,
      { misses, lockedUntil: locked_until?.getTime() ?? null },
    ]),
  );
}

/** How somebody's guessing stands now. */
export async function readGuesser(db: Queryable, key: string): Promise<PlayerRisk['guessing']> {
  const { rows } = await db.query<{ misses: number; lockouts: number; lockedUntil: Date | null }>(
    `select case when ${WINDOW_IS_OPEN} then g.misses else 0 end as misses,
       case when ${COUNTS_ON} then g.lockouts else 0 end as lockouts,
       case when g.locked_until > now() then g.locked_until end as "lockedUntil"
     from guesses g where g.guess_key = $1`,
    [key],
  );
  const { misses = 0, lockouts = 0, lockedUntil = null } = rows[0] ?? {};
  return { misses, lockouts, lockedUntil: lockedUntil?.toISOString() ?? null };
}

const WINDOW_IS_OPEN = `g.window_started_at > now() - interval '${GUESS_WINDOW_MINUTES} minutes'`;

/** A day without a lock-out starts over. */
const COUNTS_ON = `g.locked_until > now() - interval '1 day'`;

/** The attempts that named an unknown code. One that was locked out is not among them: it does not extend its wait. */
export const missesOf = (decided: readonly Decided[]): Pending[] =>
  decided.filter(({ decision }) => decision.refusalKey === 'code_not_found').map(({ pending }) => pending);

/**
 * Counts unknown codes, in windows that begin with the first. The n-th lock-out of a player or address lasts 2ⁿ⁻¹
 * minutes, at most a day; a day without a lock-out starts over.
 * @throws GuardFailed when somebody guessed more often meanwhile than the decision knew: it must be made again.
 */
export async function recordMisses(connection: Queryable, misses: readonly Pending[]): Promise<void> {
  const rows = countMisses(misses);
  if (rows.length === 0) return;
  const keys = texts(rows.map(({ key }) => key));
  const [, counted] = await Promise.all([
    // Makes the rows that are missing and locks all of them, in key order: what is read next stays true.
    connection.query({
      name: 'guesses.lock',
      text: `insert into guesses as g (guess_key, brand_id, window_started_at, misses)
        select key, brand, now(), 0 from unnest($1::text[], $2::uuid[]) with ordinality as t (key, brand, n) order by n
        on conflict (guess_key) do update set brand_id = excluded.brand_id`,
      values: [keys, uuids(rows.map(({ brandId }) => brandId))],
    }),
    connection.query({
      name: 'guesses.record',
      text: `update guesses w
        set window_started_at = t.since,
          misses = case when t.total = t.allowed then 0 else t.total end,
          lockouts = t.before + case when t.total = t.allowed then 1 else 0 end,
          locked_until = case when t.total < t.allowed then w.locked_until
            else now() + least(interval '1 minute' * power(2, least(t.before, 20)), interval '1 day') end
        from (
          select g.guess_key, t.allowed,
            t.misses + case when ${WINDOW_IS_OPEN} then g.misses else 0 end as total,
            case when ${WINDOW_IS_OPEN} then g.window_started_at else now() end as since,
            case when ${COUNTS_ON} then g.lockouts else 0 end as before
          from unnest($1::text[], $2::int[], $3::int[]) as t (key, misses, allowed)
          join guesses g on g.guess_key = t.key
          where g.locked_until is null or g.locked_until <= now()
        ) t
        where w.guess_key = t.guess_key and t.total <= t.allowed`,
      values: [keys, int4s(rows.map(({ count }) => count)), int4s(rows.map(({ allowed }) => allowed))],
    }),
  ]);
  if (counted.rowCount !== rows.length) throw new GuardFailed('guesses');
}

interface Misses {
  readonly key: string;
  readonly allowed: number;
  readonly brandId: string;
  count: number;
}

/** How often each guesser was wrong, in key order. */
function countMisses(misses: readonly Pending[]): Misses[] {
  const counts = new Map<string, Misses>();
  for (const { brandId, attempt } of misses) {
    for (const { key, allowed } of attempt.guessers) {
      const known = counts.get(key);
      if (known) known.count++;
      else counts.set(key, { key, allowed, brandId, count: 1 });
    }
  }
  return [...counts.values()].sort((a, b) => (a.key < b.key ? -1 : 1));
}

/** Forgets who neither guessed nor was locked out for a day: their next lock-out would start over anyway. */
export async function forgetGuesses(db: Database): Promise<boolean> {
  await db.query(
    `delete from guesses where window_started_at < now() - interval '1 day'
       and coalesce(locked_until, window_started_at) < now() - interval '1 day'`,
  );
  return false;
}
