import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { walk } from './support/walk.ts';

const SIX = [
  'code.generated',
  'code.activated',
  'bonus.granted',
  'code.limit_reached',
  'code.expired',
  'code.disabled',
];

test('the walk of the README goes as it says', { timeout: 180_000 }, async () => {
  const { code, output, answers, errors } = await walk('README.md', { '4000': String(await freePort()) });

  expect(errors).toEqual([]);
  expect(code, output).toBe(0);
  for (const type of SIX) expect(output).toContain(`webhook: ${type}`);
  expect(answers.find(({ status }) => status === 'active')).toMatchObject({ name: 'Welcome' });
  const [anna, again, ben] = answers.filter(({ grants }) => grants !== undefined);
  expect(anna).toMatchObject({
    outcome: 'accepted',
    player: 'anna',
    grants: [{ kind: 'bonus_balance', amount: 1000, currency: 'EUR', wageringRequired: 35_000 }],
  });
  expect(again).toEqual(anna);
  expect(ben).toMatchObject({ outcome: 'accepted', player: 'ben' });
  const refused = answers.find(({ status }) => status === 422);
  expect(refused).toMatchObject({ key: 'player_quantity_exceeded' });
  const explained = answers.find(({ checks }) => checks !== undefined);
  expect(explained).toMatchObject({ activation: { id: refused.activationId, outcome: 'refused' } });
  expect(explained.checks.filter(({ ok }: { ok: boolean }) => !ok)).toHaveLength(refused.reasons.length);
  const feed = answers.at(-1).items.map(({ type }: { type: string }) => type);
  expect(feed).toEqual(expect.arrayContaining(SIX));
  expect(feed.filter((type: string) => type === 'code.limit_reached')).toHaveLength(1);
});

async function freePort(): Promise<number> {
  const server = createServer().listen(0);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}
