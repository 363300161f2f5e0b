import type { Millis } from '@promosmith/core/activation';
import ipaddr from 'ipaddr.js';
import { texts } from '../../platform/arrays.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import type { Decided } from './kernel/decided.ts';
import type { Pending } from './kernel/pending.ts';

/** DOMAIN §6: unknown codes within ten minutes before a lock-out. */
const MISSES_PER_PLAYER = 5;
const MISSES_PER_ADDRESS = 20;

/** A visitor nobody knows is only an address: locking that "player" out would lock all of them out. */
const playerKey = ({ attempt, actor }: Pending): string | null =>
  actor.kind === 'anonymous' ? null : `p:${attempt.playerId}`;

const addressKey = ({ brandId, attempt }: Pending): string | null =>
  attempt.entry.ip === undefined ? null : `a:${brandId}:${networkOf(attempt.entry.ip)}`;

/**
 * Who an address belongs to: an IPv6 subscriber has a /64 to choose from, an IPv4 one a single address. What a proxy
 * forwards need not be an address at all.
 */
function networkOf(ip: string): string {
  if (!ipaddr.isValid(ip)) return ip;
  const address = ipaddr.process(ip);
  if (address.kind() === 'ipv4') return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toString()}/64`)}/64`;
}

/** Lock-outs in force, by brand, keyed by player id and by address as the decision looks them up. */
export async function loadLockouts(
  connection: Queryable,
  batch: readonly Pending[],
): Promise<Map<string, Map<string, Millis>>> {
  const askedBy = new Map<string, { brandId: string; name: string }[]>();
  const ask = (key: string | null, brandId: string, name: string | undefined): void => {
    if (key === null || name === undefined) return;
    const known = askedBy.get(key);
    if (!known) askedBy.set(key, [{ brandId, name }]);
    else if (known.every((other) => other.name !== name)) known.push({ brandId, name });
  };
  for (const pending of batch) {
    ask(playerKey(pending), pending.brandId, pending.attempt.playerId);
    ask(addressKey(pending), pending.brandId, pending.attempt.entry.ip);
  }
  const { rows } = await connection.query<{ guess_key: string; locked_until: Date }>({
    name: 'guesses.lockouts',
    text: 'select guess_key, locked_until from guesses where guess_key = any($1::text[]) and locked_until > now()',
    values: [texts([...askedBy.keys()])],
  });
  const lockouts = new Map<string, Map<string, Millis>>();
  for (const { guess_key, locked_until } of rows) {
    for (const { brandId, name } of askedBy.get(guess_key) ?? []) {
      const ofBrand = lockouts.get(brandId) ?? new Map<string, Millis>();
      lockouts.set(brandId, ofBrand.set(name, locked_until.getTime()));
    }
  }
  return lockouts;
}

/** The attempts that named an unknown code. One that was locked out is not among them: it does not extend its wait. */
export const missesOf = (decided: readonly Decided[]): Pending[] =>
  decided.filter(({ decision }) => decision.refusalKey === 'code_not_found').map(({ pending }) => pending);

/**
 * Counts unknown codes, in windows of ten minutes that begin with the first. The n-th lock-out of a player or address
 * lasts 2ⁿ⁻¹ minutes, at most a day; a day without a lock-out starts over.
 */
export async function recordMisses(connection: Queryable, misses: readonly Pending[]): Promise<void> {
  const rows = [...countMisses(misses)].sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return;
  const keys = rows.map(([key]) => key);
  await Promise.all([
    // Makes the rows that are missing and locks all of them, in key order: what is read next stays true.
    connection.query({
      name: 'guesses.lock',
      text: `insert into guesses as g (guess_key, brand_id, window_started_at, misses)
        select key, brand, now(), 0 from unnest($1::text[], $2::uuid[]) with ordinality as t (key, brand, n) order by n
        on conflict (guess_key) do update set brand_id = excluded.brand_id`,
      values: [keys, rows.map(([, { brandId }]) => brandId)],
    }),
    connection.query({
      name: 'guesses.record',
      text: `update guesses g
        set window_started_at = t.since,
          misses = case when t.total >= t.allowed then 0 else t.total end,
          lockouts = t.before + case when t.total >= t.allowed then 1 else 0 end,
          locked_until = case when t.total < t.allowed then g.locked_until
            else now() + least(interval '1 minute' * power(2, least(t.before, 20)), interval '1 day') end
        from (
          select key, allowed,
            t.misses + case when w.window_started_at > now() - interval '10 minutes' then w.misses else 0 end as total,
            case when w.window_started_at > now() - interval '10 minutes' then w.window_started_at else now() end as since,
            case when w.locked_until > now() - interval '1 day' then w.lockouts else 0 end as before
          from unnest($1::text[], $2::int[], $3::int[]) as t (key, misses, allowed)
          join guesses w on w.guess_key = t.key
        ) t
        where g.guess_key = t.key`,
      values: [keys, rows.map(([, { misses: n }]) => n), rows.map(([, { allowed }]) => allowed)],
    }),
  ]);
}

interface Misses {
  readonly brandId: string;
  readonly allowed: number;
  misses: number;
}

function countMisses(misses: readonly Pending[]): Map<string, Misses> {
  const counts = new Map<string, Misses>();
  const count = (key: string | null, brandId: string, allowed: number): void => {
    if (key === null) return;
    const entry = counts.get(key) ?? { brandId, allowed, misses: 0 };
    entry.misses++;
    counts.set(key, entry);
  };
  for (const miss of misses) {
    count(playerKey(miss), miss.brandId, MISSES_PER_PLAYER);
    count(addressKey(miss), miss.brandId, MISSES_PER_ADDRESS);
  }
  return counts;
}

/** Forgets who neither guessed nor was locked out for a day: their next lock-out would start over anyway. */
export async function forgetGuesses(db: Database): Promise<boolean> {
  await db.query(
    `delete from guesses where window_started_at < now() - interval '1 day'
       and coalesce(locked_until, window_started_at) < now() - interval '1 day'`,
  );
  return false;
}
