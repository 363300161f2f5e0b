import type { Claim, CounterState } from '@promosmith/core/activation';
import { int8s, rowsOf, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { takeFromCodes } from '../../codes/index.ts';

export async function loadCounters(
  connection: Queryable,
  keys: readonly string[],
): Promise<Map<string, CounterState>> {
  if (keys.length === 0) return new Map();
  const { rows } = await connection.query<CounterState & { counter_key: string }>({
    name: 'counters.load',
    text: 'select counter_key, used, reserved from counters where counter_key = any($1::text[])',
    values: [texts(keys)],
  });
  return new Map(rows.map(({ counter_key, used, reserved }) => [counter_key, { used, reserved }]));
}

/** What a batch takes from one counter, all its activations together. */
export interface Take {
  readonly key: string;
  readonly campaignId: string;
  readonly home: Claim['home'];
  readonly refusal: Claim['refusal'];
  readonly hot: boolean;
  readonly maximum: number;
  /** The most one activation takes: when less than this is left, the counter is spent. */
  readonly step: number;
  /** What the counter was at when the batch was decided; undefined when it was not there yet. */
  readonly before: number | undefined;
  /** Where the counter may be: no lower than `from` before the take, and no higher than `to` after it. */
  readonly from: number;
  readonly to: number;
  used: number;
  reserved: number;
}

/** A counter after the take. */
export interface Taken extends Take {
  readonly usedNow: number;
  readonly reservedNow: number;
}

/** A guard refused: the world was out of date. The batch rolls back, loads again and decides again. */
export class GuardFailed extends Error {
  constructor(what: string) {
    super(`the guard on ${what} refused the write`);
    this.name = 'GuardFailed';
  }
}

const byKey = (a: Take, b: Take): number => (a.key < b.key ? -1 : 1);

const inKeyOrder = (takes: readonly Take[], home: Claim['home']): Take[] =>
  takes.filter((take) => take.home === home).sort(byKey);

const COUNTER_ROWS = rowsOf({
  counter_key: 'text',
  campaign_id: 'uuid',
  used: 'int8',
  reserved: 'int8',
  maximum: 'int8',
});

const columnsOf = (takes: readonly Take[]): Buffer[] => [
  texts(takes.map(({ key }) => key)),
  uuids(takes.map(({ campaignId }) => campaignId)),
  int8s(takes.map(({ used }) => used)),
  int8s(takes.map(({ reserved }) => reserved)),
  int8s(takes.map(({ maximum }) => maximum)),
];

/**
 * Takes from counters, and makes those that are not there yet. One that would pass its maximum fails the transaction
 * with `GF001`. Rows are taken in key order, so two batches never wait for each other in a circle.
 * @param tell whether the caller wants to know the counters after it; most often nobody does.
 */
export async function takeCounters(
  connection: Queryable,
  takes: readonly Take[],
  tell: boolean,
): Promise<Taken[]> {
  const rows = inKeyOrder(takes, 'counter');
  if (rows.length === 0) return [];
  const result = await connection.query<{ counter_key: string; used: number; reserved: number }>({
    name: 'counters.take',
    text: `with taken as (
        insert into counters as c (counter_key, campaign_id, used, reserved, maximum)
        select * from (${COUNTER_ROWS}) t where t.used + t.reserved <= t.maximum
        on conflict (counter_key) do update
          set used = c.used + excluded.used, reserved = c.reserved + excluded.reserved, maximum = excluded.maximum
          where c.used + c.reserved + excluded.used + excluded.reserved <= excluded.maximum
        returning counter_key, used, reserved)
      select counter_key, used, reserved from taken where $6
      union all select null, null, null where not insist((select count(*) from taken) = cardinality($1))`,
    values: [...columnsOf(rows), tell],
  });
  return tell ? takenBy(rows, new Map(result.rows.map((row) => [row.counter_key, row]))) : [];
}

/**
 * As `takeCounters`, for counters that were not there when the batch was decided, which counted from nothing: one that
 * has been made since violates their key. Cheaper than `on conflict` is for every row.
 */
export async function makeCounters(connection: Queryable, takes: readonly Take[]): Promise<void> {
  const rows = inKeyOrder(takes, 'counter');
  if (rows.length === 0) return;
  await connection.query({
    name: 'counters.make',
    text: `insert into counters (counter_key, campaign_id, used, reserved, maximum) ${COUNTER_ROWS}`,
    values: columnsOf(rows),
  });
}

/** As `takeCounters`, for counters that are there: one that would leave its bounds fails the transaction. */
export async function takeWithinBounds(connection: Queryable, takes: readonly Take[]): Promise<void> {
  const rows = inKeyOrder(takes, 'counter');
  if (rows.length === 0) return;
  await connection.query({
    name: 'counters.take_within',
    text: `with taken as (
        update counters c set used = c.used + t.used, reserved = c.reserved + t.reserved, maximum = t.maximum
        from unnest($1::text[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[], $6::bigint[])
          as t (k, used, reserved, maximum, least, most)
        where c.counter_key = t.k and c.counter_key = any($1::text[]) and c.used + c.reserved >= t.least
          and c.used + c.reserved + t.used + t.reserved <= t.most
        returning 1)
      select where not insist((select count(*) from taken) = cardinality($1))`,
    values: [
      texts(rows.map(({ key }) => key)),
      int8s(rows.map(({ used }) => used)),
      int8s(rows.map(({ reserved }) => reserved)),
      int8s(rows.map(({ maximum }) => maximum)),
      int8s(rows.map(({ from }) => from)),
      int8s(rows.map(({ to }) => to)),
    ],
  });
}

/** As `takeCounters`, for the counters that live on the codes themselves. */
export async function takeCodes(
  connection: Queryable,
  takes: readonly Take[],
  tell: boolean,
): Promise<Taken[]> {
  const rows = inKeyOrder(takes, 'code');
  if (rows.length === 0) return [];
  const after = await takeFromCodes(connection, rows, tell);
  return tell ? takenBy(rows, after) : [];
}

function takenBy(
  takes: readonly Take[],
  after: ReadonlyMap<string, { used: number; reserved: number }>,
): Taken[] {
  return takes.map((take) => {
    const row = after.get(take.key);
    if (!row) throw new Error(`the take from ${take.key} is not among the answers`);
    return { ...take, usedNow: row.used, reservedNow: row.reserved };
  });
}
