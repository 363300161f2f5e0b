import { once } from 'node:events';
import { connect } from 'node:net';
import { expect, test } from 'vitest';
import { startTestApp } from '../../testing/test-app.ts';

test('a server that closes does not wait for a connection on which nothing was asked', async () => {
  const app = await startTestApp();
  const socket = connect(Number(new URL(app.url).port), '127.0.0.1');
  await once(socket, 'connect');
  const closed = once(socket.resume(), 'close');
  await app.close();
  await closed;
  expect(socket.destroyed).toBe(true);
});
