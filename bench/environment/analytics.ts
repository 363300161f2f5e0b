import type { Database } from '../../apps/server/src/platform/db.ts';
import { newId, playerId } from '../../apps/server/src/platform/ids.ts';
import { publish } from '../../apps/server/src/platform/outbox.ts';
import { playerName } from '../load/index.ts';
import type { BenchBrand } from './brand.ts';
import { type BenchCampaign, BONUS, CURRENCY, makeCampaign } from './campaigns.ts';
import { PLAYERS } from './players.ts';

const AT_ONCE = 500;
const HOUR_MS = 3_600_000;
const DAYS = 30;
const CAMPAIGNS = 10;
const SOURCES = 12;
const DEVICES = ['mobile', 'desktop', 'tablet'];

/**
 * Writes down activations as the product would have, with the bonus and the events of each, spread over a month, and a bet
 * an hour after each.
 * @param from the first of the players, who take a code each.
 * @returns how many events and bets there are to count.
 */
export async function fillLog(
  db: Database,
  brand: BenchBrand,
  { activations, from }: { activations: number; from: number },
): Promise<number> {
  const campaigns = [];
  for (let n = 0; n < CAMPAIGNS; n++) campaigns.push(await makeCampaign(db, brand));
  for (let first = 0; first < activations; first += AT_ONCE) {
    const campaign = campaigns[(first / AT_ONCE) % CAMPAIGNS];
    if (!campaign) throw new Error('there is no campaign');
    const at = new Date(Date.now() - DAYS * 24 * HOUR_MS * (1 - first / activations));
    await writeActivations(db, brand, campaign, { first: from + first, at });
  }
  await db.query('vacuum analyze activations, grants, bets, outbox');
  return activations * 3;
}

async function writeActivations(
  db: Database,
  { brandId }: BenchBrand,
  { campaignId, codeKeys, codes }: BenchCampaign,
  { first, at }: { first: number; at: Date },
): Promise<void> {
  const made = Array.from({ length: AT_ONCE }, (_, n) => {
    const player = playerName(PLAYERS, (first + n) % PLAYERS.count);
    const entry = {
      channel: 'cashier',
      deviceType: DEVICES[n % DEVICES.length],
      traffic: { utmSource: `source-${n % SOURCES}` },
    };
    const ids = { activationId: newId(), grantId: newId() };
    return { ...ids, player, playerId: playerId(brandId, player), entry: JSON.stringify(entry) };
  });
  const column = <T>(of: (one: (typeof made)[number]) => T): T[] => made.map(of);
  const [codeId] = codeKeys;
  await db.transaction(async (tx) => {
    await tx.query(
      `with tried as (
         insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest, outcome,
           decided, issued, code_key, code_shown, campaign_id, campaign_version, entry, outline_id, seen, takes, created_at,
           changed_at)
         select player, activation, $1, name, activation, '', 'accepted', 'accepted', '[]', $2, $3, $4, 1, entry, $4, '[]', '[]',
           $5, $5
         from unnest($6::uuid[], $7::uuid[], $8::text[], $9::json[]) as t (player, activation, name, entry)
       ), played as (
         insert into bets (player_id, bet_id, brand_id, round_id, game, category, currency, stake, win, at)
         select player, activation, $1, activation, 'book-of-suns', 'slots', $11, 500, 450, $5::timestamptz + interval '1 hour'
         from unnest($6::uuid[], $7::uuid[]) as t (player, activation)
       )
       insert into grants (player_id, grant_id, brand_id, activation_id, campaign_id, campaign_version, reward_index, kind, status,
         currency, amount, created_at, changed_at)
       select player, bonus, $1, activation, $4, 1, 0, 'bonus_balance', 'completed', $11, ${BONUS}, $5, $5
       from unnest($6::uuid[], $7::uuid[], $10::uuid[]) as t (player, activation, bonus)`,
      [
        ...[brandId, codeId, codes[0], campaignId, at],
        ...[column((one) => one.playerId), column(({ activationId }) => activationId)],
        ...[column(({ player }) => player), column(({ entry }) => entry)],
        ...[column(({ grantId }) => grantId), CURRENCY],
      ],
    );
    const taken = { code: codes[0], codeId, campaignId, campaignVersion: 1, outcome: 'accepted' };
    const granted = { kind: 'bonus_balance', amount: BONUS, currency: CURRENCY, campaignId };
    const origin = { brandId, actor: { kind: 'system', id: 'bench' }, correlationId: newId() } as const;
    await publish(
      tx,
      { ...origin, time: at.toISOString() },
      made.flatMap(({ activationId, grantId, player }) => [
        {
          ...({ type: 'code.activated', subject: `code/${codeId}`, common: taken } as const),
          ...{ correlationId: activationId, data: { activationId, player, channel: 'cashier' } },
        },
        {
          ...({ type: 'bonus.granted', subject: `grant/${grantId}`, common: granted } as const),
          ...{ correlationId: activationId, data: { grantId, activationId, player } },
        },
      ]),
    );
  });
}

/** A month of so many campaigns. */
const REPORTED = { campaigns: 200, days: 30 } as const;
const MEASURES = [
  'accepted',
  'refused',
  'granted',
  'converted',
  'lapsed',
  'reversed',
  'wagered',
  'distributed',
];
const IN_MONEY = "('granted', 'converted', 'deposited', 'staked', 'won')";
const VALUES = 20;

/** Stores the rows behind numbers and their sums, as if so many events had been counted. @returns one of the campaigns. */
export async function fillReports(db: Database, brand: BenchBrand, events: number): Promise<string> {
  const { brandId } = brand;
  const perDay = Math.ceil(events / (REPORTED.campaigns * REPORTED.days));
  const ids = Array.from({ length: REPORTED.campaigns }, newId);
  const { campaignId: model } = await makeCampaign(db, brand);
  await db.query(
    `with made as (
       insert into campaigns (campaign_id, brand_id, name, status, version, created_by)
       select id, brand_id, 'Reported ' || n, 'active', 1, created_by
       from unnest($1::uuid[]) with ordinality as t (id, n), campaigns where campaign_id = $2
     )
     insert into campaign_versions (campaign_id, version, definition, created_by)
     select id, 1, definition, created_by from unnest($1::uuid[]) id, campaign_versions where campaign_id = $2 and version = 1`,
    [ids, model],
  );
  await db.query(
    `insert into fact_profiles (brand_id, profile_id, source, country, device, channel)
     select $1, md5('profile' || n)::uuid, 'source-' || n, 'DE', 'mobile', 'cashier' from generate_series(0, ${VALUES - 1}) n`,
    [brandId],
  );
  // Written whole first and then indexed: a third of the time.
  await db.query('drop index facts_behind; alter table facts drop constraint facts_pkey');
  await db.query(
    `insert into facts (player_id, fact_id, brand_id, campaign_id, measure, detail, currency, count, amount, at, profile_id, about)
     select md5((i % 100000)::text)::uuid, gen_random_uuid(), $1, campaign, m, '', case when m in ${IN_MONEY} then $3 else '' end, 1,
       case when m in ${IN_MONEY} then 1000 else 0 end, date_trunc('day', now()) - day * interval '1 day' + i * interval '1 second',
       md5('profile' || i % ${VALUES})::uuid, null
     from unnest($2::uuid[]) campaign, generate_series(0, ${REPORTED.days - 1}) day, generate_series(1, ${perDay}) i,
       lateral (select (array['${MEASURES.join("','")}'])[1 + i % ${MEASURES.length}] as m) measure`,
    [brandId, ids, CURRENCY],
  );
  await db.query(
    `alter table facts add primary key (player_id, fact_id);
     create index facts_behind on facts (campaign_id, measure, at, fact_id)`,
  );
  await db.query(
    `insert into rollup_days (brand_id, day, campaign_id, measure, detail, currency, count, amount)
     select brand_id, at::date, campaign_id, measure, '', currency, count(*), sum(amount) from facts
     where campaign_id = any($1::uuid[]) group by 1, 2, 3, 4, 6`,
    [ids],
  );
  await db.query(
    `insert into rollup_brand_days as r (brand_id, day, measure, detail, currency, count, amount)
     select brand_id, day, measure, detail, currency, sum(count), sum(amount) from rollup_days
     where campaign_id = any($1::uuid[]) group by 1, 2, 3, 4, 5
     on conflict (brand_id, day, measure, detail, currency) do update set count = r.count + excluded.count`,
    [ids],
  );
  await db.query(
    `insert into breakdown_days (brand_id, campaign_id, day, dimension, value, measure, detail, currency, count, amount)
     select brand_id, campaign_id, day, by, '=' || by || '-' || n, measure, detail, currency, count / ${VALUES}, div(amount, ${VALUES})
     from rollup_days, unnest(array['code', 'batch', 'source', 'affiliate', 'segment', 'country', 'device', 'channel']) by,
       generate_series(0, ${VALUES - 1}) n
     where campaign_id = any($1::uuid[]) and by not in ('code', 'batch')`,
    [ids],
  );
  await db.query('vacuum analyze facts, rollup_days, rollup_brand_days, breakdown_days, campaigns');
  return ids[0] ?? model;
}
