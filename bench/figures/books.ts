import type { Bench } from '../bench.ts';
import { type BenchCampaign, BONUS, CURRENCY } from '../environment/campaigns.ts';

/** Events of many activations keep once what they have in common, which is read once, not for each of them. */
const TOLD = `select event ->> 'type' as type, count(*) from outbox
  cross join lateral (select (events -> 'commons')::jsonb as commons offset 0) kept
  cross join json_array_elements(events -> 'events') as event
  where coalesce(event -> 'data' ->> 'campaignId', commons -> (event ->> 'common')::int ->> 'campaignId') = $1::uuid::text
  group by 1`;

/**
 * Compares everything the database holds of a campaign with what callers were told.
 * @throws on the first difference: a run that lost or doubled anything has no figure.
 */
export async function checkBooks(
  { db }: Bench,
  { campaignId, codeKeys }: BenchCampaign,
  expected: { accepted: number; refused: number },
): Promise<void> {
  const { rows } = await db.query<Record<string, number>>(
    `with told as materialized (${TOLD})
     select
       (select count(*) from activations where campaign_id = $1 and outcome = 'accepted')::int as accepted,
       (select count(*) from activations where campaign_id = $1 and outcome = 'refused')::int as refused,
       (select count(*) from activations where campaign_id = $1 and outcome not in ('accepted', 'refused'))::int as others,
       (select count(*) from grants where campaign_id = $1 and status = 'active' and balance = amount)::int as grants,
       (select sum(p.amount) from postings p join grants g using (grant_id)
          where g.campaign_id = $1 and p.kind = 'bonus_granted' and p.credit = 'player:bonus:' || g.grant_id)::int as posted,
       (select used + reserved from counters where counter_key = $1 || ':t')::int as total,
       (select used + reserved from counters where counter_key = $1 || ':b:' || $2)::int as budget,
       (select count(*) from counters where campaign_id = $1 and counter_key like '%:p:%' and used = 1)::int as players,
       (select coalesce(sum(uses), 0) from codes where code_key = any($3) and max_uses is not null)::int as uses,
       (select count(*) from codes where code_key = any($3) and uses > max_uses)::int as overused,
       coalesce((select count from told where type = 'code.activated'), 0)::int as activated,
       coalesce((select count from told where type = 'bonus.granted'), 0)::int as granted`,
    [campaignId, CURRENCY, codeKeys],
  );
  const { accepted, refused } = expected;
  const money = accepted * BONUS;
  const wanted: Record<string, number> = {
    accepted,
    refused,
    others: 0,
    grants: accepted,
    posted: money,
    total: accepted,
    budget: money,
    players: accepted,
    uses: codeKeys.length > 1 ? accepted : 0,
    overused: 0,
    activated: accepted,
    granted: accepted,
  };
  const found = rows[0] ?? {};
  const wrong = Object.entries(wanted).filter(([name, value]) => found[name] !== value);
  if (wrong.length > 0) {
    const lines = wrong.map(([name, value]) => `${name} is ${found[name]}, not ${value}`);
    throw new Error(`the books do not agree with the answers: ${lines.join('; ')}`);
  }
}

/** What the product stored of one activation, so that the baseline stores as much. */
export async function storedDetail(
  { db }: Bench,
  { campaignId }: BenchCampaign,
): Promise<{ entry: string; seen: string }> {
  const { rows } = await db.query<{ entry: string; seen: string }>(
    'select entry::text, seen::text from activations where campaign_id = $1 limit 1',
    [campaignId],
  );
  if (!rows[0]) throw new Error('no activation was stored');
  return rows[0];
}
