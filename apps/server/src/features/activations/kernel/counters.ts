import type { Claim, CounterState } from '@promosmith/core/activation';
import { int8s, texts, uuids } from '../../../platform/arrays.ts';
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

/**
 * Takes from counters, guarded: a row that would pass its maximum is left alone and the whole batch is refused.
 * Rows are taken in key order, so two batches never wait for each other in a circle.
 */
export async function takeCounters(connection: Queryable, takes: readonly Take[]): Promise<Taken[]> {
  const rows = takes.filter(({ home }) => home === 'counter').sort(byKey);
  if (rows.length === 0) return [];
  const result = await connection.query<{ counter_key: string; used: number; reserved: number }>({
    name: 'counters.take',
    text: `insert into counters as c (counter_key, campaign_id, used, reserved, maximum)
      select * from unnest($1::text[], $2::uuid[], $3::bigint[], $4::bigint[], $5::bigint[]) as t (k, campaign, used, reserved, maximum)
      where t.used + t.reserved <= t.maximum
      on conflict (counter_key) do update
        set used = c.used + excluded.used, reserved = c.reserved + excluded.reserved, maximum = excluded.maximum
        where c.used + c.reserved + excluded.used + excluded.reserved <= excluded.maximum
      returning counter_key, used, reserved`,
    values: [
      texts(rows.map(({ key }) => key)),
      uuids(rows.map(({ campaignId }) => campaignId)),
      int8s(rows.map(({ used }) => used)),
      int8s(rows.map(({ reserved }) => reserved)),
      int8s(rows.map(({ maximum }) => maximum)),
    ],
  });
  const after = new Map(result.rows.map((row) => [row.counter_key, row]));
  return rows.map((take) => taken(take, after.get(take.key)));
}

/** As `takeCounters`, for the counters that live on the codes themselves. */
export async function takeCodes(connection: Queryable, takes: readonly Take[]): Promise<Taken[]> {
  const rows = takes.filter(({ home }) => home === 'code').sort(byKey);
  if (rows.length === 0) return [];
  const after = await takeFromCodes(connection, rows);
  return rows.map((take) => taken(take, after.get(take.key)));
}

function taken(take: Take, row: { used: number; reserved: number } | undefined): Taken {
  if (!row) throw new GuardFailed(take.key);
  return { ...take, usedNow: row.used, reservedNow: row.reserved };
}
