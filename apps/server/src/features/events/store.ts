import type { Queryable } from '../../platform/db.ts';
import type { IncomingEvent } from './consumers.ts';

/** `known`: there is an event of that player and id already, or one that tells of the same deposit or its reversal. */
export type Verdict = 'fresh' | 'known' | Untimely;

export type Untimely = 'event_in_future' | 'event_too_old';

const GIVEN = `jsonb_to_recordset($1::jsonb)
  as given (n int, player_id uuid, event_id text, brand_id uuid, type text, at_ms bigint, data jsonb)`;

const givenRows = (events: readonly IncomingEvent[]): string =>
  JSON.stringify(
    events.map((event, n) => ({
      n,
      player_id: event.playerId,
      event_id: event.id,
      brand_id: event.brandId,
      type: event.type,
      at_ms: Date.parse(event.time),
      data: event.data,
    })),
  );

/** Says of an instant called `time` what is wrong with it; null when it is timely. */
const FLAW = `case
  when time > now() + interval '5 minutes' then 'event_in_future'
  when time < now() - interval '90 days' then 'event_too_old'
end`;

/** What is wrong with the time of each of the events, in the same order. */
export async function findFlaws(
  db: Queryable,
  events: readonly IncomingEvent[],
): Promise<(Untimely | null)[]> {
  const { rows } = await db.query<{ flaw: Untimely | null }>(
    `select ${FLAW} as flaw from unnest($1::bigint[]) with ordinality as given (at_ms, n),
       lateral (select timestamptz 'epoch' + at_ms * interval '1 millisecond' as time) as dated order by n`,
    [events.map(({ time }) => Date.parse(time))],
  );
  return rows.map(({ flaw }) => flaw);
}

/**
 * Records the events that are new and timely, in key order.
 * @param events each player and id once, and each deposit.
 * @returns the verdict on each, in the same order.
 */
export async function recordEvents(tx: Queryable, events: readonly IncomingEvent[]): Promise<Verdict[]> {
  const { rows } = await tx.query<{ verdict: Verdict }>(
    `with dated as (
       select *, timestamptz 'epoch' + at_ms * interval '1 millisecond' as time from ${GIVEN}
     ), judged as (
       select *, ${FLAW} as flaw from dated
     ), recorded as (
       insert into platform_events (player_id, event_id, brand_id, type, time, data)
       select player_id, event_id, brand_id, type, time, data from judged
       where flaw is null order by player_id, data ->> 'depositId', event_id
       on conflict do nothing
       returning player_id, event_id
     )
     select coalesce(flaw, case when recorded.event_id is null then 'known' else 'fresh' end) as verdict
     from judged left join recorded using (player_id, event_id) order by n`,
    [givenRows(events)],
  );
  return rows.map((row) => row.verdict);
}

/**
 * Of events that are known, those that were told differently before. A statement of its own, so that it sees what
 * the insert waited for.
 */
export async function findConflicting(
  tx: Queryable,
  events: readonly IncomingEvent[],
): Promise<IncomingEvent[]> {
  const { rows } = await tx.query<{ n: number }>(
    `select n from ${GIVEN}
     left join platform_events as kept using (player_id, event_id)
     left join platform_events as deposit on deposit.player_id = given.player_id
       and deposit.type in ('deposit.succeeded', 'deposit.reversed') and deposit.type = given.type
       and deposit.data ->> 'depositId' = given.data ->> 'depositId'
     where (kept.type, kept.time, kept.data)
         <> (given.type, timestamptz 'epoch' + at_ms * interval '1 millisecond', given.data)
       or deposit.data <> given.data`,
    [givenRows(events)],
  );
  return rows.flatMap(({ n }) => events[n] ?? []);
}

/** Forgets events recorded in this transaction that a consumer rejected: sent again, they are new. */
export async function forgetEvents(tx: Queryable, events: readonly IncomingEvent[]): Promise<void> {
  await tx.query(
    `delete from platform_events as kept
     using unnest($1::uuid[], $2::text[]) as rejected (player_id, event_id)
     where kept.player_id = rejected.player_id and kept.event_id = rejected.event_id`,
    [events.map((event) => event.playerId), events.map((event) => event.id)],
  );
}
