import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../../../testing/test-app.ts';
import { aPlayer } from '../../../channels/testing/messages.ts';
import { answers, type Receiver, startReceiver } from '../../../webhooks/testing/receiver.ts';
import { aJourney, enter, traceOf, tryNow, untilOver, untilTrace } from '../testing.ts';
import { MASK } from './marks.ts';

let app: TestApp;
let receiver: Receiver;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  receiver = await startReceiver();
});
afterAll(async () => {
  await receiver[Symbol.asyncDispose]();
  await app.close();
});

let paths = 0;
const newPath = () => `/hook-${++paths}`;
const hook = (path: string, differences: object = {}) => ({
  kind: 'webhook' as const,
  method: 'POST' as const,
  url: receiver.url(path),
  headers: [],
  body: '{"code":"{{event.code}}"}',
  timeoutMs: 2_000,
  ...differences,
});
const alone = ['start.next > hook', 'hook.success > exit', 'hook.failure > failed'];
const journeyWith = (path: string, differences: object = {}) =>
  aJourney(app, { hook: hook(path, differences), failed: { kind: 'exit' } }, alone);
const putSecret = (name: string, value: string, hosts: string[] | null = null) =>
  app.request('PUT', `/v1/journey-secrets/${name}`, { body: { value, hosts } });

describe('a webhook', () => {
  test('tells what it is about, once for its visit, and keeps what is answered', async () => {
    const [first, second] = [newPath(), newPath()];
    receiver.behave(answers(200, { 'content-type': 'application/json' }, '{"id":"c-1","ok":true}'), first);
    const journeyId = await aJourney(
      app,
      { hook: hook(first), next: hook(second, { body: '{"was":"{{ events.hook.id }}"}' }) },
      ['start.next > hook', 'hook.success > next', 'next.success > exit'],
    );
    const trace = await untilOver(app, await enter(app, journeyId, { data: { code: 'A"1' } }));
    expect(trace.steps).toEqual(['start.next', 'hook.success', 'next.success', 'exit.']);
    expect(trace.events).toMatchObject({ hook: { id: 'c-1', ok: true } });
    const [asked] = receiver.at(first);
    expect(JSON.parse(asked?.body ?? '')).toEqual({ code: 'A"1' });
    expect(receiver.at(second)[0]?.body).toBe('{"was":"c-1"}');
    const [{ effect_key: key } = { effect_key: '' }] = trace.effects;
    expect(asked?.headers).toMatchObject({
      'webhook-id': key,
      'idempotency-key': key,
      'content-type': 'application/json',
      'user-agent': 'Promosmith-Journeys/1',
    });
    expect(trace.calls[0]).toMatchObject({
      attempt: 1,
      request: { method: 'POST', url: receiver.url(first), body: '{"code":"A\\"1"}' },
      response: { status: 200, body: '{"id":"c-1","ok":true}', isCut: false },
      error: null,
    });
  });

  test('is signed once there is a secret for it, and with both while one replaces the other', async () => {
    const path = newPath();
    const journeyId = await journeyWith(path, { body: '{}' });
    await untilOver(app, await enter(app, journeyId));
    expect(receiver.at(path)[0]?.headers).not.toHaveProperty('webhook-signature');
    const rotate = async () =>
      (await app.request('POST', '/v1/journey-signing-secret/rotate', { body: {} })).body;
    const one = await rotate();
    expect(one.previousSecretUntil).toBeNull();
    const two = await rotate();
    expect(Date.parse(two.previousSecretUntil)).toBeGreaterThan(Date.now());
    await untilOver(app, await enter(app, journeyId));
    const [, signed] = receiver.at(path);
    for (const { secret } of [one, two])
      expect(
        new Webhook(secret).verify(signed?.body ?? '', signed?.headers as Record<string, string>),
      ).toEqual({});
  });

  test('is tried again under the same key while that may help', async () => {
    const path = newPath();
    const enrolmentId = await enter(app, await journeyWith(path, { body: '{}' }));
    receiver.behave(answers(503), path);
    await untilTrace(app, enrolmentId, ({ calls }) => calls.length === 1);
    expect((await traceOf(app, enrolmentId)).effects).toMatchObject([
      { status: 'pending', failures: 1, last_error: 'answered 503' },
    ]);
    receiver.behave(answers(204), path);
    await tryNow(app, enrolmentId);
    const trace = await untilOver(app, enrolmentId);
    expect(trace.steps).toEqual(['start.next', 'hook.success', 'exit.']);
    const keys = new Set(receiver.at(path).map(({ id }) => id));
    expect([...keys]).toEqual([trace.effects[0]?.effect_key]);
    expect(trace.calls.map(({ response }) => response?.status)).toEqual([503, 204]);
  });

  test.each([
    ['a refusal', 404, 'http_404'],
    ['a redirect', 302, 'http_302'],
  ])('leaves by failure after %s', async (_, status, reason) => {
    const path = newPath();
    receiver.behave(answers(status, { location: 'http://169.254.169.254/' }), path);
    const trace = await untilOver(app, await enter(app, await journeyWith(path, { body: '{}' })));
    expect(trace.steps).toEqual(['start.next', `hook.failure ${reason}`, 'failed.']);
    expect(receiver.at(path)).toHaveLength(1);
  });

  test('leaves by failure after its last try', async () => {
    const path = newPath();
    receiver.behave(answers(500), path);
    const enrolmentId = await enter(app, await journeyWith(path, { body: '{}' }));
    await untilTrace(app, enrolmentId, ({ calls }) => calls.length === 1);
    await app.db.query('update journey_effects set failures = 5 where enrolment_id = $1', [enrolmentId]);
    await tryNow(app, enrolmentId);
    expect((await untilOver(app, enrolmentId)).steps).toContain('hook.failure http_500');
  });

  test('is given up on after its time-out, to be tried again', async () => {
    const path = newPath();
    receiver.behave(() => {}, path);
    const enrolmentId = await enter(app, await journeyWith(path, { body: '{}', timeoutMs: 150 }));
    const { calls } = await untilTrace(app, enrolmentId, ({ calls }) => calls.length === 1);
    expect(calls).toMatchObject([{ response: null, error: 'no answer within 0.15 s' }]);
  });

  test('that cannot be written is not sent', async () => {
    const path = newPath();
    const journeyId = await journeyWith(path);
    const trace = await untilOver(app, await enter(app, journeyId, { data: {} }));
    expect(trace.steps).toContain('hook.failure template_invalid');
    expect(trace.calls).toMatchObject([{ request: null, error: expect.stringContaining('event.code') }]);
    expect(receiver.at(path)).toEqual([]);
  });

  test('sent twice by two attempts moves the player once', async () => {
    const path = newPath();
    const waiting: (() => void)[] = [];
    receiver.behave(
      (response) =>
        new Promise((resolve) => {
          waiting.push(() => resolve(void response.writeHead(200).end('{}')));
        }),
      path,
    );
    const enrolmentId = await enter(app, await journeyWith(path, { body: '{}', timeoutMs: 10_000 }));
    await expect.poll(() => waiting.length, { timeout: 5_000 }).toBe(1);
    await tryNow(app, enrolmentId);
    await expect.poll(() => waiting.length, { timeout: 5_000 }).toBe(2);
    for (const answer of waiting) answer();
    await untilTrace(app, enrolmentId, ({ calls }) => calls.length === 2);
    const trace = await traceOf(app, enrolmentId);
    expect(trace.steps).toEqual(['start.next', 'hook.success', 'exit.']);
    expect(new Set(receiver.at(path).map(({ id }) => id)).size).toBe(1);
  });
});

describe('a webhook that waits to be tried again', () => {
  async function failing(player?: string) {
    const path = newPath();
    receiver.behave(answers(503), path);
    const journeyId = await journeyWith(path, { body: '{}' });
    const enrolmentId = await enter(app, journeyId, player === undefined ? {} : { player });
    await untilTrace(app, enrolmentId, ({ calls }) => calls.length === 1);
    return { path, journeyId, enrolmentId };
  }

  test('waits longer while its journey is paused', async () => {
    const { path, journeyId, enrolmentId } = await failing();
    const move = (to: string, body?: object) =>
      app.request('POST', `/v1/journeys/${journeyId}/${to}`, { body });
    expect((await move('pause', { reason: 'a look at it' })).status).toBe(200);
    receiver.behave(answers(204), path);
    await tryNow(app, enrolmentId);
    // Another journey's is done in the meantime, so it was looked for what is due.
    const other = newPath();
    await untilOver(app, await enter(app, await journeyWith(other, { body: '{}' })));
    expect(receiver.at(path)).toHaveLength(1);
    expect((await move('resume')).status).toBe(200);
    expect((await untilOver(app, enrolmentId)).steps).toContain('hook.success');
  });

  test('is dropped when the player is taken out', async () => {
    const player = await aPlayer(app);
    const { path, enrolmentId } = await failing(player);
    const exclusion = await app.request('POST', `/v1/players/${player}/self-exclusion`, {
      body: { excluded: true, reason: 'asked for' },
    });
    expect(exclusion.status).toBeLessThan(300);
    const trace = await untilOver(app, enrolmentId);
    expect(trace.status).toBe('exited');
    expect(trace.effects).toMatchObject([{ status: 'dropped', attempts: 1 }]);
    expect(receiver.at(path)).toHaveLength(1);
  });
});

describe('secrets', () => {
  const SECRET = 'sk-live-1/2+3 "4"';

  test('reach the server, and nobody else', async () => {
    await putSecret('api_key', SECRET);
    const path = newPath();
    receiver.behave((response, { headers, body }) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ youSent: headers.authorization, body, key: JSON.parse(body).key }));
    }, path);
    const journeyId = await journeyWith(path, {
      headers: [{ name: 'Authorization', value: 'Bearer {{secret.api_key}}' }],
      body: '{"key":"{{ secret.api_key }}"}',
    });
    const enrolmentId = await enter(app, journeyId);
    const trace = await untilOver(app, enrolmentId);
    const [asked] = receiver.at(path);
    expect(asked?.headers.authorization).toBe(`Bearer ${SECRET}`);
    expect(JSON.parse(asked?.body ?? '')).toEqual({ key: SECRET });
    expect(trace.events.hook).toMatchObject({ youSent: `Bearer ${MASK}`, key: MASK });
    expect(trace.calls[0]?.request).toMatchObject({
      headers: { authorization: `Bearer ${MASK}` },
      body: `{"key":"${MASK}"}`,
    });
    const { rows } = await app.db.query<{ found: number }>(
      `select count(*)::int as found from (
         select e::text as row from journey_enrolments e where enrolment_id = $1
         union all select e::text from journey_effects e where enrolment_id = $1
         union all select e::text from journey_steps e where enrolment_id = $1
         union all select e::text from journey_calls e where enrolment_id = $1
       ) as kept where row like '%sk-live%'`,
      [enrolmentId],
    );
    expect(rows).toEqual([{ found: 0 }]);
  });

  test('are not sent to hosts they are not for', async () => {
    await putSecret('elsewhere', SECRET, ['api.example.com']);
    const path = newPath();
    const journeyId = await journeyWith(path, { body: '{"k":"{{secret.elsewhere}}"}' });
    const trace = await untilOver(app, await enter(app, journeyId));
    expect(trace.steps).toContain('hook.failure secret_not_for_host');
    expect(receiver.at(path)).toEqual([]);
  });

  test('are listed by their names alone', async () => {
    await putSecret('listed', 'a-secret-value', ['api.example.com']);
    const { body } = await app.request('GET', '/v1/journey-secrets');
    const found = body.items.find(({ name }: { name: string }) => name === 'listed');
    expect(found).toEqual({
      name: 'listed',
      hosts: ['api.example.com'],
      createdAt: expect.any(String),
      updatedAt: expect.any(String),
    });
    const { rows } = await app.db.query<{ row: string }>('select s::text as row from journey_secrets s');
    const { rows: entries } = await app.db.query<{ row: string }>('select a::text as row from audit_log a');
    for (const { row } of [...rows, ...entries]) expect(row).not.toContain('a-secret-value');
  });

  test('are kept while a version that may be walked names them', async () => {
    await putSecret('in_use', 'a-secret-value');
    const journeyId = await journeyWith(newPath(), { body: '{"k":"{{secret.in_use}}"}' });
    const remove = () => app.request('DELETE', '/v1/journey-secrets/in_use');
    expect(await remove()).toMatchObject({
      status: 409,
      body: { key: 'conflict', journeys: [{ journeyId, version: 1 }] },
    });
    expect((await app.request('POST', `/v1/journeys/${journeyId}/archive`, { body: {} })).status).toBe(200);
    expect((await remove()).status).toBe(204);
    expect((await remove()).status).toBe(404);
  });

  test('are not for those who draw journeys to write', async () => {
    const key = await app.key(['journeys:read', 'journeys:write', 'journeys:publish']);
    expect((await app.request('GET', '/v1/journey-secrets', { key })).status).toBe(200);
    const body = { value: 'a-secret-value' };
    expect((await app.request('PUT', '/v1/journey-secrets/mine', { key, body })).status).toBe(403);
    const rotate = '/v1/journey-signing-secret/rotate';
    expect((await app.request('POST', rotate, { key, body: {} })).status).toBe(403);
  });

  test('that are gone leave no request', async () => {
    await putSecret('gone', 'a-secret-value');
    const path = newPath();
    const journeyId = await journeyWith(path, { body: '{"k":"{{secret.gone}}"}' });
    await app.db.query(`delete from journey_secrets where name = 'gone'`);
    const trace = await untilOver(app, await enter(app, journeyId));
    expect(trace.steps).toContain('hook.failure secret_unknown');
    expect(receiver.at(path)).toEqual([]);
  });

  test.each([['short'], ['with\nbreak-in-it'], ['']])('may not be %j', async (value) => {
    expect((await putSecret('bad', value)).status).toBe(422);
  });
});
