import type { Database, Queryable } from '../../platform/db.ts';
import { doEachDue } from '../../platform/do-due.ts';
import type { SetAside } from '../../platform/set-aside.ts';

/** A report as it was counted last. */
export interface KeptReport<Body> {
  readonly body: Body;
  readonly countedAt: Date;
}

/** Counts a report. @returns undefined when there is nothing of the id that it could be about. */
export type CountReport<Body> = (
  tx: Queryable,
  brandId: string,
  subjectId: string,
) => Promise<Body | undefined>;

/** Reads a report, which is counted at once when nobody has asked for it in a while. */
export type ReadReport<Body> = (brandId: string, subjectId: string) => Promise<KeptReport<Body> | undefined>;

export interface KeptReports {
  /** Registers a kind of report. Its body is JSON. */
  keep<Body extends object>(kind: string, count: CountReport<Body>): ReadReport<Body>;
  /** Counts those that are due again. @returns whether there may be more. */
  refresh(aside: SetAside): Promise<boolean>;
  /** Forgets those that nobody has asked for in a while: they are counted again for who does. */
  forget(): Promise<void>;
}

interface Key {
  readonly brandId: string;
  readonly kind: string;
  readonly subjectId: string;
}

/** Counting takes one part in so many of the database's time, and is done once a minute at most. */
const PAUSE_PER_TIME = 20;
const SHORTEST_PAUSE = "interval '1 minute'";
/** Whoever reads gets nothing that should have been counted again so long ago. */
const OVERDUE = "interval '1 hour'";
const FORGOTTEN_AFTER = "interval '30 days'";
const AT_ONCE = 20;

/**
 * Reports that take longer to count than anybody waits: counted in the background, the rarer the longer it takes, and read
 * as they are, which is one row.
 */
export function createKeptReports(db: Database): KeptReports {
  const counts = new Map<string, CountReport<object>>();
  /** What is being counted here for somebody who asked: whoever asks meanwhile waits for the same. */
  const counting = new Map<string, Promise<void>>();

  function countFirst(key: Key, count: CountReport<object>): Promise<void> {
    const name = nameOf(key);
    const under = counting.get(name);
    if (under) return under;
    const counted = db
      .transaction(async (tx) => {
        await giveRoom(tx);
        await write(tx, key, await count(tx, key.brandId, key.subjectId));
      })
      .finally(() => counting.delete(name));
    counting.set(name, counted);
    return counted;
  }

  async function countAgain(key: Key): Promise<boolean> {
    const count = counts.get(key.kind);
    if (!count) return false;
    await db.transaction(async (tx) => {
      const { rows } = await tx.query(
        `select from kept_reports where brand_id = $1 and kind = $2 and subject_id = $3 and due_at <= now()
         for update skip locked`,
        [key.brandId, key.kind, key.subjectId],
      );
      if (rows.length === 0) return;
      await giveRoom(tx);
      await write(tx, key, await count(tx, key.brandId, key.subjectId));
    });
    return true;
  }

  return {
    keep<Body extends object>(kind: string, count: CountReport<Body>): ReadReport<Body> {
      counts.set(kind, count);
      return async (brandId, subjectId) => {
        const key = { brandId, kind, subjectId };
        const kept = await read<Body>(db, key);
        if (kept) return kept;
        await countFirst(key, count);
        return read<Body>(db, key);
      };
    },

    refresh: (aside) =>
      doEachDue(aside, { find: (names) => findDue(db, names, [...counts.keys()]), nameOf, work: countAgain }),

    async forget() {
      await db.query(`delete from kept_reports where asked_at < now() - ${FORGOTTEN_AFTER}`);
    },
  };
}

/** Grouping a million days on disk takes much longer than in memory. */
async function giveRoom(tx: Queryable): Promise<void> {
  await tx.query(`set local work_mem = '64MB'`);
}

const nameOf = ({ brandId, kind, subjectId }: Key): string => `${kind} ${subjectId} ${brandId}`;

/** That somebody asked is noted once an hour. */
async function read<Body>(db: Queryable, key: Key): Promise<KeptReport<Body> | undefined> {
  const { rows } = await db.query<KeptReport<Body> & { isOldNews: boolean }>(
    `select body, counted_at as "countedAt", asked_at < now() - interval '1 hour' as "isOldNews" from kept_reports
     where brand_id = $1 and kind = $2 and subject_id = $3 and due_at > now() - ${OVERDUE}`,
    [key.brandId, key.kind, key.subjectId],
  );
  const [kept] = rows;
  if (kept?.isOldNews)
    await db.query(
      'update kept_reports set asked_at = now() where brand_id = $1 and kind = $2 and subject_id = $3',
      [key.brandId, key.kind, key.subjectId],
    );
  return kept && { body: kept.body, countedAt: kept.countedAt };
}

/** Of what there is no more, the report goes. @param tx in which it was counted, from its beginning. */
async function write(tx: Queryable, key: Key, body: object | undefined): Promise<void> {
  const named = [key.brandId, key.kind, key.subjectId];
  if (body === undefined) {
    await tx.query('delete from kept_reports where brand_id = $1 and kind = $2 and subject_id = $3', named);
    return;
  }
  await tx.query(
    `insert into kept_reports as k (brand_id, kind, subject_id, body, counted_at, due_at)
     select $1::uuid, $2, $3::uuid, $4::jsonb, now(), clock_timestamp()
       + greatest(${SHORTEST_PAUSE}, ${PAUSE_PER_TIME} * (clock_timestamp() - now()))
     on conflict (brand_id, kind, subject_id) do update
     set body = excluded.body, counted_at = excluded.counted_at, due_at = excluded.due_at
     where k.counted_at <= excluded.counted_at`,
    [...named, JSON.stringify(body)],
  );
}

async function findDue(db: Queryable, aside: readonly string[], kinds: readonly string[]): Promise<Key[]> {
  const { rows } = await db.query<Key>(
    `select brand_id as "brandId", kind, subject_id as "subjectId" from kept_reports
     where due_at <= now() and kind = any($2) and concat_ws(' ', kind, subject_id, brand_id) <> all($1)
     order by due_at limit ${AT_ONCE}`,
    [aside, kinds],
  );
  return rows;
}
