import type { Queryable } from '../../../platform/db.ts';

/** Who is in a cohort report, and since when. */
export interface Source {
  /**
   * A `select` of player_id, grp (text: the group) and at (timestamptz), one row for each player, of the brand $1 and the
   * subject $2.
   */
  readonly members: string;
  /** The groups of a subject in their order; undefined when there is no such subject. */
  groups(db: Queryable, brandId: string, subjectId: string): Promise<readonly Group[] | undefined>;
}

export interface Group {
  readonly key: string;
  readonly name: string | null;
}

const ALL: readonly Group[] = [{ key: 'all', name: null }];

/** By registration; players of whom no registration was told are in no cohort. */
export const REGISTRATION: Source = {
  members: `select player_id, 'all'::text as grp, registered_at as at from players
    where brand_id = $1 and registered_at is not null and $2::uuid is not null`,
  groups: async () => ALL,
};

/** By the first code a player had taken. */
export const FIRST_OF_ALL: Source = {
  members: `select player_id, 'all'::text as grp, min(at) as at from first_activations
    where brand_id = $1 and $2::uuid is not null group by player_id`,
  groups: async () => ALL,
};

/** By the first code of a campaign. */
export const FIRST_OF_CAMPAIGN: Source = {
  members: `select player_id, 'all'::text as grp, at from first_activations where brand_id = $1 and campaign_id = $2`,
  groups: async (db, brandId, campaignId) => {
    const { rows } = await db.query('select from campaigns where brand_id = $1 and campaign_id = $2', [
      brandId,
      campaignId,
    ]);
    return rows.length > 0 ? ALL : undefined;
  },
};
