import { randomUUID } from 'node:crypto';
import type { JourneyDefinition } from '@promosmith/contract';
import { expect, vi } from 'vitest';
import type { z } from 'zod';
import type { TestApp } from '../../../testing/test-app.ts';
import { aPlayer } from '../../channels/testing/messages.ts';
import { drawing } from '../definitions/testing.ts';

type Nodes = z.input<typeof JourneyDefinition>['nodes'];

/**
 * An active journey that the API lets players into.
 * @param lines edges as `hook.success > exit`; `start` is the trigger and `exit` an exit.
 */
export async function aJourney(app: TestApp, nodes: Nodes, lines: readonly string[]): Promise<string> {
  const edges = lines.map((line) => {
    const [, from = '', connector = '', to = ''] = /^(\w+)\.(\w+) > (\w+)$/.exec(line) ?? [];
    return { from, connector, to };
  });
  const definition = drawing({
    nodes: {
      start: { kind: 'trigger', on: { source: 'api' } },
      ...nodes,
      ...(edges.some(({ to }) => to === 'exit') ? { exit: { kind: 'exit' } } : {}),
    },
    edges,
  });
  const { body } = await app.request('POST', '/v1/journeys', { body: { name: 'Effects', definition } });
  for (const step of ['publish', 'activate']) {
    const { status, body: answer } = await app.request('POST', `/v1/journeys/${body.id}/${step}`, {
      body: {},
    });
    expect([step, status, answer.problems ?? answer.detail]).toEqual([step, 200, []]);
  }
  return body.id;
}

/** Lets a player in, a new one who agreed to everything when left out. @returns the enrolment. */
export async function enter(
  app: TestApp,
  journeyId: string,
  { player, data = {} }: { player?: string; data?: Record<string, unknown> } = {},
): Promise<string> {
  const entry = { id: randomUUID(), player: player ?? (await aPlayer(app, { currency: 'EUR' })), data };
  const { body } = await app.request('POST', `/v1/journeys/${journeyId}/enrolments`, {
    body: { entries: [entry] },
  });
  expect(body.results).toMatchObject([{ status: 'entered' }]);
  return body.results[0].enrolmentId;
}

export interface TestEffect {
  seq: number;
  kind: string;
  status: string;
  attempts: number;
  failures: number;
  last_error: string | null;
  effect_key: string;
}

/** What an enrolment came to. */
export async function traceOf(app: TestApp, enrolmentId: string) {
  const read = async <Row extends object>(sql: string): Promise<Row[]> =>
    (await app.db.query<Row & Record<string, unknown>>(sql, [enrolmentId])).rows;
  const [enrolment] = await read<{
    status: string;
    node_id: string;
    player_id: string;
    events: Record<string, Record<string, unknown>>;
  }>('select status, node_id, player_id, events from journey_enrolments where enrolment_id = $1');
  if (!enrolment) throw new Error(`there is no enrolment ${enrolmentId}`);
  return {
    ...enrolment,
    steps: (
      await read<{ step: string }>(
        `select concat_ws(' ', node_id || '.' || coalesce(connector, ''), reason) as step from journey_steps
         where enrolment_id = $1 order by seq`,
      )
    ).map(({ step }) => step),
    effects: await read<TestEffect>(
      `select seq, kind, status, attempts, failures, last_error, effect_key from journey_effects
       where enrolment_id = $1 order by seq`,
    ),
    calls: await read<{
      seq: number;
      attempt: number;
      request: Record<string, unknown> | null;
      response: Record<string, unknown> | null;
      error: string | null;
    }>('select * from journey_calls where enrolment_id = $1 order by seq, attempt'),
  };
}

export type Trace = Awaited<ReturnType<typeof traceOf>>;

/** Waits until the enrolment is as it should be. */
export const untilTrace = (
  app: TestApp,
  enrolmentId: string,
  holds: (trace: Trace) => boolean,
): Promise<Trace> =>
  vi.waitFor(
    async () => {
      const trace = await traceOf(app, enrolmentId);
      expect(trace).toSatisfy(holds);
      return trace;
    },
    { timeout: 15_000, interval: 20 },
  );

export const untilOver = (app: TestApp, enrolmentId: string): Promise<Trace> =>
  untilTrace(app, enrolmentId, ({ status }) => status !== 'active');

/** Lets what waits for its next attempt, or is under way, be tried at once. */
export async function tryNow(app: TestApp, enrolmentId: string): Promise<void> {
  await app.db.query(
    `update journey_effects set next_attempt_at = now() where enrolment_id = $1 and status = 'pending'`,
    [enrolmentId],
  );
}
