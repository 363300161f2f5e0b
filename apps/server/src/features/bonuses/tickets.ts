import { int4s, uuids } from '../../platform/arrays.ts';
import type { Queryable } from '../../platform/db.ts';

/** A bonus of kind `tournament_entry`, as far as its tickets need it. */
interface SeatsGranted {
  readonly playerId: string;
  readonly grantId: string;
  readonly brandId: string;
  readonly campaignId: string;
  readonly campaignVersion: number;
  readonly rewardIndex: number;
}

/** A ticket's id has the time of its bonus and the rest from bonus and seat: so issuing again makes no second one. */
const TICKET_ID = `(left(g.grant_id::text, 20) || substr(md5(g.grant_id::text || s.seat), 1, 3) || '-'
  || substr(md5(g.grant_id::text || s.seat), 4, 12))::uuid`;

/**
 * Issues a ticket for each seat that the rewards of the bonuses name, in the transaction that issues the bonuses. The
 * feature `tournaments` tells of them, and uses them.
 */
export async function issueTickets(connection: Queryable, grants: readonly SeatsGranted[]): Promise<void> {
  const column = <T>(of: (grant: SeatsGranted) => T): T[] => grants.map(of);
  await connection.query({
    name: 'tickets.issue',
    text: `insert into tickets (player_id, ticket_id, brand_id, grant_id, seat, tournament_key)
      select g.player_id, ${TICKET_ID}, g.brand_id, g.grant_id, s.seat,
        v.definition->'rewards'->g.reward_index->>'tournament'
      from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::int[], $6::int[])
          as g (player_id, grant_id, brand_id, campaign_id, version, reward_index)
        join campaign_versions v on v.campaign_id = g.campaign_id and v.version = g.version
          and v.campaign_id = any($4::uuid[])
        cross join generate_series(1, (v.definition->'rewards'->g.reward_index->>'seats')::int) as s (seat)
      on conflict do nothing`,
    values: [
      uuids(column(({ playerId }) => playerId)),
      uuids(column(({ grantId }) => grantId)),
      uuids(column(({ brandId }) => brandId)),
      uuids(column(({ campaignId }) => campaignId)),
      int4s(column(({ campaignVersion }) => campaignVersion)),
      int4s(column(({ rewardIndex }) => rewardIndex)),
    ],
  });
}
