import { verifyWebhook } from '@promosmith/client';
import type { EventType } from '@promosmith/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { must } from '../../../testing/test-app.ts';
import { readFeed } from '../../events/feed.ts';
import { type Bench, startBench } from '../testing/bench.ts';
import { answers, type Receiver, startReceiver } from '../testing/receiver.ts';

let bench: Bench;
let receiver: Receiver;
beforeAll(async () => {
  bench = await startBench();
});
afterAll(() => bench[Symbol.asyncDispose]());
beforeEach(async () => {
  await bench.db.query('truncate webhook_endpoints, webhook_cursors, webhook_deliveries, audit_log');
  receiver = await startReceiver();
  return () => receiver[Symbol.asyncDispose]();
});

const one: EventType[] = ['code.activated'];

/** Publishes one event for one endpoint, and lets one dispatcher do all it can. */
async function deliverOne(timing = {}) {
  const { webhookId } = await bench.create(receiver.url());
  await bench.publish(one);
  const dispatcher = bench.dispatcher(timing);
  await dispatcher.fanOut();
  await dispatcher.run();
  const [delivery] = await bench.deliveries(webhookId);
  return { webhookId, dispatcher, delivery };
}

describe('a message', () => {
  test('is the event as the feed shows it, and verifies with the secret', async () => {
    const { webhookId, secret } = await bench.create(receiver.url());
    await bench.publish(['bonus.granted']);
    const dispatcher = bench.dispatcher();
    await dispatcher.fanOut();
    await dispatcher.run();

    const [message] = receiver.received;
    const [delivery] = await bench.deliveries(webhookId);
    const event = verifyWebhook(message!.body, message!.headers, secret);
    const feed = await readFeed(bench.db, bench.brand, { limit: 1000, type: ['bonus.granted'] });
    expect(event).toEqual(feed.items.at(-1));
    expect(message!.id).toBe(event.id);
    expect(message!.headers['content-type']).toBe('application/json');
    expect(delivery).toMatchObject({
      eventId: event.id,
      sequence: event.sequence,
      status: 'succeeded',
      attempts: 1,
      nextAttemptAt: null,
      lastAttempt: { status: 204, error: null, response: '' },
    });
  });

  test('goes to each endpoint whose filter it passes, from the creation of the endpoint on', async () => {
    await bench.publish(['code.activated', 'bonus.granted']);
    await bench.create(receiver.url('/all'));
    await bench.create(receiver.url('/some'), ['bonus.granted', 'code.expired']);
    await bench.publish(['code.activated', 'bonus.granted', 'code.disabled', 'code.expired']);
    const dispatcher = bench.dispatcher();
    await dispatcher.fanOut();
    await dispatcher.run();
    const types = (path: string) => receiver.at(path).map(({ body }) => JSON.parse(body).type);
    expect(types('/all').sort()).toEqual([
      'bonus.granted',
      'code.activated',
      'code.disabled',
      'code.expired',
    ]);
    expect(types('/some').sort()).toEqual(['bonus.granted', 'code.expired']);
  });

  test('during a rotation verifies with the old and the new secret, afterwards with the new one', async () => {
    const { webhookId, secret } = await bench.create(receiver.url());
    const send = async () => {
      await bench.publish(one);
      const dispatcher = bench.dispatcher();
      await dispatcher.fanOut();
      await dispatcher.run();
      const { body, headers } = receiver.received.at(-1)!;
      return (key: string) => verifyWebhook(body, headers, key);
    };
    const second = must(await bench.webhooks.rotateSecret(webhookId, 3600, bench.origin));
    const overlapping = await send();
    expect(overlapping(secret)).toEqual(overlapping(second.secret));

    const third = must(await bench.webhooks.rotateSecret(webhookId, 0, bench.origin));
    const over = await send();
    expect(over(third.secret)).toBeDefined();
    for (const old of [secret, second.secret]) expect(() => over(old)).toThrow('No matching signature');
  });
});

describe('an endpoint that misbehaves', () => {
  test('500, then 200: is tried again, and its health recovers', async () => {
    receiver.behave(answers(500, {}, 'oops'));
    const { webhookId, dispatcher, delivery } = await deliverOne({ backoffMs: [3_600_000] });
    expect(delivery).toMatchObject({
      status: 'failed',
      attempts: 1,
      lastAttempt: { status: 500, error: 'answered 500', response: 'oops' },
    });
    expect(await bench.webhook(webhookId)).toMatchObject({
      health: 'failing',
      failingSince: expect.any(String),
    });

    await dispatcher.run();
    expect(receiver.received, 'not before its time').toHaveLength(1);

    receiver.behave(answers(200));
    await bench.db.query('update webhook_deliveries set next_attempt_at = now()');
    await dispatcher.run();
    expect(await bench.deliveries(webhookId)).toMatchObject([{ status: 'succeeded', attempts: 2 }]);
    expect(await bench.webhook(webhookId)).toMatchObject({ health: 'healthy', failingSince: null });
    expect(new Set(receiver.received.map(({ id }) => id)).size).toBe(1);
  });

  test('fails for good: is given up after the table, and is down after three days', async () => {
    receiver.behave(answers(503));
    const { webhookId, delivery } = await deliverOne({ backoffMs: [0, 0, 0] });
    expect(delivery).toMatchObject({ status: 'abandoned', attempts: 4, nextAttemptAt: null });
    expect(receiver.received).toHaveLength(4);

    await bench.db.query("update webhook_endpoints set failing_since = now() - interval '3 days'");
    expect(await bench.webhook(webhookId)).toMatchObject({ health: 'down' });
  });

  test('never answers', async () => {
    receiver.behave(() => {});
    const { delivery } = await deliverOne({ timeoutMs: 100, backoffMs: [] });
    expect(delivery).toMatchObject({
      status: 'abandoned',
      lastAttempt: { status: null, error: 'no answer within 0.1 s', response: null },
    });
  });

  test('answers 200 with a body that never ends: counts as delivered, one kilobyte is kept', async () => {
    let closed: () => void;
    const cutOff = new Promise<void>((resolve) => {
      closed = resolve;
    });
    receiver.behave((response) => {
      response.on('close', closed);
      response.writeHead(200);
      const pour = () => {
        while (response.write('x'.repeat(65_536)));
      };
      response.on('drain', pour);
      pour();
    });
    const { delivery } = await deliverOne();
    await cutOff;
    expect(delivery).toMatchObject({
      status: 'succeeded',
      lastAttempt: { error: null, response: 'x'.repeat(1024) },
    });
  });

  test('answers 200 and dribbles: counts as delivered, the slow body is given up', async () => {
    receiver.behave((response) => {
      response.writeHead(200);
      response.write('slow');
    });
    const { delivery } = await deliverOne({ timeoutMs: 100 });
    expect(delivery).toMatchObject({
      status: 'succeeded',
      attempts: 1,
      lastAttempt: { status: 200, error: 'no answer within 0.1 s', response: 'slow' },
    });
  });

  test('answers with bytes that are no text', async () => {
    receiver.behave((response) => {
      response.writeHead(400).end(Buffer.from([0x61, 0x00, 0xff, 0xc3]));
    });
    const { delivery } = await deliverOne({ backoffMs: [] });
    expect(delivery?.lastAttempt?.response).toBe('a\ufffd\ufffd\ufffd');
  });

  test('breaks the connection', async () => {
    receiver.behave((response) => {
      response.destroy();
    });
    const { delivery } = await deliverOne({ backoffMs: [] });
    expect(delivery).toMatchObject({ status: 'abandoned', lastAttempt: { status: null, response: null } });
    expect(delivery?.lastAttempt?.error).toContain('UND_ERR_SOCKET');
  });

  test('answers something that is not HTTP', async () => {
    receiver.behave((response) => {
      response.socket?.end('SSH-2.0-OpenSSH_9.6\r\n');
    });
    const { delivery } = await deliverOne({ backoffMs: [] });
    expect(delivery).toMatchObject({ status: 'abandoned', lastAttempt: { status: null } });
  });

  test('redirects: is not followed', async () => {
    receiver.behave(answers(302, { location: receiver.url('/elsewhere') }));
    const { delivery } = await deliverOne({ backoffMs: [] });
    expect(delivery).toMatchObject({ status: 'abandoned', lastAttempt: { status: 302 } });
    expect(receiver.at('/elsewhere')).toEqual([]);
  });

  test('is not there', async () => {
    const { webhookId } = await bench.create('http://127.0.0.1:1/');
    await bench.publish(one);
    const dispatcher = bench.dispatcher({ backoffMs: [] });
    await dispatcher.fanOut();
    await dispatcher.run();
    const [delivery] = await bench.deliveries(webhookId);
    expect(delivery?.lastAttempt?.error).toContain('ECONNREFUSED');
  });

  test('asks to be left alone for an hour', async () => {
    receiver.behave(answers(429, { 'retry-after': '3600' }));
    const { webhookId } = await deliverOne();
    const { rows } = await bench.db.query(
      `select attempts, next_attempt_at between now() + interval '59 minutes' and now() + interval '60 minutes' as later
       from webhook_deliveries where endpoint_id = $1`,
      [webhookId],
    );
    expect(rows).toEqual([{ attempts: 1, later: true }]);
  });

  test('says 410: is disabled with the reason, and goes on where it stopped once it is enabled again', async () => {
    receiver.behave(answers(410));
    const { webhookId, dispatcher } = await deliverOne();
    expect(await bench.webhook(webhookId)).toMatchObject({ enabled: false, disabledReason: 'gone' });
    const { rows } = await bench.db.query("select actor from audit_log where action = 'webhook.disabled'");
    expect(rows).toEqual([{ actor: { kind: 'system', id: 'webhooks' } }]);

    receiver.behave(answers(200));
    await bench.publish(one);
    await dispatcher.fanOut();
    await dispatcher.run();
    expect(receiver.received).toHaveLength(1);

    const enabled = must(await bench.webhooks.update(webhookId, { enabled: true }, bench.origin));
    expect(enabled).toMatchObject({ enabled: true, disabledReason: null, health: 'healthy' });
    await dispatcher.fanOut();
    await dispatcher.run();
    const statuses = (await bench.deliveries(webhookId)).map(({ status }) => status);
    expect(statuses).toEqual(['succeeded', 'succeeded']);
  });

  test('is at a private address: is not reached', async () => {
    const { webhookId } = await bench.create(receiver.url());
    await bench.publish(one);
    const dispatcher = bench.dispatcher({ backoffMs: [] }, false);
    await dispatcher.fanOut();
    await dispatcher.run();
    const [delivery] = await bench.deliveries(webhookId);
    expect(delivery?.lastAttempt?.error).toContain('FORBIDDEN_ADDRESS');
    expect(receiver.received).toEqual([]);
  });
});

describe('many', () => {
  test('a slow endpoint holds up nobody else, and gets no more at a time than its places', async () => {
    let open = 0;
    let most = 0;
    const answer: (() => void)[] = [];
    receiver.behave((response) => {
      most = Math.max(most, ++open);
      answer.push(() => {
        open--;
        response.end();
      });
    }, '/slow');
    const slow = await bench.create(receiver.url('/slow'));
    const quick = await bench.create(receiver.url('/quick'));
    await bench.publish(Array<EventType>(30).fill('code.activated'));

    const dispatcher = bench.dispatcher({ perEndpoint: 4 });
    await dispatcher.fanOut();
    while (receiver.at('/quick').length < 30) await dispatcher.sender.send();
    expect(receiver.at('/slow').length).toBeLessThanOrEqual(4);

    receiver.behave(answers(200), '/slow');
    for (const release of answer) release();
    await dispatcher.run();
    expect(most).toBeLessThanOrEqual(4);
    for (const { webhookId } of [slow, quick])
      expect((await bench.deliveries(webhookId)).filter(({ status }) => status === 'succeeded')).toHaveLength(
        30,
      );
  });

  test('several dispatchers at once deliver each event once', async () => {
    const paths = ['/a', '/b', '/c'];
    for (const path of paths) await bench.create(receiver.url(path));
    await bench.publish(Array<EventType>(300).fill('code.activated'), 7);
    const dispatchers = [bench.dispatcher(), bench.dispatcher(), bench.dispatcher()];
    await Promise.all(
      dispatchers.map(async (dispatcher) => {
        await dispatcher.fanOut();
        await dispatcher.run();
      }),
    );
    // Who lost a race for a cursor or a row left the rest to the others.
    await dispatchers[0]!.fanOut();
    await dispatchers[0]!.run();
    for (const path of paths) {
      const ids = receiver.at(path).map(({ id }) => id);
      expect(ids).toHaveLength(300);
      expect(new Set(ids).size).toBe(300);
    }
  });
});

test('a result that comes after the delivery was taken over changes nothing', async () => {
  const { webhookId } = await bench.create(receiver.url());
  await bench.publish(one);
  const answer: ((status: number) => void)[] = [];
  receiver.behave((response) => {
    answer.push((status) => {
      response.writeHead(status).end();
    });
  });
  const stuck = bench.dispatcher({ leaseMs: 0 });
  await stuck.fanOut();
  await stuck.sender.send();
  await receiver.arrived(1);
  const other = bench.dispatcher();
  await other.sender.send();
  await receiver.arrived(2);

  answer[0]?.(410);
  await stuck.sender.settle();
  expect(await bench.deliveries(webhookId)).toMatchObject([{ status: 'pending', attempts: 2 }]);
  answer[1]?.(200);
  await other.sender.settle();
  expect(await bench.deliveries(webhookId)).toMatchObject([{ status: 'succeeded', attempts: 2 }]);
  const [first, second] = receiver.received;
  expect(second?.id).toBe(first?.id);
});

test('an endpoint whose secret cannot be read does not hold up the others', async () => {
  const broken = await bench.create(receiver.url('/broken'));
  await bench.create(receiver.url('/fine'));
  await bench.db.query('update webhook_endpoints set secret = $2 where endpoint_id = $1', [
    broken.webhookId,
    Buffer.alloc(60),
  ]);
  await bench.publish(one);
  const dispatcher = bench.dispatcher();
  await dispatcher.fanOut();
  await dispatcher.run();
  expect(receiver.received.map(({ path }) => path)).toEqual(['/fine']);
});
