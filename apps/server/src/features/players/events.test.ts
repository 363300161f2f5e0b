import type { Property } from '@promosmith/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import { newId, playerId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { playerEvents } from './events.ts';
import { EXCLUDED_FOR_GOOD } from './player.ts';
import { registerProperty } from './properties.ts';
import { find } from './store/index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** Every deposit was told before its reversal. */
const consumer = playerEvents(async (_, told) => told.map(({ kind }) => kind === 'deposit_reversed'));

type Event = Parameters<typeof consumer.apply>[1][number];

const brandId = newId();
let player: string;
beforeEach(() => {
  player = newId();
});

const eventOf = (
  type: Event['type'],
  data: object,
  details: { time?: string; player?: string } = {},
): Event =>
  ({
    id: newId(),
    type,
    time: details.time ?? '2026-03-02T08:20:00Z',
    player: details.player ?? player,
    brandId,
    playerId: playerId(brandId, details.player ?? player),
    data,
  }) as Event;

const apply = (...events: Event[]) =>
  database.db.transaction((tx) =>
    consumer.apply(
      tx,
      events.sort((a, b) => (a.playerId < b.playerId ? -1 : 1)),
    ),
  );
const read = async (externalId = player) => {
  const id = playerId(brandId, externalId);
  const found = await find(database.db, id);
  if (!found) throw new Error(`no player ${externalId}`);
  return found;
};

describe('player.registered and player.updated', () => {
  it('create the player, registered when the event says', async () => {
    await apply(eventOf('player.registered', { email: 'Anna@Example.com', country: 'DE' }));
    expect(await read()).toMatchObject({
      externalId: player,
      email: 'Anna@Example.com',
      emailCanonical: 'anna@example.com',
      country: 'DE',
      registeredAt: new Date('2026-03-02T08:20:00Z'),
    });
  });

  it('keep the platform’s own instant of registration', async () => {
    await apply(eventOf('player.registered', { registeredAt: '2020-01-01T00:00:00Z' }));
    expect((await read()).registeredAt).toEqual(new Date('2020-01-01T00:00:00Z'));
  });

  it('merge as PUT does', async () => {
    await apply(eventOf('player.registered', { country: 'DE', language: 'de', segments: ['a'] }));
    await apply(eventOf('player.updated', { country: null, vipLevel: 2, timeZone: 'Asia/Tokyo' }));
    expect(await read()).toMatchObject({
      ...{ country: null, language: 'de', segments: ['a'], vipLevel: 2, timeZone: 'Asia/Tokyo' },
    });
  });
});

describe('check', () => {
  const rejected = async (data: object) => {
    const events = [eventOf('player.updated', data), eventOf('login', {}, { player: newId() })];
    return (await consumer.check(database.db, events)).map(({ refusal }) => refusal.errors?.[0]?.field);
  };

  test.each<[string, object, string]>([
    ['an e-mail that is none', { email: 'anna at example' }, 'email'],
    ['a property nobody registered', { properties: { shoe_size: 43 } }, 'properties.shoe_size'],
    ['a property of another type', { properties: { score: 'high' } }, 'properties.score'],
  ])('rejects %s, and only that event', async (_, data, field) => {
    const score: Property = { name: 'score', type: 'number', label: 'Score', example: 1 };
    await registerProperty(database.db, brandId, score, { kind: 'system', id: 'test' });
    expect(await rejected(data)).toEqual([field]);
  });

  it('lets the rest pass', async () => {
    expect(await rejected({ email: 'anna@example.com' })).toEqual([]);
  });
});

describe('player.self_excluded', () => {
  const exclude = (until: string | null) => apply(eventOf('player.self_excluded', { until }));

  it('excludes until the instant, or until lifted', async () => {
    await exclude('2999-01-01T00:00:00Z');
    expect((await read()).selfExcludedUntil).toEqual(new Date('2999-01-01T00:00:00Z'));
    await exclude(null);
    expect((await read()).selfExcludedUntil).toEqual(EXCLUDED_FOR_GOOD);
  });

  it('never shortens', async () => {
    await exclude(null);
    await exclude('2999-01-01T00:00:00Z');
    expect((await read()).selfExcludedUntil).toEqual(EXCLUDED_FOR_GOOD);
  });
});

describe('login', () => {
  it('keeps the latest, whatever order they come in', async () => {
    await apply(eventOf('login', {}, { time: '2026-03-02T08:00:00Z' }));
    await apply(eventOf('login', {}, { time: '2026-03-01T08:00:00Z' }));
    expect((await read()).lastLoginAt).toEqual(new Date('2026-03-02T08:00:00Z'));
  });
});

describe('deposits', () => {
  const deposit = (amount: number, more: object = {}, time?: string) =>
    apply(
      eventOf(
        'deposit.succeeded',
        { depositId: newId(), amount, currency: 'EUR', method: 'card', ...more },
        time ? { time } : {},
      ),
    );
  const reverse = (amount: number, currency = 'EUR') =>
    apply(eventOf('deposit.reversed', { depositId: newId(), amount, currency }));
  const history = async () => {
    const { depositCount, totalDeposits, currency } = await read();
    return [depositCount, totalDeposits, currency];
  };

  it('add up, and the first settles the currency', async () => {
    await deposit(2_000, {}, '2026-03-02T10:00:00Z');
    await deposit(500, {}, '2026-03-01T10:00:00Z');
    expect(await history()).toEqual([2, 2_500, 'EUR']);
    expect((await read()).lastDepositAt).toEqual(new Date('2026-03-02T10:00:00Z'));
  });

  it('in another currency are counted, not added', async () => {
    await apply(eventOf('player.registered', { currency: 'USD' }));
    await deposit(2_000);
    await deposit(300, { currency: 'USD' });
    expect(await history()).toEqual([2, 300, 'USD']);
  });

  it('follow the platform’s own count', async () => {
    await deposit(100, { index: 5 });
    expect(await history()).toEqual([5, 100, 'EUR']);
    await deposit(100, { index: 4 });
    expect(await history()).toEqual([5, 200, 'EUR']);
    await deposit(100);
    expect(await history()).toEqual([6, 300, 'EUR']);
  });

  it('are taken back, never below nothing', async () => {
    await deposit(2_000);
    await deposit(500);
    await reverse(500);
    expect(await history()).toEqual([1, 2_000, 'EUR']);
    await reverse(9_999);
    await reverse(1);
    expect(await history()).toEqual([0, 0, 'EUR']);
  });

  it('add up to no more than a whole number JSON can carry', async () => {
    await deposit(Number.MAX_SAFE_INTEGER);
    await deposit(1);
    expect(await history()).toEqual([2, Number.MAX_SAFE_INTEGER, 'EUR']);
  });

  it('of one player at once are all counted', async () => {
    await Promise.all(Array.from({ length: 20 }, () => deposit(10)));
    expect(await history()).toEqual([20, 200, 'EUR']);
  });
});

it('applies events of many players and types in one go, from two sides at once', async () => {
  const players = Array.from({ length: 50 }, () => newId());
  const batch = () =>
    players.map((id, i) =>
      i % 2 === 0
        ? eventOf('login', {}, { player: id })
        : eventOf(
            'deposit.succeeded',
            { depositId: newId(), amount: 100, currency: 'EUR', method: 'card' },
            { player: id },
          ),
    );
  await Promise.all([apply(...batch()), apply(...batch().reverse()), apply(...batch())]);
  const read50 = await Promise.all(players.map(read));
  expect(read50.filter(({ lastLoginAt }) => lastLoginAt !== null)).toHaveLength(25);
  expect(read50.filter(({ totalDeposits }) => totalDeposits === 300)).toHaveLength(25);
});
