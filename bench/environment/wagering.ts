import { CampaignDefinition } from '@promosmith/contract';
import type { Database } from '../../apps/server/src/platform/db.ts';
import { newId, playerId } from '../../apps/server/src/platform/ids.ts';
import { playerName } from '../load/index.ts';
import type { BenchBrand } from './brand.ts';
import { CURRENCY } from './campaigns.ts';
import { PLAYERS } from './players.ts';

/** Who plays: each has one bonus under way. */
export const BETTORS = { ...PLAYERS, count: 50_000 };
/** Minor units each bonus began with. */
export const BONUS_IN_PLAY = 1_000_000;

const AT_ONCE = 10_000;

/** Wagered so often that no run comes near the end, with everything that each bet has to be asked. */
const definition = CampaignDefinition.parse({
  rewards: [
    {
      kind: 'bonus_balance',
      amount: { [CURRENCY]: BONUS_IN_PLAY },
      wagering: {
        multiplier: 100_000,
        contributions: { categories: { slots: 10_000, roulette: 1_000 }, games: { 'old-sevens': 0 } },
        maxBet: { amounts: { [CURRENCY]: 500_000 }, onBreach: 'no_contribution' },
        dustThreshold: { [CURRENCY]: 10 },
      },
    },
  ],
  terms: { significant: 'Wagering 1,000×.' },
});

/** Gives everybody a bonus under way, as activations long ago would have. @returns the campaign. */
export async function makeBonuses(db: Database, { brandId }: BenchBrand): Promise<string> {
  const campaignId = newId();
  const by = JSON.stringify({ kind: 'system', id: 'bench' });
  await db.query(
    `insert into campaigns (campaign_id, brand_id, name, status, version, created_by)
     values ($1, $2, 'Bonuses in play', 'active', 1, $3)`,
    [campaignId, brandId, by],
  );
  await db.query(
    'insert into campaign_versions (campaign_id, version, definition, created_by) values ($1, 1, $2, $3)',
    [campaignId, JSON.stringify(definition), by],
  );
  for (let from = 0; from < BETTORS.count; from += AT_ONCE) {
    const players = Array.from({ length: AT_ONCE }, (_, i) =>
      playerId(brandId, playerName(BETTORS, from + i)),
    );
    await db.query(
      `with granted as (
         insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status,
           currency, amount, balance, wagering_required, source, granted_at, expires_at, created_at, changed_at)
         select player, id, $1, $2, 1, 0, 'bonus_balance', 'active', $3, $4, $4, $4::bigint * 10000000, 'staff',
           now() - interval '1 hour', now() + interval '7 days', now(), now()
         from unnest($5::uuid[], $6::uuid[]) as t (player, id) returning player_id, grant_id)
       insert into postings (player_id, posting_id, transaction_id, brand_id, grant_id, kind, debit, credit, amount,
         currency, created_at)
       select player_id, grant_id, grant_id, $1, grant_id, 'bonus_granted', 'house:bonus_expense',
         'player:bonus:' || grant_id, $4, $3, now() from granted`,
      [brandId, campaignId, CURRENCY, BONUS_IN_PLAY, players, players.map(newId)],
    );
  }
  await db.query('vacuum analyze grants, postings');
  return campaignId;
}

/** Stores settled bets of an hour ago, spread over everybody, until there are so many. */
export async function fillBets(db: Database, { brandId }: BenchBrand, total: number): Promise<void> {
  const { rows } = await db.query<{ count: number }>('select count(*)::int as count from bets');
  const missing = total - (rows[0]?.count ?? 0);
  for (let done = 0; done < missing; done += AT_ONCE) {
    const count = Math.min(AT_ONCE, missing - done);
    const series = newId();
    const players = Array.from({ length: count }, () =>
      playerId(brandId, playerName(BETTORS, Math.floor(Math.random() * BETTORS.count))),
    );
    await db.query(
      `insert into bets (player_id, bet_id, brand_id, round_id, game, category, currency, stake, win, at)
       select player, $1 || '-' || n, $2, $1 || '-' || n, 'book-of-suns', 'slots', $3, 0, 0,
         now() - interval '2 hours' - n * interval '1 second'
       from unnest($4::uuid[]) with ordinality as t (player, n)`,
      [series, brandId, CURRENCY, players],
    );
  }
  await db.query('vacuum analyze bets');
}
