import { afterAll, beforeAll, expect, it } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { aPlayer } from '../../channels/testing/messages.ts';
import { answers, type Receiver, startReceiver } from '../../webhooks/testing/receiver.ts';
import { enterAll, eventually, lineOf, liveJourney } from './testing.ts';

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

const SECRET = 'a-very-secret-value';
const PLAIN = { channel: 'sms', locale: 'en', text: 'Hi', translations: {} };

it('has the messages and calls of a run, secrets masked, and what is being tried again', async () => {
  receiver.behave(answers(503), '/hook');
  await app.request('PUT', '/v1/journey-secrets/api_key', { body: { value: SECRET } });
  const content = await app.request('POST', '/v1/content', {
    body: { from: 'document', name: 'Hello', document: PLAIN },
  });
  const definition = lineOf(
    { source: 'api' },
    {
      hello: { kind: 'sms', contentId: content.body.id },
      call: {
        kind: 'webhook',
        url: receiver.url('/hook'),
        headers: [{ name: 'authorization', value: 'Bearer {{secret.api_key}}' }],
        body: '{}',
      },
    },
  );
  // SMS is not connected here: the message is suppressed, and that is the way on.
  const edges = definition.edges?.map((edge) =>
    edge.from === 'hello' ? { ...edge, connector: 'suppressed' } : edge,
  );
  const journeyId = await liveJourney(app, { ...definition, edges });
  const [enrolmentId] = await enterAll(app, journeyId, [await aPlayer(app)]);
  const ask = async () =>
    (await app.request('GET', `/v1/journeys/${journeyId}/enrolments/${enrolmentId}`)).body;
  const told = ({ timeline }: { timeline: { what: string; nodeId: string | null }[] }) =>
    timeline.map(({ what, nodeId }) => `${what} ${nodeId}`);
  const run = await eventually(ask, (now) => told(now).includes('action.retrying call'));
  expect(told(run)).toEqual([
    'entered null',
    'visit.began start',
    'visit.left start',
    'visit.began hello',
    'message.prepared hello',
    'message.suppressed hello',
    'visit.left hello',
    'visit.began call',
    'action.asked call',
    'webhook.called call',
    'action.retrying call',
  ]);
  const find = (what: string) => run.timeline.find((entry: { what: string }) => entry.what === what);
  expect(find('message.suppressed').data).toMatchObject({ channel: 'sms', detail: 'not_connected' });
  expect(find('visit.left').data).toMatchObject({ cause: 'node', connector: 'next' });
  expect(find('webhook.called').data).toMatchObject({ attempt: 1, response: { status: 503 } });
  expect(find('action.retrying').data).toMatchObject({
    kind: 'webhook',
    attempts: 1,
    lastError: expect.any(String),
  });
  expect(JSON.stringify(run)).not.toContain(SECRET);

  const { items } = (await app.request('GET', `/v1/journeys/${journeyId}/stuck`)).body;
  expect(items).toEqual([
    expect.objectContaining({ why: 'action_retrying', attempts: 1, connectors: ['success', 'failure'] }),
  ]);
  receiver.behave(answers(200), '/hook');
  const retried = await app.request('POST', `/v1/journeys/${journeyId}/enrolments/${enrolmentId}/retry`);
  expect(retried.status).toBe(200);
  expect(await eventually(ask, ({ status }) => status !== 'active')).toMatchObject({ status: 'completed' });
});
