import { instants, int4s, int8s, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { Profile } from './profile.ts';
import type { FactRow } from './profiles.ts';

/** Keeps profiles that are not. They come and never change. */
export async function keepProfiles(
  tx: Queryable,
  brandId: string,
  profiles: readonly (Profile | null)[],
): Promise<void> {
  const distinct = [...new Map(profiles.flatMap((one) => (one ? [[one.profileId, one]] : []))).values()];
  if (distinct.length === 0) return;
  const column = <T>(of: (profile: Profile) => T): T[] => distinct.map(of);
  await tx.query(
    `insert into fact_profiles (brand_id, profile_id, code_key, batch_id, source, affiliate, segments, country, device, channel)
     select $1::uuid, profile, code, batch, source, affiliate,
       array(select json_array_elements_text(segments::json)), country, device, channel
     from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
       as t (profile, code, batch, source, affiliate, segments, country, device, channel)
     order by profile on conflict do nothing`,
    [
      brandId,
      uuids(column(({ profileId }) => profileId)),
      uuids(column(({ code }) => code)),
      uuids(column(({ batch }) => batch)),
      texts(column(({ source }) => source)),
      texts(column(({ affiliate }) => affiliate)),
      texts(column(({ segments }) => JSON.stringify(segments))),
      texts(column(({ country }) => country)),
      texts(column(({ device }) => device)),
      texts(column(({ channel }) => channel)),
    ],
  );
}

/** Keeps the rows behind numbers of campaigns; of what is of no campaign there are none. */
export async function keepRows(tx: Queryable, brandId: string, facts: readonly FactRow[]): Promise<void> {
  const rows = facts.filter(({ campaignId }) => campaignId !== null);
  if (rows.length === 0) return;
  const column = <T>(of: (fact: FactRow) => T): T[] => rows.map(of);
  await tx.query({
    name: 'analytics.rows',
    text: `insert into facts (player_id, fact_id, brand_id, campaign_id, measure, detail, currency, count, amount, at,
        profile_id, about)
      select unnest($2::uuid[]), unnest($3::uuid[]), $1::uuid, unnest($4::uuid[]), unnest($5::text[]), unnest($6::text[]),
        unnest($7::text[]), unnest($8::int4[]), unnest($9::int8[]), unnest($10::timestamptz[]), unnest($11::uuid[]),
        unnest($12::uuid[])`,
    values: [
      brandId,
      uuids(column(({ playerId }) => playerId)),
      uuids(column(({ factId }) => factId)),
      uuids(column(({ campaignId }) => campaignId)),
      texts(column(({ measure }) => measure)),
      texts(column(({ detail }) => detail)),
      texts(column(({ currency }) => currency)),
      int4s(column(({ count }) => count)),
      int8s(column(({ amount }) => Number(amount))),
      instants(column(({ at }) => at)),
      uuids(column(({ profile }) => profile?.profileId ?? null)),
      uuids(column(({ about }) => about)),
    ],
  });
}
