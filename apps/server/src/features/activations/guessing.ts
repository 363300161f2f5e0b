import type { Millis } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import type { Pending } from './kernel/pending.ts';

/** DOMAIN §6: unknown codes within ten minutes before a lock-out. */
const MISSES_PER_PLAYER = 5;
const MISSES_PER_ADDRESS = 20;

const playerKey = ({ attempt }: Pending): string => `p:${attempt.playerId}`;
const addressKey = ({ brandId, attempt }: Pending): string | null =>
  attempt.entry.ip ? `a:${brandId}:${attempt.entry.ip}` : null;

/** Lock-outs in force, keyed by player id and by address as the decision looks them up. */
export async function loadLockouts(
  connection: Queryable,
  batch: readonly Pending[],
): Promise<Map<string, Millis>> {
  const names = new Map<string, string>();
  for (const pending of batch) {
    names.set(playerKey(pending), pending.attempt.playerId);
    const address = addressKey(pending);
    if (address && pending.attempt.entry.ip) names.set(address, pending.attempt.entry.ip);
  }
  const { rows } = await connection.query<{ guess_key: string; locked_until: Date }>({
    name: 'guesses.lockouts',
    text: 'select guess_key, locked_until from guesses where guess_key = any($1) and locked_until > now()',
    values: [[...names.keys()]],
  });
  return new Map(rows.map((row) => [names.get(row.guess_key) ?? row.guess_key, row.locked_until.getTime()]));
}

/**
 * Counts unknown codes. The n-th lock-out of a player or address lasts 2ⁿ⁻¹ minutes, at most a day; a day without a
 * lock-out starts over.
 */
export async function recordMisses(connection: Queryable, misses: readonly Pending[]): Promise<void> {
  const counts = new Map<string, { brandId: string; misses: number; allowed: number }>();
  const count = (key: string | null, brandId: string, allowed: number): void => {
    if (key === null) return;
    const entry = counts.get(key) ?? { brandId, misses: 0, allowed };
    entry.misses++;
    counts.set(key, entry);
  };
  for (const miss of misses) {
    count(playerKey(miss), miss.brandId, MISSES_PER_PLAYER);
    count(addressKey(miss), miss.brandId, MISSES_PER_ADDRESS);
  }
  if (counts.size === 0) return;
  const rows = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  await connection.query({
    name: 'guesses.record',
    text: `with missed as (
        select key, brand, misses, allowed, g.lockouts,
          case when g.window_started_at > now() - interval '10 minutes' then g.misses else 0 end + t.misses as total,
          case when g.window_started_at > now() - interval '10 minutes' then g.window_started_at else now() end as since,
          case when g.locked_until > now() - interval '1 day' then g.lockouts else 0 end as before
        from unnest($1::text[], $2::uuid[], $3::int[], $4::int[]) as t (key, brand, misses, allowed)
        left join guesses g on g.guess_key = t.key
      )
      insert into guesses as g (guess_key, brand_id, window_started_at, misses, lockouts, locked_until)
      select key, brand, since, case when total >= allowed then 0 else total end,
        case when total >= allowed then before + 1 else before end,
        case when total >= allowed then now() + least(interval '1 minute' * power(2, least(before, 20)), interval '1 day') end
      from missed
      on conflict (guess_key) do update set window_started_at = excluded.window_started_at, misses = excluded.misses,
        lockouts = excluded.lockouts, locked_until = coalesce(excluded.locked_until, g.locked_until)`,
    values: [
      rows.map(([key]) => key),
      rows.map(([, entry]) => entry.brandId),
      rows.map(([, entry]) => entry.misses),
      rows.map(([, entry]) => entry.allowed),
    ],
  });
}
