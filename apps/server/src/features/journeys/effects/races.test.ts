import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type App, createApp } from '../../../app.ts';
import { type Database, openDatabase } from '../../../platform/db.ts';
import { expectBalanced } from '../../../testing/actions.ts';
import { createCampaign } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { aPlayer } from '../../channels/testing/messages.ts';
import { newCampaign, readyBatch } from '../../codes/testing.ts';
import { aJourney } from './testing.ts';

const PLAYERS = 60;
const SERVERS = 3;

let app: TestApp;
let servers: { app: App; db: Database }[];
beforeAll(async () => {
  app = await startTestApp();
  servers = await Promise.all(
    Array.from({ length: SERVERS - 1 }, async () => {
      const db = openDatabase(app.databaseUrl, { poolSize: 5, onIdleError: () => undefined });
      return { db, app: await createApp({ ...app.config, port: 0 }, db) };
    }),
  );
});
afterAll(async () => {
  for (const server of servers) {
    await server.app.close();
    await server.db.close();
  }
  await app.close();
});

test('attempts of several servers that take over from each other do everything once', async () => {
  const shown = await readyBatch(app, await newCampaign(app), { kind: 'unique', count: PLAYERS });
  const coded = await newCampaign(app);
  await app.db.query(`update campaigns set status = 'active' where campaign_id = $1`, [coded]);
  const given = await readyBatch(app, coded, { kind: 'unique', count: PLAYERS });
  await app.request('POST', '/v1/labels', {
    body: { name: 'gift', definition: { kind: 'code', default: shown.id } },
  });
  await app.request('POST', '/v1/properties', {
    body: { name: 'rounds', type: 'number', label: 'Rounds', example: 1 },
  });
  const { campaignId } = await createCampaign(app, { budget: { EUR: PLAYERS * 1_000 } });
  const document = {
    ...{ channel: 'inbox', locale: 'en', title: 'Hi', preview: 'Hi', expiresAfterMs: 3_600_000 },
    blocks: [{ id: 'one', type: 'text', text: '{{ label.gift }}' }],
    translations: {},
  };
  const content = await app.request('POST', '/v1/content', {
    body: { from: 'document', name: 'M', document },
  });
  const journeyId = await aJourney(
    app,
    {
      property: { kind: 'change_property', property: 'rounds', value: '{{ event.n }}' },
      code: { kind: 'send_code', campaignId: coded },
      bonus: { kind: 'give_bonus', campaignId, rewardIndex: null },
      inbox: { kind: 'inbox', contentId: content.body.id },
    },
    ['start.next > property', 'property.next > code', 'code.success > bonus', 'bonus.success > inbox'],
  );
  const players = await Promise.all(Array.from({ length: PLAYERS }, () => aPlayer(app, { currency: 'EUR' })));
  const entries = players.map((player, n) => ({ id: randomUUID(), player, data: { n } }));
  await app.request('POST', `/v1/journeys/${journeyId}/enrolments`, { body: { entries } });

  const breakLeases = async () =>
    (
      await app.db.query(
        `update journey_effects set next_attempt_at = now() where status = 'pending' returning seq`,
      )
    ).rows.length;
  // Again and again, so that many effects are under way several times; less often later, so that slow machines come to an end.
  for (let round = 0, quiet = 0; quiet < 20; round++) {
    quiet = (await breakLeases()) === 0 ? quiet + 1 : 0;
    await pause(Math.min(10 + round, 200));
  }

  const counted = async (sql: string) => (await app.db.query<{ n: number }>(sql)).rows[0]?.n;
  const each = (where: string) => `select count(*)::int as n from ${where}`;
  expect({
    done: await counted(each(`journey_effects where status = 'done'`)),
    steps: await counted(each('journey_steps')),
    grants: await counted(each('grants')),
    messages: await counted(each(`messages where state = 'sent'`)),
    budget: await counted(
      `select (used + reserved)::int as n from counters where counter_key = '${campaignId}:b:EUR'`,
    ),
    shown: await counted(each(`codes where batch_id = '${shown.id}' and holder_id is not null`)),
    given: await counted(each(`codes where batch_id = '${given.id}' and holder_id is not null`)),
  }).toEqual({
    done: 4 * PLAYERS,
    steps: 5 * PLAYERS,
    grants: PLAYERS,
    messages: PLAYERS,
    budget: PLAYERS * 1_000,
    shown: PLAYERS,
    given: PLAYERS,
  });
  const { rows: attempts } = await app.db.query<{ again: number }>(
    'select count(*) filter (where attempts > 1)::int as again from journey_effects',
  );
  expect(attempts[0]?.again).toBeGreaterThan(0);
  await expectBalanced(app);
}, 120_000);
