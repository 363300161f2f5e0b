import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../app.ts';
import { type Database, openDatabase, type Queryable } from '../../platform/db.ts';
import { newId, playerId } from '../../platform/ids.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { newCampaign, readyBatch } from '../codes/testing.ts';
import { ensurePlayers } from '../players/index.ts';
import type { Addressed } from './index.ts';
import { SEED } from './sandbox/testing/seed.ts';

interface Server {
  app: App;
  db: Database;
}

let app: TestApp;
let servers: Server[];
let server: Server;
beforeAll(async () => {
  app = await startTestApp();
  servers = await Promise.all(
    [1, 2, 3].map(async () => {
      const db = openDatabase(app.databaseUrl, { poolSize: 5, onIdleError: () => undefined });
      return { db, app: await createApp({ ...app.config, port: 0 }, db) };
    }),
  );
  server = servers[0]!;
});
afterAll(async () => {
  for (const { app, db } of servers) {
    await app.close();
    await db.close();
  }
  await app.close();
});

const NOON = new Date('2026-03-02T12:00:00Z');
const label = async (name: string, definition: object) =>
  expect((await app.request('POST', '/v1/labels', { body: { name, definition } })).status).toBe(201);
const batch = async (count: number) =>
  (await readyBatch(app, await newCampaign(app), { kind: 'unique', count })).id;

async function to(player: string, details: object = {}): Promise<Addressed> {
  await app.request('PUT', `/v1/players/${player}`, { body: details });
  return { messageId: newId(), playerId: playerId(app.brand.brandId, player) };
}
async function toMany(count: number, prefix: string): Promise<Addressed[]> {
  const { brandId } = app.brand;
  const players = Array.from({ length: count }, (_, n) => {
    const externalId = `${prefix}-${n}`;
    return { brandId, externalId, playerId: playerId(brandId, externalId) };
  });
  await ensurePlayers(app.db, players);
  return players.map(({ playerId }) => ({ playerId, messageId: newId() }));
}

/** Both steps on a server, as whoever stores messages takes them. */
async function values(names: string[], messages: Addressed[], on: Server = server) {
  const prepared = await on.app.labels.prepare({ brandId: app.brand.brandId, names, messages, at: NOON });
  return on.db.transaction((tx) => on.app.labels.reserve(tx, prepared));
}
async function valueFor(name: string, message: Addressed, on?: Server) {
  const result = (await values([name], [message], on)).messages.get(message.messageId);
  return result?.ok ? result.value[name] : result?.refusal.key;
}
const drawnOf = async (batchId: string, db: Queryable = app.db) => {
  const { rows } = await db.query<{ holder: string }>(
    'select holder_id as holder from codes where batch_id = $1 and holder_id is not null',
    [batchId],
  );
  return rows.map(({ holder }) => holder);
};

describe('the values of a message', () => {
  test('are chosen for its player, at its instant', async () => {
    await label('greeting', {
      kind: 'text',
      conditions: [
        { rule: 'player.age >= 36 && now < timestamp("2026-03-02T12:00:01Z")', value: 'of age' },
        { rule: 'player.country == "DE"', value: 'Hallo' },
      ],
      default: 'Hello',
    });
    await label('when', { kind: 'function', default: 'new Date().toISOString()' });
    const [anna, ben, cleo] = [
      await to('anna', { country: 'DE' }),
      await to('ben', { birthDate: '1990-03-02' }),
      { messageId: newId(), playerId: newId() },
    ];
    const { messages, events } = await values(['greeting', 'when'], [anna, ben, cleo]);
    const when = NOON.toISOString();
    expect(Object.fromEntries(messages)).toEqual({
      [anna.messageId]: { ok: true, value: { greeting: 'Hallo', when } },
      [ben.messageId]: { ok: true, value: { greeting: 'of age', when } },
      [cleo.messageId]: { ok: true, value: { greeting: 'Hello', when } },
    });
    expect(events).toEqual([]);
  });

  test('of a function are made for each message', async () => {
    await label('promo_code', { kind: 'function', default: SEED });
    const recipients = await toMany(50, 'seed');
    const { messages } = await values(['promo_code'], recipients);
    const codes = [...messages.values()].map((message) => message.ok && message.value.promo_code);
    expect(new Set(codes).size).toBe(50);
  });

  test('are nothing when nothing is asked for', async () => {
    const message = await to('anna');
    expect([...(await values([], [message])).messages]).toEqual([
      [message.messageId, { ok: true, value: {} }],
    ]);
  });

  test('are refused one message at a time', async () => {
    await label('adults', {
      kind: 'function',
      conditions: [{ rule: 'player.age >= 18', value: '"welcome"' }],
      default: 'throw "who?"',
    });
    expect(await valueFor('adults', await to('grown', { birthDate: '1990-01-01' }))).toBe('welcome');
    expect(await valueFor('adults', await to('unknown'))).toBe('label_failed');
  });

  test('are refused for a name that nobody gave', async () => {
    expect(await valueFor('nobody_made_it', await to('anna'))).toBe('label_unknown');
    const { brand } = await app.anotherBrand();
    const prepared = await server.app.labels.prepare({
      brandId: brand.brandId,
      names: ['promo_code'],
      messages: [{ messageId: 'm', playerId: newId() }],
      at: NOON,
    });
    expect(prepared.messages.get('m')).toMatchObject({ refusal: { key: 'label_unknown' } });
  });

  test('come from archived label tags, too', async () => {
    await label('old', { kind: 'text', default: 'still here' });
    await app.request('POST', '/v1/labels/old/archive');
    expect(await valueFor('old', await to('anna'))).toBe('still here');
    expect(await server.app.labels.names(app.brand.brandId)).not.toContain('old');
  });
});

describe('the code of a message', () => {
  test('is bound to its player, and told', async () => {
    const batchId = await batch(3);
    await label('gift', { kind: 'code', default: batchId });
    const message = await to('anna');
    const { messages, events } = await values(['gift'], [message]);
    const drawn = messages.get(message.messageId);
    const code = drawn?.ok ? drawn.value.gift : '';
    const found = await app.request('POST', '/v1/codes/lookup', { body: { code } });
    expect(found.body).toMatchObject({ holder: 'anna', batchId });
    expect(events).toMatchObject([
      { type: 'code.distributed', subject: `code/${found.body.id}`, data: { player: 'anna', batchId } },
    ]);
    expect(JSON.stringify(events)).not.toContain(code);
  });

  test('is the same however often the message is prepared, on whatever server', async () => {
    const batchId = await batch(50);
    await label('same', { kind: 'code', default: batchId });
    const message = await to('anna');
    const codes = await Promise.all(
      Array.from({ length: 12 }, (_, n) => valueFor('same', message, servers[n % servers.length])),
    );
    expect(new Set(codes).size).toBe(1);
    expect(codes[0]).toMatch(/^[0-9A-Z-]{10,}$/);
    expect(await drawnOf(batchId)).toHaveLength(1);
  });

  test('is another one for another message to the same player', async () => {
    const batchId = await batch(5);
    await label('each', { kind: 'code', default: batchId });
    const messages = [await to('anna'), await to('anna')];
    const reserved = await values(['each'], messages);
    const codes = [...reserved.messages.values()].map((message) => message.ok && message.value.each);
    expect(new Set(codes).size).toBe(2);
    expect(await drawnOf(batchId)).toEqual(Array(2).fill(messages[0]?.playerId));
  });

  test('stays in the batch when the message is not stored', async () => {
    const batchId = await batch(1);
    await label('undone', { kind: 'code', default: batchId });
    const prepared = await server.app.labels.prepare({
      brandId: app.brand.brandId,
      names: ['undone'],
      messages: [await to('anna')],
      at: NOON,
    });
    const storing = server.db.transaction(async (tx) => {
      await server.app.labels.reserve(tx, prepared);
      throw new Error('the message was not stored');
    });
    await expect(storing).rejects.toThrow('was not stored');
    expect(await drawnOf(batchId)).toEqual([]);
    expect((await app.db.query('select 1 from label_draws where batch_id = $1', [batchId])).rows).toEqual([]);
  });

  test('is refused when the batch has run out, and drawn when it has more', async () => {
    const [empty, full] = [await batch(1), await batch(1)];
    await label('scarce', { kind: 'code', default: empty });
    expect(await valueFor('scarce', await to('first'))).toMatch(/^[0-9A-Z-]{10,}$/);
    const late = await to('late');
    expect(await valueFor('scarce', late)).toBe('label_codes_run_out');
    await app.request('PUT', '/v1/labels/scarce', {
      body: { version: 1, definition: { kind: 'code', default: full } },
    });
    expect(await valueFor('scarce', late)).toMatch(/^[0-9A-Z-]{10,}$/);
    expect(await drawnOf(full)).toEqual([late.playerId]);
  });

  test('is refused when its batch was disabled', async () => {
    const batchId = await batch(2);
    await label('closed', { kind: 'code', default: batchId });
    await app.request('POST', `/v1/code-batches/${batchId}/disable`, { body: { reason: 'test' } });
    expect(await valueFor('closed', await to('anna'))).toBe('label_codes_run_out');
  });
});

describe('several servers that draw from the same batches at once', () => {
  test('give every code once, and as many as there are', async () => {
    const batchId = await batch(100);
    await label('raced', { kind: 'code', default: batchId });
    const recipients = await toMany(130, 'raced');
    const groups = Array.from({ length: 26 }, (_, n) => recipients.slice(n * 5, n * 5 + 5));
    const reserved = await Promise.all(
      groups.map((group, n) => values(['raced'], group, servers[n % servers.length])),
    );
    const results = reserved.flatMap(({ messages }) => [...messages.values()]);
    const codes = results.flatMap((result) => (result.ok ? [result.value.raced] : []));
    const keys = results.flatMap((result) => (result.ok ? [] : [result.refusal.key]));
    expect([codes.length, new Set(codes).size]).toEqual([100, 100]);
    expect(keys).toEqual(Array(30).fill('label_codes_run_out'));
    expect(new Set(await drawnOf(batchId)).size).toBe(100);
    expect(reserved.flatMap(({ events }) => events)).toHaveLength(100);
  });

  test('do not lock each other out when each message takes from two', async () => {
    const [one, other] = [await batch(40), await batch(40)];
    await label('one', { kind: 'code', default: one });
    await label('other', { kind: 'code', default: other });
    const recipients = await toMany(60, 'both');
    const reserved = await Promise.all(
      recipients.map((message, n) =>
        values(n % 2 ? ['one', 'other'] : ['other', 'one'], [message], servers[n % servers.length]),
      ),
    );
    const good = reserved.flatMap(({ messages }) => [...messages.values()].filter(({ ok }) => ok));
    expect(good.length).toBe(40);
    expect([(await drawnOf(one)).length, (await drawnOf(other)).length]).toEqual([40, 40]);
  });
});
