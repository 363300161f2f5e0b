import { uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { Profile } from './profile.ts';

type Profiled<Row> = Omit<Row, 'profileId'> & { readonly profile: Profile | null };

/** Rows with the profiles that they name. Of thousands of rows there are few, and each is read once. */
export async function withProfiles<Row extends { readonly profileId: string | null }>(
  tx: Queryable,
  brandId: string,
  rows: readonly Row[],
): Promise<Profiled<Row>[]> {
  const named = [...new Set(rows.flatMap(({ profileId }) => profileId ?? []))];
  const known = new Map((await find(tx, brandId, named)).map((profile) => [profile.profileId, profile]));
  return rows.map(({ profileId, ...row }) => ({
    ...row,
    profile: profileId === null ? null : (known.get(profileId) ?? null),
  }));
}

async function find(tx: Queryable, brandId: string, profileIds: readonly string[]): Promise<Profile[]> {
  if (profileIds.length === 0) return [];
  const { rows } = await tx.query<Profile>({
    name: 'analytics.profiles',
    text: `select p.profile_id as "profileId", p.code_key as code, p.batch_id as batch, p.source, p.affiliate, p.segments,
        p.country, p.device, p.channel
      from unnest($2::uuid[]) as t (profile)
      cross join lateral (select * from fact_profiles p where p.brand_id = $1 and p.profile_id = t.profile offset 0) p`,
    values: [brandId, uuids(profileIds)],
  });
  return rows;
}
