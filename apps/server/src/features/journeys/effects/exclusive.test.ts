import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, createApp } from '../../../app.ts';
import { type Database, openDatabase } from '../../../platform/db.ts';
import { expectBalanced, grantsOf } from '../../../testing/actions.ts';
import { createCampaign } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { aPlayer } from '../../channels/testing/messages.ts';
import { aJourney, untilOver } from './testing.ts';

const JOURNEYS = 4;
const PLAYERS = 25;

let app: TestApp;
let other: { app: App; db: Database };
beforeAll(async () => {
  app = await startTestApp();
  const db = openDatabase(app.databaseUrl, { poolSize: 10, onIdleError: () => undefined });
  other = { db, app: await createApp({ ...app.config, port: 0 }, db) };
});
afterAll(async () => {
  await other.app.close();
  await other.db.close();
  await app.close();
});

test('of bonuses that exclude each other, several journeys at the same instant give one', async () => {
  const { campaignId } = await createCampaign(app, { exclusiveGroup: 'welcome' });
  const journeys = await Promise.all(
    Array.from({ length: JOURNEYS }, () =>
      aJourney(app, { bonus: { kind: 'give_bonus', campaignId, rewardIndex: null } }, [
        'start.next > bonus',
        'bonus.success > exit',
      ]),
    ),
  );
  const players = await Promise.all(Array.from({ length: PLAYERS }, () => aPlayer(app, { currency: 'EUR' })));
  const entered = await Promise.all(
    journeys.map((journeyId) =>
      app.request('POST', `/v1/journeys/${journeyId}/enrolments`, {
        body: { entries: players.map((player) => ({ id: randomUUID(), player })) },
      }),
    ),
  );
  for (const { body } of entered)
    for (const { enrolmentId } of body.results) await untilOver(app, enrolmentId);
  const given = await Promise.all(players.map(async (player) => (await grantsOf(app, player)).length));
  expect(given).toEqual(players.map(() => 1));
  await expectBalanced(app);
}, 60_000);
