import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  aPlayer,
  aRequest,
  composed,
  prepareMessages,
} from '../apps/server/src/features/channels/testing/messages.ts';
import { until } from '../apps/server/src/features/channels/testing/until.ts';
import { type Receiver, startReceiver } from '../apps/server/src/features/webhooks/testing/receiver.ts';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';
import { type ServerProcess, startServer } from './support/servers.ts';

/**
 * A server process that is killed while it sends: no message is lost, and one that leaves a second time is known as the
 * same, because it is the same request under the same id.
 */
const MESSAGES = 200;
const KILLS = 4;
/** Requests that a kill finds under way: taken by the gateway, and not answered. */
const UNDER_WAY = 5;

let app: TestApp;
let gateway: Receiver;
let server: ServerProcess;
/** While true, the gateway takes requests and says nothing. */
let silent = false;

const serve = () => startServer(app, { OUTBOUND_ALLOW_PRIVATE: 'true' });

beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true, backgroundWork: false } });
  gateway = await startReceiver();
  gateway.behave((response, { headers }) => {
    const answer = JSON.stringify({ id: `gw-${headers['idempotency-key']}` });
    if (!silent) response.writeHead(200).end(answer);
  });
  await app.request('PUT', '/v1/channels/sms', {
    body: {
      ...{ kind: 'http', url: gateway.url('/send'), headers: { 'x-key': 'secret' } },
      body: '{"to":"{{ message.to }}","text":"{{ message.text }}","ref":"{{ message.id }}"}',
      success: { reference: 'id' },
    },
  });
  server = await serve();
}, 60_000);
afterAll(async () => {
  await server.stop();
  await app.close();
  await gateway[Symbol.asyncDispose]();
});

const states = async (): Promise<Record<string, number>> => {
  const { rows } = await app.db.query<{ state: string; count: number }>(
    'select state, count(*)::int as count from messages group by state',
  );
  return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
};

/** What the dead process had taken is tried by another after its lease, two minutes, which are over now. */
const leasesEnd = () => app.db.query(`update messages set next_attempt_at = now() where state = 'prepared'`);

it(`loses no message in ${KILLS} kills, and repeats none under another id`, {
  timeout: 120_000,
}, async () => {
  const player = await aPlayer(app);
  const { brandId } = app.brand;
  const batch = async () => {
    const requests = Array.from({ length: MESSAGES / KILLS }, () =>
      aRequest(brandId, player, { channel: 'sms' }),
    );
    return prepareMessages(app, brandId, requests, composed);
  };
  const ids: string[] = [];
  for (let kill = 0; kill < KILLS; kill++) {
    silent = false;
    ids.push(...(await batch()).map(({ messageId }) => messageId));
    await until(async () => ((await states()).sent ?? 0) >= ids.length - MESSAGES / KILLS / 2);
    silent = true;
    const before = gateway.received.length;
    await until(() => gateway.received.length >= before + UNDER_WAY);
    await server.kill();
    await leasesEnd();
    server = await serve();
  }
  silent = false;
  // What the last process took while the gateway said nothing is under way for it.
  await server.kill();
  await leasesEnd();
  server = await serve();
  await until(async () => (await states()).sent === MESSAGES);

  expect(await states()).toEqual({ sent: MESSAGES });
  const byId = Map.groupBy(gateway.received, ({ headers }) => String(headers['idempotency-key']));
  expect([...byId.keys()].sort()).toEqual(ids.sort());
  const repeated = [...byId.values()].filter(({ length }) => length > 1);
  expect(repeated.length).toBeGreaterThanOrEqual(UNDER_WAY);
  for (const [id, requests] of byId) {
    expect(new Set(requests.map(({ body }) => body)).size, id).toBe(1);
    expect(JSON.parse(requests[0]!.body).ref).toBe(id);
  }
  const { rows } = await app.db.query<{ type: string; times: number }>(
    `select event ->> 'type' as type, count(*)::int as times
     from outbox, jsonb_array_elements(events::jsonb -> 'events') as event
     where event ->> 'subject' like 'message/%' group by event ->> 'type'`,
  );
  expect(rows).toEqual([{ type: 'message.sent', times: MESSAGES }]);
  const { rowCount } = await app.db.query('select 1 from message_references');
  expect(rowCount).toBe(MESSAGES);
});
