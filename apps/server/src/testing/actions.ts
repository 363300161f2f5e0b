import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { reconcile } from '../features/ledger/index.ts';
import type { TestApp, TestResponse } from './test-app.ts';

/** A player in EUR, or as told. */
export type TestPlayer = string | { id: string; currency?: string; country?: string; email?: string };

const playerOf = (player: TestPlayer) =>
  typeof player === 'string' ? { id: player, currency: 'EUR' } : player;

/** Uses a code for a player. @param more other fields of the request, and an idempotency key. */
export function activate(
  app: TestApp,
  code: string,
  player: TestPlayer,
  { idempotencyKey, ...more }: { idempotencyKey?: string; [field: string]: unknown } = {},
): Promise<TestResponse> {
  return app.request('POST', '/v1/activations', {
    body: { code, player: playerOf(player), ...more },
    ...(idempotencyKey === undefined ? {} : { headers: { 'idempotency-key': idempotencyKey } }),
  });
}

export const reverse = (app: TestApp, activationId: string): Promise<TestResponse> =>
  app.request('POST', `/v1/activations/${activationId}/reversals`, { body: { reason: 'test' } });

export interface TestDeposit {
  /** Minor units. */
  amount: number;
  currency?: string;
  method?: string;
  index?: number;
  /** Of the event. */
  id?: string;
  /** That of the event when left out. */
  depositId?: string;
  /** ISO 8601; now when left out. */
  time?: string;
}

/** The platform tells of a deposit. @returns the result of the event. */
export async function deposit(
  app: TestApp,
  player: string,
  { id = randomUUID(), time = new Date().toISOString(), ...data }: TestDeposit,
): Promise<{ status: string; reason?: unknown }> {
  const event = {
    id,
    type: 'deposit.succeeded',
    time,
    player,
    data: { depositId: id, currency: 'EUR', method: 'card', ...data },
  };
  const { status, body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(status).toBe(200);
  return body.results[0];
}

/** The bonuses of a player, newest first, as the API shows them. */
export async function grantsOf(app: TestApp, player: string): Promise<TestResponse['body'][]> {
  return (await app.request('GET', `/v1/grants?player=${encodeURIComponent(player)}`)).body.items;
}

/** The events published so far that name the campaign, as `type` with the data; in order. */
export async function eventsOf(
  { db }: TestApp,
  campaignId: string,
): Promise<{ type: string; data: TestResponse['body'] }[]> {
  const { rows } = await db.query<{ type: string; data: TestResponse['body'] }>(
    `select e.value->>'type' as type, data
     from outbox, json_array_elements(events->'events') with ordinality e,
       lateral (select coalesce((events->'commons'->(e.value->>'common')::int)::jsonb, '{}') || (e.value->'data')::jsonb as data) d
     where data->>'campaignId' = $1
     order by batch_id, e.ordinality`,
    [campaignId],
  );
  return rows;
}

/** How often each type of event came. */
export async function eventCounts(app: TestApp, campaignId: string): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of await eventsOf(app, campaignId)) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

/** The books agree with everything that happened. */
export const expectBalanced = async ({ db }: TestApp): Promise<void> =>
  expect(await reconcile(db)).toEqual([]);
