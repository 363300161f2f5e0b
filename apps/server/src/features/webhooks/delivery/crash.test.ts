import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Bench, startBench } from '../testing/bench.ts';
import { answers, type Receiver, startReceiver } from '../testing/receiver.ts';

let bench: Bench;
let receiver: Receiver;
beforeAll(async () => {
  [bench, receiver] = await Promise.all([startBench(), startReceiver()]);
});
afterAll(() => Promise.all([bench[Symbol.asyncDispose](), receiver[Symbol.asyncDispose]()]));

test('what a killed server had under way is delivered by another, with the same id', {
  timeout: 60_000,
}, async () => {
  receiver.behave(() => {});
  const { webhookId } = await bench.create(receiver.url());
  await bench.publish(['code.activated']);

  const main = fileURLToPath(new URL('../../../main.ts', import.meta.url));
  const server = spawn(process.execPath, [main, 'start', '--port', '0'], {
    env: {
      ...process.env,
      PROCESSES: '1',
      DATABASE_URL: bench.databaseUrl,
      SECRET_KEY: bench.config.secretKey.toString('base64'),
      OUTBOUND_ALLOW_PRIVATE: 'true',
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const exited = once(server, 'exit');
  await Promise.race([receiver.arrived(1), exited]);
  expect(server.exitCode, 'the server runs').toBeNull();
  server.kill('SIGKILL');
  await exited;

  receiver.behave(answers(200));
  const dispatcher = bench.dispatcher();
  await dispatcher.run();
  expect(receiver.received, 'the lease is not over').toHaveLength(1);
  await bench.db.query('update webhook_deliveries set next_attempt_at = now()');
  await dispatcher.run();
  const [first, second] = receiver.received;
  expect(second?.id).toBe(first?.id);
  expect(second?.body).toBe(first?.body);
  expect(await bench.deliveries(webhookId)).toMatchObject([{ status: 'succeeded', attempts: 2 }]);
});
