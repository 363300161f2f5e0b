import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { JourneyDefinition } from '@promosmith/contract';
import type { z } from 'zod';
import type { TestApp } from '../../../testing/test-app.ts';

export type Drawing = z.input<typeof JourneyDefinition>;
type Node = Drawing['nodes'][string];
type TriggerOn = Extract<Node, { kind: 'trigger' }>['on'];

const HOUR_MS = 3_600_000;

/**
 * A trigger, then nodes one after another by their first connectors, then the exit `done`.
 * @param nodes by id, in order; an hour's delay when left out.
 */
export function lineOf(
  on: NonNullable<TriggerOn>,
  nodes: Record<string, Node> = { pause: { kind: 'delay', delay: { forMs: HOUR_MS } } },
  settings: Drawing['settings'] = { entry: { rule: 'whenever_outside' } },
): Drawing {
  const all: Record<string, Node> = { start: { kind: 'trigger', on }, ...nodes, done: { kind: 'exit' } };
  const ids = Object.keys(all);
  const edges = ids.slice(0, -1).map((from, index) => ({
    from,
    connector: FIRST[all[from]?.kind ?? ''] ?? 'next',
    to: ids[index + 1] ?? 'done',
  }));
  return { nodes: all, edges, settings };
}

const FIRST: Readonly<Record<string, string>> = {
  wait_event: 'happened',
  condition: 'yes',
  webhook: 'success',
  give_bonus: 'success',
};

/** A journey that is published. @returns its id. */
export async function publishedJourney(app: TestApp, definition: Drawing): Promise<string> {
  const made = await app.request('POST', '/v1/journeys', { body: { name: 'Test', definition } });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  await moveJourney(app, made.body.id, 'publish');
  return made.body.id;
}

/** A journey that lets players in. @returns its id. */
export async function liveJourney(app: TestApp, definition: Drawing): Promise<string> {
  const journeyId = await publishedJourney(app, definition);
  await moveJourney(app, journeyId, 'activate');
  return journeyId;
}

/** Draws another version of a journey, and publishes it. */
export async function publishAgain(app: TestApp, journeyId: string, definition: Drawing): Promise<void> {
  const { revision } = (await app.request('GET', `/v1/journeys/${journeyId}`)).body;
  const changed = await app.request('PATCH', `/v1/journeys/${journeyId}`, { body: { definition, revision } });
  if (changed.status !== 200) throw new Error(JSON.stringify(changed.body));
  await moveJourney(app, journeyId, 'publish');
}

export async function moveJourney(
  app: TestApp,
  journeyId: string,
  move: 'publish' | 'activate' | 'pause' | 'resume' | 'archive',
): Promise<void> {
  const body = move === 'pause' ? { reason: 'test' } : move === 'publish' ? {} : undefined;
  const moved = await app.request('POST', `/v1/journeys/${journeyId}/${move}`, { body });
  if (moved.status !== 200) throw new Error(JSON.stringify(moved.body));
}

/** The platform tells of players, one event each. */
export async function tell(
  app: TestApp,
  type: string,
  players: readonly string[],
  data: object = {},
): Promise<void> {
  const time = new Date().toISOString();
  const events = players.map((player) => ({ id: randomUUID(), type, time, player, data }));
  const { body } = await app.request('POST', '/v1/events', { body: { events } });
  const refused = body.results.filter(({ status }: { status: string }) => status !== 'accepted');
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
}

/** Players the platform has told of. @returns their external ids. */
export async function newPlayers(app: TestApp, count: number, data: object = {}): Promise<string[]> {
  const players = Array.from({ length: count }, () => `p-${randomUUID()}`);
  for (let from = 0; from < count; from += 1000)
    await tell(app, 'player.registered', players.slice(from, from + 1000), data);
  return players;
}

/** Lets players in by the API trigger. @returns the ids of their enrolments. */
export async function enterAll(
  app: TestApp,
  journeyId: string,
  players: readonly string[],
): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < players.length; from += 500) {
    const entries = players.slice(from, from + 500).map((player) => ({ id: randomUUID(), player }));
    const { body } = await app.request('POST', `/v1/journeys/${journeyId}/enrolments`, { body: { entries } });
    ids.push(...body.results.map(({ enrolmentId }: { enrolmentId: string }) => enrolmentId));
  }
  return ids;
}

/** Who ever entered a journey, by external id, each as often as that. */
export async function entrants(app: TestApp, journeyId: string): Promise<string[]> {
  const { rows } = await app.db.query<{ player: string }>(
    'select player_external_id as player from journey_enrolments where journey_id = $1 order by enrolment_id',
    [journeyId],
  );
  return rows.map(({ player }) => player);
}

/** Asks until an answer is as it should be. The test's own time-out ends what never is. */
export async function eventually<T>(ask: () => Promise<T>, isRight: (answer: T) => boolean): Promise<T> {
  for (;;) {
    const answer = await ask();
    if (isRight(answer)) return answer;
    await pause(EVERY_MS);
  }
}

const EVERY_MS = 20;
