import type { Entry, Millis } from '@promosmith/core/activation';
import type { Queryable } from '../../../platform/db.ts';
import type { KnownPlayer } from '../../players/index.ts';
import type { StandingRow } from '../../risk/index.ts';
import type { Field } from './fields.ts';

/** A try as it was collected, without what the campaign does not look at. Instants are milliseconds since the epoch. */
export type Row = { at: Millis; playerId: string; entry: Entry | null } & StandingRow & {
    readonly [Name in Field]?: KnownPlayer[Name] extends Date | null ? number | null : KnownPlayer[Name];
  };

const PAGE = 4_000;
const FETCHED = 2_000;

/**
 * Sorted once and kept aside: what a try finds of its player lies beside it, and no transaction stays open meanwhile, which
 * would keep PostgreSQL from tidying up what everybody else changes. The table is not needed any more.
 */
const IN_TIME = `declare tries_in_time no scroll cursor with hold for
  select * from tries order by at, "playerId", entry::text`;
const NEXT = `fetch ${FETCHED} from tries_in_time`;

/**
 * What sessions collected, in order of time and of players, in pages of 4,000. Each session sorts its own, and reads on while
 * what it read is being used.
 * @param sessions in order of their players.
 */
export async function* inTime(sessions: readonly Queryable[]): AsyncGenerator<Row[], undefined> {
  const all = await Promise.all(sessions.map(sortedOf));
  for (;;) {
    const page: Row[] = [];
    while (page.length < PAGE) {
      const earliest = earliestOf(all);
      if (!earliest?.row) break;
      page.push(earliest.row);
      // Nothing is waited for within what was read: a page would take as many turns as it has tries.
      if (!earliest.step()) await earliest.turn();
    }
    if (page.length === 0) return;
    yield page;
  }
}

/** What one session collected, in order of time. */
interface Sorted {
  /** The next one; undefined when there is none. */
  readonly row: Row | undefined;
  /** @returns whether the one after it was read already: else it takes a turn. */
  step(): boolean;
  turn(): Promise<void>;
}

/** Of two at the same time the former has the lower id. */
function earliestOf(all: readonly Sorted[]): Sorted | undefined {
  let earliest: Sorted | undefined;
  for (const one of all) if (one.row && (!earliest?.row || one.row.at < earliest.row.at)) earliest = one;
  return earliest;
}

async function sortedOf(session: Queryable): Promise<Sorted> {
  await session.query(IN_TIME);
  await session.query('drop table tries');
  const fetchNext = async (): Promise<readonly Row[]> => (await session.query<Row>(NEXT)).rows;
  let rows: readonly Row[] = [];
  let place = 0;
  let next = fetchNext();
  const sorted = {
    row: undefined as Row | undefined,
    step() {
      sorted.row = rows[++place];
      return sorted.row !== undefined;
    },
    async turn() {
      rows = await next;
      place = 0;
      sorted.row = rows[0];
      if (!sorted.row) return;
      next = fetchNext();
      // Told at the next turn, which may never be.
      next.catch(() => undefined);
    },
  };
  await sorted.turn();
  return sorted;
}
