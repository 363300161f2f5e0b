import { randomUUID } from 'node:crypto';
import type { ProviderShape } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { eventCounts, expectBalanced, grantsOf } from '../../testing/actions.ts';
import { startTestApp, type TestApp, type TestResponse } from '../../testing/test-app.ts';
import {
  callbackOf,
  connectProvider,
  expectSpins,
  type FakeProvider,
  hmac,
  issuedSpins,
  type Spinning,
  spinsOf,
  startSpins,
} from './testing.ts';

let app: TestApp;
const SHAPES = ['hmac256', 'formsha1', 'md5query'] as const;
const providers = {} as Record<ProviderShape, FakeProvider>;
beforeAll(async () => {
  app = await startTestApp({ config: { outboundAllowPrivate: true } });
  for (const shape of SHAPES) providers[shape] = await connectProvider(app, shape);
});
afterAll(async () => {
  await app.close();
  for (const provider of Object.values(providers)) await provider[Symbol.asyncDispose]();
});

const stored = async ({ grantId }: Spinning): Promise<number> =>
  (await app.db.query('select from free_spin_callbacks where grant_id = $1', [grantId])).rowCount ?? 0;

const refusal = ({ status, body }: TestResponse) => [status, body.key];

describe.each(SHAPES)('%s', (shape) => {
  /** A single spin, so that one round ends it in every shape. */
  const single = (player?: string) =>
    issuedSpins(app, providers[shape], { reward: { count: 1 }, ...(player ? { player } : {}) });

  it('pays once, however many say at once that it is over (V15)', async () => {
    const spins = await single();
    const told = { grantId: spins.grantId, player: spins.player, won: 1_340, played: 1, id: 't-1' };
    const answers = await Promise.all(Array.from({ length: 20 }, () => providers[shape].tell(told)));
    expect(answers.map(({ status }) => status)).toEqual(Array(20).fill(200));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]?.body).toMatchObject({
      transactionId: 't-1',
      freeSpins: spins.grantId,
      state: 'finished',
    });
    await expectSpins(app, spins, { credited: 1_340 });
    expect((await providers[shape].tell(told)).body).toEqual(answers[0]?.body);
    expect((await grantsOf(app, spins.player)).map(({ amount }) => amount)).toEqual([1_340, 0]);
    expect(await stored(spins)).toBe(1);
    expect(await eventCounts(app, spins.campaignId)).toMatchObject({ 'freespins.finished': 1 });
    await expectBalanced(app);
  });

  it('ends once, whatever it is called', async () => {
    const spins = await single();
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        providers[shape].tell({ grantId: spins.grantId, player: spins.player, won: 100 + n, played: 1 }),
      ),
    );
    const taken = answers.filter(({ status }) => status === 200);
    expect(taken).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map(({ body }) => body.key))).toEqual(
      new Set(['free_spins_over']),
    );
    await expectSpins(app, spins, { credited: taken[0]?.body.won });
    expect(await grantsOf(app, spins.player)).toHaveLength(2);
  });

  it('refuses a transaction that is told with another content', async () => {
    const spins = await single();
    const told = { grantId: spins.grantId, player: spins.player, won: 100, played: 1, id: 't-2' };
    expect((await providers[shape].tell(told)).status).toBe(200);
    expect(refusal(await providers[shape].tell({ ...told, won: 10_000 }))).toEqual([409, 'conflict']);
    await expectSpins(app, spins, { won: 100, credited: 100 });
  });

  it('takes the end before the order was answered', async () => {
    let told: TestResponse | undefined;
    const path = {
      hmac256: '/freespins/issue',
      formsha1: '/freespins/set',
      md5query: '/bonus/player/create',
    }[shape];
    const player = `early-${shape}`;
    providers[shape].next(path, async (response, request) => {
      const [grantId = ''] = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(`${request.path} ${request.body}`) ?? [];
      told = await providers[shape].tell({ grantId, player, won: 250, played: 1 });
      response.writeHead(200).end('{"error":0}');
    });
    const spins = await startSpins(app, providers[shape], { player, reward: { count: 1 } });
    await expectSpins(app, spins, { state: 'finished', credited: 250, issuedAt: expect.any(String) });
    expect(told?.status).toBe(200);
    expect((await grantsOf(app, player)).map(({ status }) => status)).toEqual(['active', 'completed']);
    expect(await eventCounts(app, spins.campaignId)).toMatchObject({
      'freespins.issued': 1,
      'freespins.finished': 1,
    });
    await expectBalanced(app);
  });

  test.each<[string, (good: ReturnType<typeof callbackOf>) => [string, Record<string, string>]]>([
    ['no signature', ({ body }) => [body.replace(/hash=\w+/, ''), { 'content-type': typeOf(shape) }]],
    ['another byte', ({ body, headers }) => [body.replace(/5\.00|500/, '900'), headers]],
  ])('refuses a callback with %s, and stores nothing', async (_, spoil) => {
    const spins = await single();
    const good = callbackOf(shape, { grantId: spins.grantId, player: spins.player, won: 500, played: 1 });
    expect(refusal(await providers[shape].send(...spoil(good)))).toEqual([403, 'signature_invalid']);
    expect(await stored(spins)).toBe(0);
    expect(await spinsOf(app, spins)).toMatchObject({ state: 'issued', won: 0 });
  });

  it('says clearly that it does not know an id, and stores nothing', async () => {
    const before = (await app.db.query('select from free_spin_callbacks')).rowCount;
    for (const grantId of [randomUUID(), 'no-uuid', "' or true", ''])
      expect(refusal(await providers[shape].tell({ grantId, won: 1 }))).toEqual([404, 'not_found']);
    expect((await app.db.query('select from free_spin_callbacks')).rowCount).toBe(before);
  });

  it('knows only the orders of the provider itself', async () => {
    const other = await connectProvider(app, shape);
    const spins = await single();
    expect(refusal(await other.tell({ grantId: spins.grantId, player: spins.player, won: 1 }))).toEqual([
      404,
      'not_found',
    ]);
    await other[Symbol.asyncDispose]();
  });

  test.each([
    ['another player', { player: 'somebody-else' }],
    ['another currency', { currency: 'SEK' }],
  ])('refuses wins of %s', async (_, different) => {
    const spins = await single();
    const told = { grantId: spins.grantId, player: spins.player, won: 1, ...different };
    expect(refusal(await providers[shape].tell(told))).toEqual([422, 'free_spins_mismatch']);
    expect(await stored(spins)).toBe(0);
  });
});

const typeOf = (shape: ProviderShape): string =>
  shape === 'hmac256' ? 'application/json' : 'application/x-www-form-urlencoded';

describe('wins out of range', () => {
  test.each<[string, ProviderShape, number, [number, string]]>([
    ['below zero', 'hmac256', -1, [422, 'invalid_request']],
    ['past what is exact', 'hmac256', 2 ** 53, [422, 'invalid_request']],
    ['with a turnover past what is exact', 'hmac256', 2 ** 52, [422, 'amount_too_large']],
    ['below zero', 'md5query', -1, [422, 'amount_negative']],
    ['of half a cent', 'md5query', 0.5, [422, 'amount_too_many_decimals']],
    ['past what is exact', 'md5query', 1e19, [422, 'amount_too_large']],
    ['below zero', 'formsha1', -1, [422, 'amount_negative']],
    ['that are no number', 'formsha1', Number.NaN, [422, 'amount_malformed']],
  ])('%s (%s)', async (_, shape, won, expected) => {
    const spins = await issuedSpins(app, providers[shape], { reward: { count: 1 } });
    const told = { grantId: spins.grantId, player: spins.player, won, played: 1 };
    const { body, headers } = callbackOf(shape, told);
    expect(refusal(await providers[shape].send(body, headers))).toEqual(expected);
    expect(await spinsOf(app, spins)).toMatchObject({ state: 'issued', won: 0 });
    expect(await stored(spins)).toBe(0);
  });
});

describe('what cannot be read', () => {
  test.each<[ProviderShape, (body: string) => string, string]>([
    ['hmac256', (body) => body.replace('"total_amount":500', '"total_amount":"5.00"'), 'total_amount'],
    ['md5query', (body) => body, 'rounds'],
    ['formsha1', (body) => `${body}&amount=9.99`, 'amount'],
  ])('is told by the names of %s', async (shape, spoil, field) => {
    const { grantId, player } = await issuedSpins(app, providers[shape]);
    const { body: good, headers } = callbackOf(shape, { grantId, player, won: 500, played: -1 });
    const body = spoil(good);
    const signed = shape === 'hmac256' ? { ...headers, 'x-request-sign': hmac('sha256', body) } : headers;
    const refused = await providers[shape].send(body, signed);
    expect(refusal(refused)).toEqual([422, 'invalid_request']);
    expect(refused.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    expect(refused.body.errors).toContainEqual({ field, reason: expect.any(String) });
    expect(refused.body.detail).toBe(`${refused.body.errors[0].field}: ${refused.body.errors[0].reason}`);
  });
});

describe('an end without the number of rounds', () => {
  it.each(['hmac256', 'md5query'] as const)('is that of all: %s says they were played out', async (shape) => {
    const spins = await issuedSpins(app, providers[shape]);
    const { body } = await providers[shape].tell({ grantId: spins.grantId, player: spins.player, won: 100 });
    expect(body).toMatchObject({ state: 'finished', played: 20, won: 100 });
    await expectSpins(app, spins, { state: 'finished', played: 20, remaining: 0, credited: 100 });
  });

  it('is that of those told of, when the rest was cancelled', async () => {
    const spins = await issuedSpins(app, providers.hmac256);
    const { body } = await providers.hmac256.tell({ grantId: spins.grantId, won: 0, as: 'canceled' });
    expect(body).toMatchObject({ state: 'cancelled', played: 0 });
  });
});

describe('rounds', () => {
  it('are counted until the last, which ends the spins', async () => {
    const spins = await issuedSpins(app, providers.formsha1, { reward: { count: 3 } });
    const told = { grantId: spins.grantId, player: spins.player };
    expect((await providers.formsha1.tell({ ...told, won: 10 })).body).toMatchObject({
      state: 'playing',
      played: 1,
      won: 10,
    });
    expect(await spinsOf(app, spins)).toMatchObject({ state: 'playing', remaining: 2 });
    await Promise.all([
      providers.formsha1.tell({ ...told, won: 20 }),
      providers.formsha1.tell({ ...told, won: 30 }),
    ]);
    await expectSpins(app, spins, { state: 'finished', played: 3, won: 60, credited: 60 });
    expect(refusal(await providers.formsha1.tell({ ...told, won: 1 }))).toEqual([422, 'free_spins_over']);
  });

  it('cannot be more than were ordered', async () => {
    const spins = await issuedSpins(app, providers.md5query);
    const told = { grantId: spins.grantId, player: spins.player };
    expect(refusal(await providers.md5query.tell({ ...told, won: 0, played: 21 }))).toEqual([
      422,
      'free_spins_exceeded',
    ]);
  });
});

describe('where a callback comes in', () => {
  it('is a provider of the brand', async () => {
    const { brand } = await app.anotherBrand();
    const { body, headers } = callbackOf('hmac256', { grantId: randomUUID(), won: 1 });
    for (const path of [
      `nobody/${providers.hmac256.name}`,
      `${app.brand.slug}/nobody`,
      `${brand.slug}/${providers.hmac256.name}`,
    ])
      expect(
        refusal(await app.request('POST', `/v1/providers/${path}/callbacks`, { key: null, body, headers })),
      ).toEqual([404, 'not_found']);
  });

  it('takes the bytes as they are: a space more is another message', async () => {
    const spins = await issuedSpins(app, providers.hmac256);
    const { body, headers } = callbackOf('hmac256', { grantId: spins.grantId, won: 5, played: 20 });
    expect(refusal(await providers.hmac256.send(`${body}\n`, headers))).toEqual([403, 'signature_invalid']);
    expect((await providers.hmac256.send(body, headers)).status).toBe(200);
  });

  it('takes JSON and forms, nothing else and nothing large', async () => {
    const send = (body: string, type: string) => providers.hmac256.send(body, { 'content-type': type });
    expect((await send('a', 'text/plain')).status).toBe(415);
    expect((await send('x'.repeat(300_000), 'application/json')).status).toBe(413);
    expect((await send('', 'application/json')).status).toBe(403);
  });
});
