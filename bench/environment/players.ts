import type { Database } from '../../apps/server/src/platform/db.ts';
import { playerId } from '../../apps/server/src/platform/ids.ts';
import { playerName } from '../load/index.ts';

/** Enough for the longest run: no player is used twice in one. */
export const PLAYERS = { prefix: 'player-', first: 0, count: 150_000, digits: 7 };

const AT_ONCE = 10_000;

/** Writes the players down as the platform would have told of them long ago. */
export async function makePlayers(db: Database, brandId: string): Promise<void> {
  for (let from = 0; from < PLAYERS.count; from += AT_ONCE) {
    const names = Array.from({ length: AT_ONCE }, (_, i) => playerName(PLAYERS, from + i));
    await db.query(
      `insert into players (player_id, brand_id, external_id, email, email_canonical, country, currency, language,
         birth_date, registered_at, kyc_status, vip_level, email_verified, segments, deposit_count, total_deposits,
         last_deposit_at, last_login_at, consents, properties)
       select id, $1, name, name || '@example.com', name || '@example.com', 'DE', 'EUR', 'de', '1990-05-17',
         now() - interval '90 days', 'verified', 2, true, '{newsletter,slots}', 3, 25000, now() - interval '2 days',
         now() - interval '1 hour', '{"casino":{"email":true}}', '{"favourite_game":"book-of-suns"}'
       from unnest($2::uuid[], $3::text[]) as t (id, name)`,
      [brandId, names.map((name) => playerId(brandId, name)), names],
    );
  }
  await db.query('vacuum analyze players');
}
