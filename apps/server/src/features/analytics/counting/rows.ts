import { instants, int4s, int8s, texts, uuids } from '../../../platform/arrays.ts';
import type { Statement } from '../../../platform/sending.ts';
import type { Profile } from './profile.ts';
import type { FactRow } from './profiles.ts';

/** Keeps the profiles of facts that are not. They come and never change. */
export function keepingProfiles(brandId: string, facts: readonly FactRow[]): Statement[] {
  const distinct = [
    ...new Map(facts.flatMap(({ profile }) => (profile ? [[profile.profileId, profile]] : []))).values(),
  ];
  if (distinct.length === 0) return [];
  const column = <T>(of: (profile: Profile) => T): T[] => distinct.map(of);
  return [
    {
      name: 'analytics.keepProfiles',
      text: `insert into fact_profiles (brand_id, profile_id, code_key, batch_id, source, affiliate, segments, country, device, channel)
        select $1::uuid, profile, code, batch, source, affiliate,
          array(select json_array_elements_text(segments::json)), country, device, channel
        from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::text[], $8::text[], $9::text[], $10::text[])
          as t (profile, code, batch, source, affiliate, segments, country, device, channel)
        order by profile on conflict do nothing`,
      values: [
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
    },
  ];
}

/**
 * Keeps the rows behind numbers of campaigns; of what is of no campaign there are none. Those of a player go in one after
 * the other, as they are found in one place.
 */
export function keepingRows(brandId: string, facts: readonly FactRow[]): Statement[] {
  const rows = facts.filter(({ campaignId }) => campaignId !== null).sort(byPlayer);
  if (rows.length === 0) return [];
  const column = <T>(of: (fact: FactRow) => T): T[] => rows.map(of);
  return [
    {
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
    },
  ];
}

const byPlayer = (a: FactRow, b: FactRow): number =>
  a.playerId < b.playerId ? -1 : a.playerId > b.playerId ? 1 : 0;
