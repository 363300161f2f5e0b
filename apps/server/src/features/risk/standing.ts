import { LISTED, type LoadedRisk, NOTHING_FOUND, PLAYER_LISTED } from './lookup.ts';

/** What is stored about who is behind an account, whatever device or address it is used from. */
export type Standing = Pick<LoadedRisk, 'profile' | 'listed'>;

/** As a statement reads it; null where there is nothing to say. */
export interface StandingRow {
  readonly findings: Standing['profile'] | null;
  /** A place in `LISTED`. */
  readonly list: number | null;
}

/** How a table keeps it. */
export const STANDING_DEFINITIONS = 'findings jsonb, list integer';

/**
 * Parts of a statement that reads players `t` of one brand, a range of ids at a time.
 * @param brandId an expression.
 * @param range a condition on `player_id`. It is said of profiles as well, as of a join nothing follows for the other side.
 */
export const standingOf = (brandId: string, range: string): { columns: string; join: string } => ({
  columns: `found.findings, case when (select exists (select from risk_lists where brand_id = ${brandId}))
    then (${PLAYER_LISTED}) end as list`,
  join: `left join (select player_id, findings from risk_profiles where ${range} and findings <> '[]') found using (player_id)`,
});

export const readStanding = ({ findings, list }: StandingRow): Standing => ({
  profile: findings ?? NOTHING_FOUND,
  listed: LISTED[list ?? -1] ?? null,
});
