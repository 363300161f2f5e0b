import { randomUUID } from 'node:crypto';
import type { JourneyDefinition } from '@promosmith/contract';
import { expect } from 'vitest';
import type { z } from 'zod';
import { newId, playerId } from '../../../platform/ids.ts';
import { publish } from '../../../platform/outbox.ts';
import type { TestApp } from '../../../testing/test-app.ts';

type Drawing = z.input<typeof JourneyDefinition>;
type Node = Drawing['nodes'][string];

export const SECOND = 1000;
export const HOUR = 3_600_000;

/** Lets journeys know the events that these tests tell of. */
export async function register(app: TestApp, names: readonly string[]): Promise<void> {
  for (const name of names) {
    const path = `/v1/event-properties/event:${name}`;
    const { status } = await app.request('PUT', path, { body: { fields: [] } });
    expect(status).toBeLessThan(300);
  }
}

export const onEvent = (name: string): Node => ({ kind: 'trigger', on: { source: 'event', name } });
export const byApi: Node = { kind: 'trigger', on: { source: 'api' } };
export const delay = (forMs: number): Node => ({ kind: 'delay', delay: { forMs } });
export const wait = (name: string, timeoutMs: number | null = null): Node => ({
  kind: 'wait_event',
  event: { source: 'event', name },
  timeoutMs,
});
export const exit: Node = { kind: 'exit' };

/** @param lines edges as `hook.success > exit`; `start` is the trigger, by the API unless told otherwise. */
export function draw(
  nodes: Drawing['nodes'],
  lines: readonly string[],
  settings: Drawing['settings'] = {},
): Drawing {
  const edges = lines.map((line) => {
    const [, from = '', connector = '', to = ''] = /^(\w+)\.(\w+) > (\w+)$/.exec(line) ?? [];
    return { from, connector, to };
  });
  return { nodes: { start: byApi, ...nodes }, edges, settings };
}

/** A journey with one version. @returns its id. */
export async function published(app: TestApp, definition: Drawing): Promise<string> {
  const { body } = await app.request('POST', '/v1/journeys', { body: { name: 'Test', definition } });
  await become(app, body.id, 'publish');
  return body.id;
}

/** An active one. */
export async function live(app: TestApp, definition: Drawing): Promise<string> {
  const id = await published(app, definition);
  await become(app, id, 'activate');
  return id;
}

export async function become(
  app: TestApp,
  id: string,
  move: 'publish' | 'activate' | 'pause' | 'resume' | 'archive',
): Promise<void> {
  const body = move === 'pause' ? { reason: 'test' } : {};
  const { status, body: answer } = await app.request('POST', `/v1/journeys/${id}/${move}`, { body });
  expect([status, status === 200 ? [] : answer]).toEqual([200, []]);
}

export const aName = (): string => `player-${randomUUID()}`;

/** The platform tells of something. @param at ISO 8601; now when left out. */
export async function tell(
  app: TestApp,
  player: string,
  type: string,
  {
    at = new Date().toISOString(),
    id = randomUUID(),
    data = {},
  }: { at?: string; id?: string; data?: object } = {},
): Promise<void> {
  const event = { id, type, time: at, player, data };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(body.results).toMatchObject([{ status: 'accepted' }]);
}

/** Lets players in by the API. @returns the results. */
export async function request(app: TestApp, journeyId: string, entries: readonly object[]) {
  const { body } = await app.request('POST', `/v1/journeys/${journeyId}/enrolments`, { body: { entries } });
  return body.results;
}

/** Lets one player in. @returns the enrolment. */
export async function letIn(app: TestApp, journeyId: string, player = aName()): Promise<string> {
  const results = await request(app, journeyId, [{ id: randomUUID(), player }]);
  expect(results).toMatchObject([{ status: 'entered' }]);
  return results[0].enrolmentId;
}

/** Lets time pass for an enrolment, as if everything in it had been so much earlier. */
export async function pass(app: TestApp, enrolmentId: string, ms: number): Promise<void> {
  const columns = ['entered_at', 'visit_began', 'wake_at', 'goal_until'];
  await app.db.query(
    `update journey_enrolments set ${columns.map((name) => `${name} = ${name} - $2 * interval '1 millisecond'`)}
     where enrolment_id = $1`,
    [enrolmentId, ms],
  );
}

/** What time does, now. @returns how many were moved. */
export async function tick(app: TestApp, enrolmentIds: readonly string[]): Promise<number> {
  return app.db.transaction(async (tx) => {
    const { rows } = await tx.query<{ playerId: string; enrolmentId: string }>(
      'select player_id as "playerId", enrolment_id as "enrolmentId" from journey_enrolments where enrolment_id = any($1)',
      [enrolmentIds],
    );
    const { moved, events } = await app.enrolments.moveDue(tx, rows);
    const origin = { brandId: app.brand.brandId, actor: { kind: 'system', id: 'test' } as const };
    await publish(tx, { ...origin, correlationId: newId(), time: new Date().toISOString() }, events);
    return moved;
  });
}

/** Visits that were left, as `node.connector`, and where it is or how it ended. */
export async function pathOf(app: TestApp, enrolmentId: string): Promise<string[]> {
  const { rows } = await app.db.query<{ step: string }>(
    `select node_id || '.' || coalesce(connector, '-') as step from journey_steps where enrolment_id = $1 order by seq`,
    [enrolmentId],
  );
  const { rows: at } = await app.db.query<{ place: string }>(
    `select case when status = 'active' then '@' || node_id else status || ':' || coalesce(ended ->> 'reason', '') end as place
     from journey_enrolments where enrolment_id = $1`,
    [enrolmentId],
  );
  return [...rows.map(({ step }) => step), ...at.map(({ place }) => place)];
}

/** Enrolments of a player, in the order they began. */
export async function enrolmentsOf(app: TestApp, journeyId: string, player: string): Promise<string[]> {
  const { rows } = await app.db.query<{ id: string }>(
    'select enrolment_id as id from journey_enrolments where player_id = $1 and journey_id = $2 order by enrolment_id',
    [playerId(app.brand.brandId, player), journeyId],
  );
  return rows.map(({ id }) => id);
}

/** Types of the events told of an enrolment, with why. */
export async function eventsOf(app: TestApp, enrolmentId: string): Promise<string[]> {
  const { rows } = await app.db.query<{ told: string }>(
    `select concat_ws(' ', event ->> 'type', event -> 'data' ->> 'reason') as told
     from outbox, jsonb_array_elements(events::jsonb -> 'events') as event
     where event ->> 'subject' = $1 order by batch_id`,
    [`enrolment/${enrolmentId}`],
  );
  return rows.map(({ told }) => told);
}
