import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, playerId } from '../../platform/ids.ts';
import { openSecrets } from '../../platform/secrets.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { readsOfPrepared } from '../../testing/plans.ts';
import { indexRanges } from './addresses/ranges.ts';
import { createIdentifiers } from './identifiers/keys.ts';
import type { IdentifierKind } from './identifiers/normalise.ts';
import { removeLink } from './linking/links.ts';
import { type LoadedRisk, riskLoader } from './lookup.ts';
import { personLoader } from './person.ts';

const identifiers = createIdentifiers(openSecrets(randomBytes(32)));
const load = riskLoader(
  identifiers,
  indexRanges([{ first: 0x0a000000n, last: 0x0affffffn, family: 4, kind: 'vpn', country: 'NL' }]),
);
const brandId = newId();
const idOf = (name: string): string => playerId(brandId, name);
const keyOf = (kind: IdentifierKind, text: string): string => identifiers.keyOf(brandId, kind, text) ?? '';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Links accounts with one identifier as the background work does. */
async function link(kind: IdentifierKind, text: string, ...names: string[]): Promise<void> {
  const key = keyOf(kind, text);
  await database.db.query(
    `insert into risk_identifiers (identifier_key, brand_id, kind, hint, players, first_player_id, first_seen_at)
     values ($1, $2, $3, '', $4, $5, now())`,
    [key, brandId, kind, names.length, names[0] === undefined ? null : idOf(names[0])],
  );
  for (const name of names)
    await database.db.query(
      `insert into risk_links (identifier_key, player_id, brand_id, kind, first_seen_at, last_seen_at)
       values ($1, $2, $3, $4, now(), now())`,
      [key, idOf(name), brandId, kind],
    );
}

async function ask(name: string, told: { deviceId?: string; ip?: string; ipCountry?: string } = {}) {
  const [loaded] = await load(database.db, [{ brandId, playerId: idOf(name), ...told }]);
  return loaded as LoadedRisk;
}

/** As an analyst takes a link away. */
const unlink = (kind: IdentifierKind, text: string, name: string) =>
  removeLink(database.db, { key: keyOf(kind, text), playerId: idOf(name) });

const personOf = async (name: string, deviceId?: string) =>
  (await personLoader(identifiers)(database.db, [{ brandId, playerId: idOf(name), deviceId }]))[0];

test('of who nothing is known, nothing is said', async () => {
  expect(await ask('nobody')).toEqual({
    device: null,
    address: null,
    guessing: { misses: 0, lockouts: 0 },
    profile: [],
    listed: null,
  });
  expect(await personOf('nobody')).toEqual([idOf('nobody')]);
});

test('attempts are answered in their order, whoever of them is known', async () => {
  await link('device', 'of both', 'ann', 'bob');
  const asked = ['nobody', 'bob', 'nobody', 'cid', 'ann'].map((name) => ({
    brandId,
    playerId: idOf(name),
    deviceId: 'of both',
  }));
  const loaded = await load(database.db, asked);
  expect(loaded.map(({ device }) => device?.others)).toEqual([2, 1, 2, 2, 1]);
  expect(await load(database.db, [])).toEqual([]);
});

describe('other accounts of a device', () => {
  test.each([
    ['its own alone', ['x1'], 'x1', 0],
    ['another’s alone', ['y1'], 'x2', 1],
    ['both', ['x3', 'y3'], 'x3', 1],
    ['two others', ['y4', 'z4'], 'x4', 2],
    ['nobody’s any more', [], 'x5', 0],
  ])('%s', async (device, names, who, others) => {
    await link('device', device, ...names);
    expect((await ask(who, { deviceId: device })).device).toEqual({ others });
  });
});

describe('a link that was removed', () => {
  const others = async (name: string, deviceId: string) => (await ask(name, { deviceId })).device?.others;

  test('has nobody else’s account speak against its player, and goes on saying what it says of the rest', async () => {
    await link('device', 'given away', 'giver', 'taker');
    await unlink('device', 'given away', 'giver');
    expect(await others('giver', 'given away')).toBe(0);
    expect(await others('taker', 'given away')).toBe(0);
    expect(await others('third', 'given away')).toBe(1);
  });

  test('the same while several others have it', async () => {
    await link('device', 'of three', 'one', 'two', 'three');
    await unlink('device', 'of three', 'one');
    expect(await others('one', 'of three')).toBe(0);
    expect(await others('two', 'of three')).toBe(1);
    expect(await others('fourth', 'of three')).toBe(2);
    await link('address', '192.0.2.201', 'one', 'two', 'three');
    await unlink('address', '192.0.2.201', 'one');
    expect((await ask('one', { ip: '192.0.2.201' })).address?.others).toBe(0);
  });

  test('does not lead to the person behind its player', async () => {
    await database.db.query(
      `insert into players (player_id, brand_id, external_id, email, email_canonical, phone)
       values ($1, $2, 'parted', 'parted@gmail.com', 'parted@gmail.com', '+442079460001')`,
      [idOf('parted'), brandId],
    );
    await link('device', 'sold', 'parted', 'buyer');
    await link('email', 'parted@gmail.com', 'parted', 'buyer');
    await link('phone', '+442079460001', 'parted', 'buyer');
    const phone = keyOf('phone', '+442079460001');
    expect(await personOf('parted', 'sold')).toHaveLength(4);
    await unlink('device', 'sold', 'parted');
    await unlink('email', 'parted@gmail.com', 'parted');
    expect(await personOf('parted', 'sold')).toEqual([idOf('parted'), phone]);
    expect(await personOf('buyer', 'sold')).toContain(keyOf('device', 'sold'));
  });
});

test('an address is that of its network, and says what the file knows', async () => {
  await link('address', '2001:db8:1:2::1', 'neighbour');
  expect((await ask('somebody', { ip: '2001:db8:1:2:ffff::9', ipCountry: 'DE' })).address).toEqual({
    others: 1,
    kinds: [],
    country: 'DE',
  });
  expect((await ask('somebody', { ip: '10.1.2.3', ipCountry: 'DE' })).address).toEqual({
    others: 0,
    kinds: ['vpn'],
    country: 'NL',
  });
  expect((await ask('somebody', { ip: 'unknown' })).address).toEqual({ others: 0, kinds: [], country: null });
});

test('guesses count while their window is open, lock-outs for a day', async () => {
  const guess = (name: string, since: string, locked: string) =>
    database.db.query(
      `insert into guesses (guess_key, brand_id, window_started_at, misses, lockouts, locked_until)
       values ($1, $2, now() - $3::interval, 4, 2, now() - $4::interval)`,
      [`p:${idOf(name)}`, brandId, since, locked],
    );
  await guess('guesser', '9 minutes', '23 hours');
  await guess('former guesser', '11 minutes', '25 hours');
  expect((await ask('guesser')).guessing).toEqual({ misses: 4, lockouts: 2 });
  expect((await ask('former guesser')).guessing).toEqual({ misses: 0, lockouts: 0 });
});

test('what was found before comes along, with what limits per person count by', async () => {
  const finding = { indicator: 'email_disposable', version: 1, evidence: { domain: 'mailinator.com' } };
  const card = keyOf('payment', 'card');
  await link('payment', 'card', 'known');
  await link('address', '192.0.2.55', 'known');
  await database.db.query('insert into risk_profiles (player_id, brand_id, findings) values ($1, $2, $3)', [
    idOf('known'),
    brandId,
    JSON.stringify([finding]),
  ]);
  expect((await ask('known')).profile).toEqual([finding]);
  expect(await personOf('known', 'phone')).toEqual([idOf('known'), card, keyOf('device', 'phone')]);
});

test('an account that is not linked yet is the person of its mailbox and telephone', async () => {
  await database.db.query(
    `insert into players (player_id, brand_id, external_id, email, email_canonical, phone)
     values ($1, $2, 'new', 'N.ew@gmail.com', 'new@gmail.com', '+44 20 7946 0000')`,
    [idOf('new'), brandId],
  );
  expect(await personOf('new')).toEqual([
    idOf('new'),
    keyOf('email', 'new+again@googlemail.com'),
    keyOf('phone', '0044 (20) 7946-0000'),
  ]);
});

describe('lists', () => {
  const put = (key: string, list: string, expires: string | null = null, of = { brandId, network: '' }) =>
    database.db.query(
      `insert into risk_lists (identifier_key, brand_id, list, kind, hint, network, reason, expires_at, created_by, entry_id, created_at)
       values ($1, $2, $3, 'any', '', nullif($5, '')::cidr, '', now() + $4::interval, '{}', $1, now())`,
      [key, of.brandId, list, expires, of.network],
    );
  const putNetwork = (network: string, list: string, expires: string | null = null, brand = brandId) =>
    put(identifiers.keyOfNetwork(brand, network), list, expires, { brandId: brand, network });
  const listedAt = async (ip: string) => (await ask('any', { ip })).listed;

  test('of the player, the device, the address, or what the person is known by', async () => {
    await put(idOf('blocked'), 'blocked');
    await put(keyOf('device', 'blocked'), 'blocked');
    await put(keyOf('address', '192.0.2.7'), 'blocked');
    await put(keyOf('payment', 'stolen'), 'blocked');
    await link('payment', 'stolen', 'thief');
    expect((await ask('blocked')).listed).toBe('blocked');
    expect((await ask('any', { deviceId: 'blocked' })).listed).toBe('blocked');
    expect((await ask('any', { ip: '192.0.2.7' })).listed).toBe('blocked');
    expect((await ask('thief')).listed).toBe('blocked');
    expect((await ask('any', { deviceId: 'other', ip: '192.0.2.8' })).listed).toBeNull();
  });

  test('an entry is over when it expires', async () => {
    await put(idOf('until lately'), 'blocked', '-1 second');
    await put(idOf('for now'), 'allowed', '1 hour');
    expect((await ask('until lately')).listed).toBeNull();
    expect((await ask('for now')).listed).toBe('allowed');
  });

  test('what is said of the player goes before the rest, and of the rest the worse', async () => {
    await put(idOf('trusted'), 'allowed');
    await put(keyOf('device', 'bad'), 'blocked');
    await put(keyOf('address', '192.0.2.99'), 'allowed');
    expect((await ask('trusted', { deviceId: 'bad' })).listed).toBe('allowed');
    expect((await ask('any', { deviceId: 'bad', ip: '192.0.2.99' })).listed).toBe('blocked');
  });

  test('of a network are of every address in it, and of none beside it', async () => {
    await putNetwork('203.0.113.0/25', 'blocked');
    await putNetwork('2001:db8:77::/48', 'blocked');
    const inside = ['203.0.113.0', '203.0.113.127', '::ffff:203.0.113.5', '2001:db8:77:ffff::1'];
    expect(await Promise.all(inside.map(listedAt))).toEqual(inside.map(() => 'blocked'));
    const beside = [
      '203.0.113.128',
      '203.0.112.255',
      '2001:db8:78::1',
      '203.0.113.0/25',
      'fe80::1%eth0',
      'x',
    ];
    expect(await Promise.all(beside.map(listedAt))).toEqual(beside.map(() => null));
  });

  test('of networks in each other and the address itself, the narrowest that is not over counts', async () => {
    await putNetwork('198.18.0.0/15', 'blocked');
    await putNetwork('198.18.7.0/24', 'allowed');
    await put(keyOf('address', '198.18.7.7'), 'blocked');
    await put(keyOf('address', '198.18.7.8'), 'blocked', '-1 second');
    await putNetwork('198.19.0.0/24', 'allowed', '-1 second');
    expect(await listedAt('198.18.6.1')).toBe('blocked');
    expect(await listedAt('198.18.7.1')).toBe('allowed');
    expect(await listedAt('198.18.7.7')).toBe('blocked');
    expect(await listedAt('198.18.7.8')).toBe('allowed');
    expect(await listedAt('198.19.0.1')).toBe('blocked');
    await put(idOf('of the network'), 'allowed');
    expect((await ask('of the network', { ip: '198.18.6.1' })).listed).toBe('allowed');
  });

  test('of a network are of one brand', async () => {
    await putNetwork('100.64.0.0/10', 'blocked', null, newId());
    expect(await listedAt('100.64.0.1')).toBeNull();
  });
});

test('everything is looked up by its key, however much there is', async () => {
  const { db } = database;
  const statements = [
    `insert into risk_profiles (player_id, brand_id) select md5('p' || n)::uuid, '${brandId}' from generate_series(1, 20000) n`,
    `insert into players (player_id, brand_id, external_id) select md5('p' || n)::uuid, '${brandId}', n from generate_series(1, 20000) n`,
    `insert into risk_identifiers (identifier_key, brand_id, kind, hint, players, first_seen_at)
     select md5('i' || n)::uuid, '${brandId}', 'device', '', 2, now() from generate_series(1, 20000) n`,
    `insert into risk_links (identifier_key, player_id, brand_id, kind, first_seen_at, last_seen_at)
     select md5('i' || n)::uuid, md5('p' || n)::uuid, '${brandId}', 'device', now(), now() from generate_series(1, 20000) n`,
    `insert into guesses (guess_key, brand_id, window_started_at, misses) select 'g' || n, '${brandId}', now(), 1 from generate_series(1, 20000) n`,
    `insert into risk_lists (identifier_key, brand_id, list, kind, hint, network, reason, created_by, entry_id, created_at)
     select md5('l' || n)::uuid, '${brandId}', 'blocked', 'any', '', case when n % 4 = 0 then ('10.' || n / 256 || '.' || n % 256 || '.0/24')::cidr end,
       '', '{}', md5('l' || n)::uuid, now() from generate_series(1, 20000) n`,
    'vacuum analyze',
  ];
  for (const statement of statements) await db.query(statement);
  const attempts = Array.from({ length: 110 }, (_, n) => ({
    brandId,
    playerId: idOf(`p${n}`),
    deviceId: `d${n}`,
    ip: `198.51.100.${n}`,
  }));
  const { names, whole } = await db.pipelined(async (connection) => {
    await load(connection, attempts);
    await personLoader(identifiers)(connection, attempts);
    return readsOfPrepared(connection);
  });
  expect(names).toEqual(expect.arrayContaining(['risk.load', 'risk.persons', 'risk.persons.removed']));
  expect(whole).toEqual([]);
});
