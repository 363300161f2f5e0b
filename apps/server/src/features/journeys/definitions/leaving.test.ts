import { randomUUID } from 'node:crypto';
import { ok } from '@promosmith/core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { drawing } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const post = async (path: string, body?: object) =>
  (await app.request('POST', `/v1/journeys${path}`, { body })).body;

async function live(): Promise<string> {
  const { id } = await post('', { name: 'Test', definition: drawing() });
  await post(`/${id}/publish`, {});
  await post(`/${id}/activate`);
  return id;
}

async function letIn(journeyId: string, count: number): Promise<void> {
  const { brandId } = app.brand;
  const entries = Array.from({ length: count }, () => {
    const playerExternalId = randomUUID();
    const player = { playerExternalId, playerId: playerId(brandId, playerExternalId) };
    return { brandId, journeyId, ...player, at: new Date(), event: null };
  });
  await app.db.transaction(async (tx) => ok(await app.enrolments.enter(tx, entries)));
}

const statuses = async (journeyId: string) =>
  (
    await app.db.query(
      `select status, ended ->> 'reason' as reason, count(*)::int as players from journey_enrolments
       where journey_id = $1 group by 1, 2`,
      [journeyId],
    )
  ).rows;

const jobs = async () => (await app.request('GET', '/v1/jobs?kind=journeys.archive')).body.items;

it('takes out everybody who is inside an archived journey, and nobody else', async () => {
  const [archived, other] = [await live(), await live()];
  await letIn(archived, 1_203);
  await letIn(other, 3);
  await post(`/${archived}/archive`);
  await expect.poll(jobs).toMatchObject([{ status: 'succeeded', done: 1_203, result: { exited: 1_203 } }]);
  expect(await statuses(archived)).toEqual([
    { status: 'exited', reason: 'journey_archived', players: 1_203 },
  ]);
  expect(await statuses(other)).toEqual([{ status: 'active', reason: null, players: 3 }]);
  await letIn(archived, 1);
  expect(await statuses(archived)).toHaveLength(1);
});

it('takes out who is held in a paused one too', async () => {
  const paused = await live();
  await letIn(paused, 2);
  await post(`/${paused}/pause`, { reason: 'Test' });
  await post(`/${paused}/archive`);
  await expect.poll(() => statuses(paused)).toMatchObject([{ status: 'exited', players: 2 }]);
});

it('starts no work for a draft nobody could enter', async () => {
  const before = await jobs();
  const { id } = await post('', { name: 'Test', definition: drawing() });
  expect((await post(`/${id}/archive`)).status).toBe('archived');
  expect(await jobs()).toHaveLength(before.length);
});
