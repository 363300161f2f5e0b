import type { Queryable } from '../../../platform/db.ts';
import type { Claim, EffectKind, VisitKey } from './effect.ts';

/** A journey with effects of a kind that are due. */
export interface DueJourney {
  readonly kind: EffectKind;
  readonly brandId: string;
  readonly journeyId: string;
}

/**
 * Kinds and journeys with effects that are due, those of paused journeys left out. Steps from one pair to the next in the
 * index: reading all that wait to find a few pairs would take as long as they are many.
 */
export async function findDueJourneys(db: Queryable): Promise<DueJourney[]> {
  const { rows } = await db.query<DueJourney>(
    `with recursive pair as (
       (select kind, journey_id, brand_id from journey_effects where status = 'pending'
        order by kind, journey_id limit 1)
       union all
       select next.* from pair cross join lateral (
         select e.kind, e.journey_id, e.brand_id from journey_effects as e
         where e.status = 'pending' and (e.kind, e.journey_id) > (pair.kind, pair.journey_id)
         order by e.kind, e.journey_id limit 1
       ) as next
     )
     select kind, brand_id as "brandId", journey_id as "journeyId" from pair
     where exists (
       select from journey_effects as e where e.kind = pair.kind and e.journey_id = pair.journey_id
         and e.status = 'pending' and e.next_attempt_at <= now())
       and not exists (
         select from journeys as j where j.brand_id = pair.brand_id and j.journey_id = pair.journey_id
           and j.status = 'paused')`,
  );
  return rows;
}

/** Takes effects that are due, each for one attempt; other processes pass over them until the lease is over. */
export async function claimEffects<Kind extends EffectKind>(
  db: Queryable,
  { kind, journeyId }: DueJourney & { readonly kind: Kind },
  atMost: number,
  leaseMs: number,
): Promise<Claim<Kind>[]> {
  const { rows } = await db.query<Claim<Kind>>(
    `with due as (
       select player_id, enrolment_id, seq from journey_effects
       where kind = $1 and journey_id = $2 and status = 'pending' and next_attempt_at <= now()
       order by next_attempt_at, player_id, enrolment_id limit $3 for update skip locked
     ), taken as (
       update journey_effects as e
       set attempts = e.attempts + 1, next_attempt_at = now() + $4 * interval '1 millisecond'
       from due where e.player_id = due.player_id and e.enrolment_id = due.enrolment_id and e.seq = due.seq
       returning e.*
     )
     select t.player_id as "playerId", t.enrolment_id as "enrolmentId", t.seq, t.brand_id as "brandId",
       t.journey_id as "journeyId", t.version, t.effect, t.effect_key as "effectKey", t.attempts, t.failures,
       n.player_external_id as "playerExternalId", now() as at
     from taken as t join journey_enrolments as n on n.player_id = t.player_id and n.enrolment_id = t.enrolment_id`,
    [kind, journeyId, atMost, leaseMs],
  );
  return rows;
}

/** The attempt that writes a result. */
export type Attempt = VisitKey & Pick<Claim, 'attempts'>;

const columnsOf = (attempts: readonly Attempt[]) => [
  attempts.map(({ playerId }) => playerId),
  attempts.map(({ enrolmentId }) => enrolmentId),
  attempts.map(({ seq }) => seq),
  attempts.map(({ attempts: number }) => number),
];

const GIVEN =
  'unnest($1::uuid[], $2::uuid[], $3::int[], $4::int[]) as given (player_id, enrolment_id, seq, attempts)';
const IS_LATEST = `e.player_id = given.player_id and e.enrolment_id = given.enrolment_id and e.seq = given.seq
  and e.attempts = given.attempts and e.status = 'pending' and e.player_id = any($1::uuid[])`;

/**
 * Locks the enrolments of attempts, in key order.
 * @returns of those whose visits are still open, or were left with nothing but this to be done, their places; and the
 * database's clock.
 */
export async function lockVisits(
  tx: Queryable,
  attempts: readonly Attempt[],
): Promise<{ now: Date; wanted: ReadonlySet<string> }> {
  const { rows } = await tx.query<{ enrolmentId: string; seq: number; wanted: boolean; now: Date }>(
    `select enrolment_id as "enrolmentId", seq, now(),
       status = 'active' or coalesce(status = 'completed' and ended ->> 'reason' = 'handed_over', false) as wanted
     from journey_enrolments
     where (player_id, enrolment_id) in (select * from unnest($1::uuid[], $2::uuid[])) and player_id = any($1::uuid[])
     order by player_id, enrolment_id for update`,
    columnsOf(attempts).slice(0, 2),
  );
  return {
    now: rows[0]?.now ?? new Date(),
    wanted: new Set(rows.flatMap((row) => (row.wanted ? [visitName(row)] : []))),
  };
}

export const visitName = ({ enrolmentId, seq }: Pick<VisitKey, 'enrolmentId' | 'seq'>): string =>
  `${enrolmentId}/${seq}`;

/** Ends effects. @returns of those whose attempt is the latest, their names: the others are another process's now. */
export async function endEffects(
  tx: Queryable,
  attempts: readonly Attempt[],
  status: 'done' | 'dropped' | 'failed',
  error: string | null = null,
): Promise<ReadonlySet<string>> {
  if (attempts.length === 0) return new Set();
  const { rows } = await tx.query<Pick<VisitKey, 'enrolmentId' | 'seq'>>(
    `update journey_effects as e set status = $5, last_error = coalesce($6, last_error), next_attempt_at = null,
       ended_at = now(), failures = e.failures + case when $5 = 'failed' then 1 else 0 end
     from ${GIVEN} where ${IS_LATEST}
     returning e.enrolment_id as "enrolmentId", e.seq`,
    [...columnsOf(attempts), status, error],
  );
  return new Set(rows.map(visitName));
}

/** Lets effects wait for their next attempt. @param failed whether this one counts as a failure. */
export async function pauseEffects(
  db: Queryable,
  attempts: readonly Attempt[],
  { pauseMs, error, failed }: { pauseMs: number; error: string; failed: boolean },
): Promise<void> {
  await db.query(
    `update journey_effects as e set next_attempt_at = now() + $5 * interval '1 millisecond', last_error = $6,
       failures = e.failures + case when $7 then 1 else 0 end
     from ${GIVEN} where ${IS_LATEST}`,
    [...columnsOf(attempts), pauseMs, error, failed],
  );
}
