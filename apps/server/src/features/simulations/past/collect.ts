import type { SimulationAssumption } from '@promosmith/contract';
import type { Millis } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';
import { STANDING_DEFINITIONS, standingOf } from '../../risk/index.ts';
import { definitionsOf, sourcesOf } from './columns.ts';
import type { Field } from './fields.ts';

/** The period, who is assumed to try in it, and what is to be known of them. */
export interface Asked {
  readonly brandId: string;
  /** When each day of the period begins, and when the last one ends. */
  readonly dayStarts: readonly Millis[];
  readonly assume: SimulationAssumption;
  readonly fields: ReadonlySet<Field>;
}

const PLAYERS_AT_ONCE = 5_000;
/** Of an id's 122 random bits those that a number holds exactly. */
const HEAD_DIGITS = 12;
/** Sorting all tries in a few runs, whatever the server lets others have. */
const SORTING = `set work_mem = '32MB'`;

/** Of this session alone, and gone with it. */
const tableOf = (fields: ReadonlySet<Field>): string =>
  `create temporary table tries (at bigint not null, "playerId" uuid not null, entry json,
    ${STANDING_DEFINITIONS}, ${definitionsOf(fields)})`;

/** Of `told`, below, and what else says that a player was there. */
const MOMENTS = {
  everyone: `select m.player_id, date_trunc('milliseconds', min(m.at)) as at, null as entry from (
      select player_id, time as at from told where type <> 'deposit.reversed' and time >= $4 and time < $5
      union all
      select player_id, at from bets
      where player_id > $2 and player_id <= $3 and brand_id = $1 and at >= $4 and at < $5
      union all
      select player_id, created_at from activations
      where player_id > $2 and player_id <= $3 and brand_id = $1 and created_at >= $4 and created_at < $5) m
    where $7::uuid is null
    group by m.player_id, width_bucket(m.at, $6::timestamptz[])`,
  as_campaign: `select distinct player_id, date_trunc('milliseconds', created_at) as at, entry::text from activations
    where player_id > $2 and player_id <= $3 and brand_id = $1 and created_at >= $4 and created_at < $5
      and campaign_id = $7 and $6::timestamptz[] is not null`,
} as const;

const STANDING = standingOf('$1', 'player_id > $2 and player_id <= $3');

/** Which of what a player was told of says how they stood at a try, besides their row. */
function tellingOf(fields: ReadonlySet<Field>): string {
  const ofDeposits = ['depositCount', 'totalDeposits', 'lastDepositAt'] as const;
  const deposits = ofDeposits.some((field) => fields.has(field))
    ? ['deposit.succeeded', 'deposit.reversed']
    : [];
  const types = fields.has('lastLoginAt') ? [...deposits, 'login'] : deposits;
  return types.map((type) => `'${type}'`).join(', ') || 'null';
}

/**
 * Tables of players are keyed by them: each part is a range of every one of them. It is said of each: of a join nothing
 * follows for the other side, and all players there are would be read for each part. Events are read once, and gone
 * through in order of time together with the tries: what a try has behind it is what came up to it.
 */
const statementOf = (kind: keyof typeof MOMENTS, fields: ReadonlySet<Field>): string => `insert into tries
  with mine as materialized (
    select t.*, ${STANDING.columns} from players t ${STANDING.join}
    where brand_id = $1 and player_id > $2 and player_id <= $3),
  told as materialized (
    select player_id, type, time,
      case type when 'deposit.succeeded' then 1 when 'deposit.reversed' then -1 end as sign,
      case when type <> 'login' then (data->>'amount')::numeric end as amount,
      case when type <> 'login' then data->>'currency' end as currency
    from platform_events
    where player_id > $2 and player_id <= $3 and brand_id = $1
      and type in ('login', 'deposit.succeeded', 'deposit.reversed')),
  tried as (${MOMENTS[kind]}),
  both_in_time as (
    select player_id, at, true as is_try, entry, null as type, null::integer as sign, null::numeric as amount from tried
    union all
    select player_id, d.time, false, null, d.type, d.sign,
      case when d.currency = p.currency then d.sign * d.amount end
    from told d join mine p using (player_id) where d.type in (${tellingOf(fields)})),
  stood as (
    select player_id, at, is_try, entry,
      (coalesce(sum(sign) over whole, 0) - coalesce(sum(sign) over until_then, 0))::integer as later_count,
      (coalesce(sum(amount) over whole, 0) - coalesce(sum(amount) over until_then, 0))::bigint as later_sum,
      max(at) filter (where type = 'deposit.succeeded') over until_then as deposited_at,
      max(at) filter (where type = 'login') over until_then as logged_in_at
    from both_in_time
    window whole as (partition by player_id), until_then as (partition by player_id order by at))
  select floor(date_part('epoch', s.at) * 1000 + 0.0005)::bigint, s.player_id, s.entry::json, p.findings, p.list,
    ${sourcesOf(fields)}
  from stood s join mine p using (player_id) where s.is_try`;

/**
 * Writes down who tries and when, player by player, in a table of each session: the first one has the players of the lowest
 * ids, and so on. Sessions work at the same time.
 * @param tell told of the share of players that were looked at.
 * @returns how many tries there are.
 */
export async function collectTries(
  sessions: readonly Queryable[],
  asked: Asked,
  tell: (share: number) => void,
): Promise<number> {
  const width = 1 / sessions.length;
  const shares = sessions.map(() => 0);
  const tries = await Promise.all(
    sessions.map((session, n) =>
      collectRange(session, asked, { after: idAt(n * width), until: idAt((n + 1) * width) }, (place) => {
        shares[n] = place - n * width;
        tell(sum(shares));
      }),
    ),
  );
  return sum(tries);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, one) => total + one, 0);

/** Ids of players: the first is outside, the last inside. */
interface Range {
  readonly after: string;
  readonly until: string;
}

/** @param tell told where among all ids there can be those are that were looked at. */
async function collectRange(
  session: Queryable,
  { brandId, dayStarts, assume, fields }: Asked,
  range: Range,
  tell: (place: number) => void,
): Promise<number> {
  await session.query(SORTING);
  await session.query(tableOf(fields));
  const statement = statementOf(assume.kind, fields);
  const campaignId = assume.kind === 'as_campaign' ? assume.campaignId : null;
  const starts = dayStarts.map((start) => new Date(start));
  const [from, until] = [starts[0], starts.at(-1)];
  let tries = 0;
  for (let { after } = range; ; ) {
    const last = await lastOfPart(session, brandId, { ...range, after });
    if (last === undefined) return tries;
    const { rowCount } = await session.query(statement, [
      brandId,
      after,
      last,
      from,
      until,
      starts,
      campaignId,
    ]);
    tries += rowCount ?? 0;
    tell(placeOf(last));
    after = last;
  }
}

async function lastOfPart(
  session: Queryable,
  brandId: string,
  { after, until }: Range,
): Promise<string | undefined> {
  const { rows } = await session.query<{ last: string }>(
    `select player_id as last from (
       select player_id from players where brand_id = $1 and player_id > $2 and player_id <= $3
       order by player_id limit $4) part
     order by player_id desc limit 1`,
    [brandId, after, until, PLAYERS_AT_ONCE],
  );
  return rows[0]?.last;
}

/** Ids are hashes: where one lies among all there can be is the share of players before it. */
const placeOf = (id: string): number =>
  Number.parseInt(id.replaceAll('-', '').slice(0, HEAD_DIGITS), 16) / 16 ** HEAD_DIGITS;

/** The opposite; of 1, the last id there can be. */
function idAt(place: number): string {
  if (place >= 1) return 'ffffffff-ffff-ffff-ffff-ffffffffffff';
  const head = Math.floor(place * 16 ** HEAD_DIGITS)
    .toString(16)
    .padStart(HEAD_DIGITS, '0');
  return `${head.slice(0, 8)}-${head.slice(8)}-0000-0000-000000000000`;
}
