import type { ProviderShape } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { eventCounts, eventsOf, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { poison } from '../../testing/poison.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { budgetReturns } from '../activations/budget-returns.ts';
import { payWinnings } from './paying.ts';
import {
  connectProvider,
  expectSpins,
  type FakeProvider,
  issuedSpins,
  PATIENCE,
  pathsOf,
  spinsOf,
  startSpins,
} from './testing.ts';

let app: TestApp;
const providers = new Map<ProviderShape, FakeProvider>();
const SHAPES = ['hmac256', 'formsha1', 'md5query'] as const;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  for (const shape of SHAPES) providers.set(shape, await connectProvider(app, shape));
});
afterAll(async () => {
  await app.close();
  for (const provider of providers.values()) await provider[Symbol.asyncDispose]();
});

const providerOf = (shape: ProviderShape): FakeProvider => {
  const provider = providers.get(shape);
  if (!provider) throw new Error(`no provider speaks ${shape}`);
  return provider;
};

const budgetOf = async (campaignId: string): Promise<{ used: number; reserved: number } | undefined> =>
  (
    await app.db.query<{ used: number; reserved: number }>(
      'select used, reserved from counters where campaign_id = $1',
      [campaignId],
    )
  ).rows[0];

describe.each(SHAPES)('%s', (shape) => {
  it('orders under the id of the grant', async () => {
    const spins = await issuedSpins(app, providerOf(shape));
    const [order, ...more] = providerOf(shape)
      .calls(pathsOf(shape).issue)
      .filter(({ path, body }) => `${path} ${body}`.includes(spins.grantId));
    expect(more).toEqual([]);
    expect(`${order?.path} ${order?.body}`).toContain(spins.player);
    expect(await spinsOf(app, spins)).toMatchObject({
      state: 'issued',
      count: 20,
      remaining: 20,
      spinValue: 10,
      providerReference: 'order-1',
      issuedAt: expect.any(String),
    });
    expect((await grantsOf(app, spins.player))[0]).toMatchObject({
      kind: 'free_spins',
      status: 'active',
      grantedAt: expect.any(String),
    });
  });

  it('pays 13.40 won as a bonus that is wagered 469.00 (V15)', async () => {
    const provider = providerOf(shape);
    const spins = await issuedSpins(app, provider);
    const told = { grantId: spins.grantId, player: spins.player };
    if (shape === 'formsha1')
      for (let round = 1; round <= 20; round++)
        expect((await provider.tell({ ...told, won: round === 9 ? 1_340 : 0 })).status).toBe(200);
    else expect((await provider.tell({ ...told, won: 1_340, played: 20 })).status).toBe(200);
    await expectSpins(app, spins, { state: 'finished', won: 1_340, credited: 1_340, remaining: 0 });
    const [bonus, parent] = await grantsOf(app, spins.player);
    expect(bonus).toMatchObject({
      kind: 'bonus_balance',
      status: 'active',
      amount: 1_340,
      balance: 1_340,
      wageringRequired: 46_900,
      campaignId: spins.campaignId,
    });
    expect(parent).toMatchObject({ id: spins.grantId, status: 'completed' });
    // Of the spins themselves, and of the bonus they won.
    expect(await eventCounts(app, spins.campaignId)).toMatchObject({
      'freespins.issued': 1,
      'freespins.finished': 1,
      'bonus.granted': 2,
    });
    await expectBalanced(app);
  });

  it('pays no more than the cap of 100, and returns the rest of the budget (V15)', async () => {
    const spins = await issuedSpins(app, providerOf(shape), {
      reward: { count: 1, winCap: { EUR: 10_000 } },
      definition: { budget: { EUR: 20_000 } },
    });
    expect(await budgetOf(spins.campaignId)).toEqual({ used: 0, reserved: 10_000 });
    const told = { grantId: spins.grantId, player: spins.player };
    await providerOf(shape).tell({ ...told, won: 14_000, played: 1 });
    await expectSpins(app, spins, { state: 'finished', won: 14_000, credited: 10_000 });
    expect((await grantsOf(app, spins.player))[0]).toMatchObject({
      amount: 10_000,
      wageringRequired: 350_000,
    });
    expect(await budgetOf(spins.campaignId)).toEqual({ used: 10_000, reserved: 0 });
    await expectBalanced(app);
  });

  it('pays cash when the terms say so', async () => {
    const spins = await issuedSpins(app, providerOf(shape), {
      reward: { count: 1, winnings: 'cash', wagering: undefined, winCap: { EUR: 10_000 } },
      definition: { budget: { EUR: 10_000 } },
    });
    await providerOf(shape).tell({ grantId: spins.grantId, player: spins.player, won: 210, played: 1 });
    await expectSpins(app, spins, { state: 'finished', credited: 210 });
    const { rows } = await app.db.query(
      `select debit, credit, amount from postings p join players o using (player_id) where o.external_id = $1`,
      [spins.player],
    );
    expect(rows).toEqual([{ debit: 'house:bonus_expense', credit: 'player:real', amount: 210 }]);
    await expect.poll(() => budgetOf(spins.campaignId)).toEqual({ used: 210, reserved: 0 });
    await expectBalanced(app);
  });
});

it('is paid once, however many processes see that it is due', async () => {
  const spins = await issuedSpins(app, providerOf('hmac256'), {
    reward: { winnings: 'cash', wagering: undefined },
  });
  const { body } = await app.request('GET', `/v1/players/${spins.player}`);
  const key = { playerId: body.id, grantId: spins.grantId };
  await providerOf('hmac256').tell({ grantId: spins.grantId, won: 700, played: 20 });
  await Promise.all(Array.from({ length: 20 }, () => payWinnings(app.db, budgetReturns, key)));
  await expectSpins(app, spins, { state: 'finished', credited: 700 });
  const { rows } = await app.db.query('select amount from postings where player_id = $1', [key.playerId]);
  expect(rows).toEqual([{ amount: 700 }]);
  expect(await eventCounts(app, spins.campaignId)).toMatchObject({ 'freespins.finished': 1 });
  await expectBalanced(app);
});

it('is paid to all but the one it cannot be paid to', async () => {
  const provider = providerOf('hmac256');
  const [bad, good] = [await issuedSpins(app, provider), await issuedSpins(app, provider)];
  const broken = `new.grant_id = '${bad.grantId}' and new.over_at is not null`;
  const mend = await poison(app.db, 'free_spin_packages', broken);
  for (const { grantId } of [bad, good]) await provider.tell({ grantId, won: 300, played: 20 });
  await expectSpins(app, good, { state: 'finished', credited: 300 });
  await expectSpins(app, bad, { state: 'finished', credited: 0 });
  await mend();
  // Its turn comes again after a minute.
  await app.db.query('update free_spin_packages set due_at = now() where grant_id = $1', [bad.grantId]);
  await expectSpins(app, bad, { state: 'finished', credited: 300 });
  await expectBalanced(app);
});

describe('nothing won', () => {
  it('pays nothing, and gives the whole budget back', async () => {
    const spins = await issuedSpins(app, providerOf('hmac256'), {
      reward: { winCap: { EUR: 10_000 } },
      definition: { budget: { EUR: 10_000 } },
    });
    await providerOf('hmac256').tell({ grantId: spins.grantId, won: 0, played: 20 });
    await expectSpins(app, spins, { state: 'finished', credited: 0, overAt: expect.any(String) });
    expect(await grantsOf(app, spins.player)).toHaveLength(1);
    await expect.poll(() => budgetOf(spins.campaignId)).toEqual({ used: 0, reserved: 0 });
    await expectBalanced(app);
  });
});

describe('players who are out', () => {
  const exclude = (player: string) =>
    app.request('POST', `/v1/players/${player}/self-exclusion`, {
      body: { excluded: true, until: null, reason: 'test' },
    });

  it('are issued nothing', async () => {
    const provider = providerOf('hmac256');
    provider.next('/freespins/issue', async (response) => {
      response.writeHead(503).end();
    });
    const spins = await startSpins(app, provider);
    const tries = () =>
      provider.calls('/freespins/issue').filter(({ body }) => body.includes(spins.grantId)).length;
    await vi.waitFor(async () => {
      const { rows } = await app.db.query('select failures from deliveries where grant_id = $1', [
        spins.grantId,
      ]);
      expect([rows, tries()]).toEqual([[{ failures: 1 }], 1]);
    }, PATIENCE);
    await app.db.query(`update players set self_excluded_until = 'infinity' where external_id = $1`, [
      spins.player,
    ]);
    await app.db.query(`update deliveries set next_attempt_at = now() where grant_id = $1`, [spins.grantId]);
    await expectSpins(app, spins, { state: 'cancelled' });
    expect(tries()).toBe(1);
    expect((await grantsOf(app, spins.player))[0]).toMatchObject({ status: 'cancelled' });
    expect((await eventsOf(app, spins.campaignId)).at(-1)?.data).toMatchObject({ reason: 'self_excluded' });
  });

  it('keep what was won in rounds before, and play no more', async () => {
    const provider = providerOf('formsha1');
    const spins = await issuedSpins(app, provider);
    const told = { grantId: spins.grantId, player: spins.player };
    await provider.tell({ ...told, won: 150 });
    provider.standings.set(spins.grantId, { rounds_played: 1, total_win: '1.50' });
    expect((await exclude(spins.player)).status).toBe(200);
    await expectSpins(app, spins, {
      state: 'cancelled',
      won: 150,
      credited: 150,
      endingReason: 'self_excluded',
    });
    expect((await grantsOf(app, spins.player))[0]).toMatchObject({ amount: 150 });
  });
});

describe('GET /v1/free-spins', () => {
  it('lists by player, campaign, provider and state, in pages', async () => {
    const provider = await connectProvider(app, 'hmac256');
    const one = await issuedSpins(app, provider, { player: 'lister' });
    const two = await issuedSpins(app, provider, { player: 'lister' });
    await provider.tell({ grantId: one.grantId, won: 0 });
    await expectSpins(app, one, { state: 'finished' });
    const ids = async (query: string, key = app.ownerKey) =>
      (await app.request('GET', `/v1/free-spins?${query}`, { key })).body.items.map(
        ({ grantId }: { grantId: string }) => grantId,
      );
    expect(await ids(`provider=${provider.name}`)).toEqual([two.grantId, one.grantId]);
    expect(await ids(`player=lister&state=issued`)).toEqual([two.grantId]);
    expect(await ids(`campaignId=${one.campaignId}`)).toEqual([one.grantId]);
    expect(await ids(`state=delivery_failed`)).toEqual([]);
    const { body } = await app.request('GET', `/v1/free-spins?player=lister&limit=1`);
    expect(await ids(`player=lister&limit=1&cursor=${body.nextCursor}`)).toEqual([one.grantId]);
    expect(await ids('', await app.playerToken('lister'))).toEqual([two.grantId, one.grantId]);
    expect(await ids('', await app.playerToken('nobody'))).toEqual([]);
    expect(await ids('', (await app.anotherBrand()).ownerKey)).toEqual([]);
    const own = await app.request('GET', '/v1/free-spins?player=lister', {
      key: await app.playerToken('lister'),
    });
    expect(own).toMatchObject({ status: 422, body: { errors: [{ field: 'query.player' }] } });
    await provider[Symbol.asyncDispose]();
  });
});

test.each(['pending', 'delivery_failed'])('a delivery that was given up shows: %s', async (state) => {
  const provider = await connectProvider(app, 'hmac256');
  provider.next('/freespins/issue', (response) => {
    response.writeHead(500).end();
  });
  const spins = await startSpins(app, provider);
  await expectSpins(app, spins, { state: 'pending' });
  await app.db.query('update grants set status = $2 where grant_id = $1', [spins.grantId, state]);
  const { body } = await app.request('GET', `/v1/free-spins?player=${spins.player}&state=${state}`);
  expect(body.items).toMatchObject([{ grantId: spins.grantId, state }]);
  await provider[Symbol.asyncDispose]();
});
