import type { SimulationAssumption } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

/** The period, and who is assumed to try in it. */
export interface Asked {
  readonly brandId: string;
  readonly timeZone: string;
  /** Half-open. */
  readonly from: Date;
  readonly until: Date;
  readonly assume: SimulationAssumption;
}

const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const PLAYERS_AT_ONCE = 5_000;
/** Of an id's 122 random bits those that a number holds exactly. */
const HEAD_DIGITS = 12;

/** Of this session alone, and gone with it. */
const TRIES = `create temporary table tries (
  at timestamptz not null,
  player_id uuid not null,
  -- what the player's row has of deposits that were made later
  later_count integer not null,
  later_sum bigint not null,
  deposited_at timestamptz,
  logged_in_at timestamptz,
  entry json)`;

/** Of `told`, below, and what else says that a player was there. */
const MOMENTS = {
  everyone: `select m.player_id, date_trunc('milliseconds', min(m.at)) as at, null::json as entry from (
      select player_id, time as at from told where type <> 'deposit.reversed' and time >= $4 and time < $5
      union all
      select player_id, at from bets
      where player_id > $2 and player_id <= $3 and brand_id = $1 and at >= $4 and at < $5
      union all
      select player_id, created_at from activations
      where player_id > $2 and player_id <= $3 and brand_id = $1 and created_at >= $4 and created_at < $5) m
    where $7::uuid is null
    group by m.player_id, (m.at at time zone $6)::date`,
  as_campaign: `select player_id, date_trunc('milliseconds', created_at) as at, entry from activations
    where player_id > $2 and player_id <= $3 and brand_id = $1 and created_at >= $4 and created_at < $5
      and campaign_id = $7 and $6::text is not null`,
} as const;

/**
 * Tables of players are keyed by them: each part is a range of every one of them. It is said of each: of a join nothing
 * follows for the other side, and all players there are would be read for each part. Events are read once.
 */
const statementOf = (kind: keyof typeof MOMENTS): string => `insert into tries
  with told as materialized (
    select player_id, type, time, (data->>'amount')::numeric as amount, data->>'currency' as currency
    from platform_events
    where player_id > $2 and player_id <= $3 and brand_id = $1
      and type in ('login', 'deposit.succeeded', 'deposit.reversed')),
  tried as (${MOMENTS[kind]})
  select t.at, t.player_id,
    count(*) filter (where d.type = 'deposit.succeeded' and d.time > t.at)
      - count(*) filter (where d.type = 'deposit.reversed' and d.time > t.at),
    coalesce(sum(case d.type when 'deposit.succeeded' then d.amount else -d.amount end)
      filter (where d.type <> 'login' and d.time > t.at and d.currency = p.currency), 0)::bigint,
    max(d.time) filter (where d.type = 'deposit.succeeded' and d.time <= t.at),
    max(d.time) filter (where d.type = 'login' and d.time <= t.at),
    t.entry::text::json
  from tried t
  join players p on p.player_id = t.player_id and p.player_id > $2 and p.player_id <= $3
  left join told d on d.player_id = t.player_id
  group by t.player_id, t.at, t.entry::text, p.currency`;

/**
 * Writes down who tries and when, in a table of the session, player by player.
 * @param tell told of the share of players that were looked at.
 */
export async function collectTries(
  session: Queryable,
  { brandId, timeZone, from, until, assume }: Asked,
  tell: (share: number) => void,
): Promise<void> {
  await session.query(TRIES);
  const statement = statementOf(assume.kind);
  const campaignId = assume.kind === 'as_campaign' ? assume.campaignId : null;
  for (let after = FIRST_ID; ; ) {
    const last = await lastOfPart(session, after);
    if (last === undefined) break;
    await session.query(statement, [brandId, after, last, from, until, timeZone, campaignId]);
    tell(placeOf(last));
    after = last;
  }
  await session.query('create index on tries (at, player_id)');
  await session.query('analyze tries');
}

async function lastOfPart(session: Queryable, after: string): Promise<string | undefined> {
  const { rows } = await session.query<{ last: string }>(
    `select player_id as last from (
       select player_id from players where player_id > $1 order by player_id limit $2) part
     order by player_id desc limit 1`,
    [after, PLAYERS_AT_ONCE],
  );
  return rows[0]?.last;
}

/** Ids are hashes: where one lies among all there can be is the share of players before it. */
const placeOf = (id: string): number =>
  Number.parseInt(id.replaceAll('-', '').slice(0, HEAD_DIGITS), 16) / 16 ** HEAD_DIGITS;
