import type { Enrolment } from '@promosmith/core/journey';
import { bools, instants, int4s, jsons, rowsOf, texts, uuids } from '../../../../platform/arrays.ts';
import { Overtaken, type Queryable } from '../../../../platform/db.ts';
import type { EnrolmentKey } from '../types.ts';
import type { Stored } from './stored.ts';

/** An enrolment that has changed. */
export interface Changed {
  readonly before: Stored;
  readonly after: Stored;
}

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const STATE = {
  player_id: 'uuid',
  enrolment_id: 'uuid',
  version: 'int4',
  status: 'text',
  node_id: 'text',
  seq: 'int4',
  visit_began: 'timestamptz',
  waiting_for: 'text',
  wake_at: 'timestamptz',
  shown_at: 'timestamptz',
  event: 'json',
  events: 'json',
  goal_until: 'timestamptz',
  converted_at: 'timestamptz',
  ended: 'json',
  keeps: 'bool',
} as const;

/** Arrays of the columns of `STATE`. What was not changed of the longest is null. */
function stateOf(rows: readonly Stored[], eventOf: Column, eventsOf: Column): Buffer[] {
  const of = <T>(read: (enrolment: Enrolment) => T): T[] => rows.map(({ enrolment }) => read(enrolment));
  return [
    uuids(of(({ playerId }) => playerId)),
    uuids(of(({ id }) => id)),
    int4s(rows.map(({ version }) => version)),
    texts(of(({ status }) => status)),
    texts(of(({ nodeId }) => nodeId)),
    int4s(of(({ seq }) => seq)),
    instants(of(({ visitBegan }) => visitBegan)),
    texts(of(({ waitingFor }) => waitingFor)),
    instants(of(({ wakeAt }) => wakeAt)),
    instants(of(({ shownAt }) => shownAt)),
    jsons(rows.map((_, n) => eventOf(n))),
    jsons(rows.map((_, n) => eventsOf(n))),
    instants(of(({ goalUntil }) => goalUntil)),
    instants(of(({ convertedAt }) => convertedAt)),
    jsons(of(({ end }) => json(end))),
    bools(rows.map(({ keeps }) => keeps)),
  ];
}

type Column = (row: number) => string | null;

const UPDATE = `update journey_enrolments as e
  set version = g.version, status = g.status, node_id = g.node_id, seq = g.seq, visit_began = g.visit_began,
    waiting_for = g.waiting_for, wake_at = g.wake_at, shown_at = g.shown_at,
    event = coalesce(g.event::jsonb, e.event), events = coalesce(g.events::jsonb, e.events),
    goal_until = g.goal_until, converted_at = g.converted_at, ended = g.ended::jsonb, keeps = g.keeps
  from (${rowsOf({ ...STATE, seen: 'int4' })}) as g
  where e.player_id = any($1::uuid[]) and e.player_id = g.player_id and e.enrolment_id = g.enrolment_id and e.seq = g.seen`;

/**
 * Writes what became of enrolments that are locked.
 * @throws Overtaken when one of them is at another visit than was seen.
 */
export async function updateStored(tx: Queryable, changed: readonly Changed[]): Promise<void> {
  if (changed.length === 0) return;
  const fresh = (of: (enrolment: Enrolment) => unknown): Column => {
    const values = changed.map(({ before, after }) => {
      const value = of(after.enrolment);
      return value === of(before.enrolment) ? null : json(value);
    });
    return (row) => values[row] ?? null;
  };
  const { rowCount } = await tx.query(UPDATE, [
    ...stateOf(
      changed.map(({ after }) => after),
      fresh(({ event }) => event),
      fresh(({ events }) => events),
    ),
    int4s(changed.map(({ before }) => before.enrolment.seq)),
  ]);
  if (rowCount !== changed.length) throw new Overtaken('an enrolment was moved meanwhile');
}

/** An enrolment that begins. */
export interface Newcomer {
  readonly stored: Stored;
  /** What may be there once, of the rules of entry. */
  readonly entryKey: string;
  readonly requestKey: string | null;
}

const FIRST = {
  brand_id: 'uuid',
  player_external_id: 'text',
  journey_id: 'uuid',
  entry_key: 'text',
  is_test: 'bool',
  entered_at: 'timestamptz',
  request_key: 'text',
} as const;

const NAMES = [...Object.keys(STATE), ...Object.keys(FIRST)];
const JSON_COLUMNS = new Set(['event', 'events', 'ended']);

const INSERT = `insert into journey_enrolments (${NAMES})
  select ${NAMES.map((name) => (JSON_COLUMNS.has(name) ? `${name}::jsonb` : name))}
  from (${rowsOf({ ...STATE, ...FIRST })}) as given order by player_id, journey_id, enrolment_id
  on conflict do nothing returning player_id as "playerId", enrolment_id as "enrolmentId"`;

/** Writes enrolments down, but for those a rule of entry forbids. @returns the ids of those that are there now. */
export async function insertStored(tx: Queryable, newcomers: readonly Newcomer[]): Promise<Set<string>> {
  if (newcomers.length === 0) return new Set();
  const rows = newcomers.map(({ stored }) => stored);
  const { rows: inserted } = await tx.query<EnrolmentKey>(INSERT, [
    ...stateOf(
      rows,
      (n) => json(rows[n]?.enrolment.event ?? null),
      (n) => json(rows[n]?.enrolment.events ?? {}),
    ),
    uuids(rows.map(({ brandId }) => brandId)),
    texts(rows.map(({ playerExternalId }) => playerExternalId)),
    uuids(rows.map(({ journeyId }) => journeyId)),
    texts(newcomers.map(({ entryKey }) => entryKey)),
    bools(rows.map(({ isTest }) => isTest)),
    instants(rows.map(({ enrolment }) => enrolment.enteredAt)),
    texts(newcomers.map(({ requestKey }) => requestKey)),
  ]);
  return new Set(inserted.map(({ enrolmentId }) => enrolmentId));
}

/** Takes back what this transaction has just inserted. */
export async function deleteInserted(tx: Queryable, keys: readonly EnrolmentKey[]): Promise<void> {
  if (keys.length === 0) return;
  await tx.query(
    `delete from journey_enrolments
     where player_id = any($1::uuid[]) and (player_id, enrolment_id) in (select unnest($1::uuid[]), unnest($2::uuid[]))`,
    [uuids(keys.map(({ playerId }) => playerId)), uuids(keys.map(({ enrolmentId }) => enrolmentId))],
  );
}
