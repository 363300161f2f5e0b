import type { PlatformEventResult } from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import { createCurrencyTable } from '@promosmith/core/money';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { playerId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { must } from '../../testing/test-app.ts';
import { type BoundConsumer, bindConsumer, type EventConsumer, type IncomingEvent } from './consumers.ts';
import { receive, type Takers } from './service.ts';
import { shareRounds } from './shared-rounds.ts';

const currencies = must(createCurrencyTable());
const brandId = '0196f0a0-0000-7000-8000-000000000001';
const origin = {
  brandId,
  actor: { kind: 'api_key', id: 'key' },
  correlationId: 'request',
  time: new Date().toISOString(),
} as const;

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.query('truncate platform_events, outbox, players');
});

const minutesAgo = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
const login = (id: string, player = 'anna', time = minutesAgo(1)) => ({
  id,
  type: 'login',
  time,
  player,
  data: {},
});
const deposit = (id: string, currency = 'EUR', player = 'anna') => ({
  id,
  type: 'deposit.succeeded',
  time: minutesAgo(1),
  player,
  data: { depositId: id, amount: 1000, currency, method: 'card' },
});

const takers = (consumers: readonly BoundConsumer[]): Takers => ({
  takeRound: shareRounds(database.db, consumers),
  keeper: undefined,
  codes: undefined,
  listeners: [],
});

const send = (items: readonly unknown[], ...consumers: EventConsumer<'login' | 'deposit.succeeded'>[]) =>
  receive(database.db, takers(consumers.map(bindConsumer)), currencies, origin, items);
const short = (results: readonly PlatformEventResult[]) =>
  results.map((result) => (result.status === 'rejected' ? result.reason.key : result.status));
const recorded = async () =>
  (
    await database.db.query<{ event_id: string }>('select event_id from platform_events order by event_id')
  ).rows.map((row) => row.event_id);

/** Keeps what it was handed; takes only euros. */
function ledger() {
  const applied: IncomingEvent[][] = [];
  const consumer: EventConsumer<'login' | 'deposit.succeeded'> = {
    types: ['login', 'deposit.succeeded'],
    check: async (_, events) =>
      events
        .filter((event) => event.type === 'deposit.succeeded' && event.data.currency !== 'EUR')
        .map((event) => ({ event, refusal: refuse('unknown_currency', 'Only euros.').refusal })),
    async apply(_, events) {
      applied.push([...events]);
      return [];
    },
  };
  return { consumer, ids: () => applied.map((events) => events.map(({ id }) => id)) };
}

test('every item gets its own result, in order, and a bad one undoes nothing of the others', async () => {
  const results = await send([
    login('a'),
    null,
    { ...login('b'), type: 'login.failed' },
    { ...login('c'), data: { device: 'x'.repeat(129) } },
    { ...login('d'), extra: true },
    { id: 7, type: 'login' },
    login('e'),
  ]);
  expect(results.map(({ id }) => id)).toEqual(['a', null, 'b', 'c', 'd', null, 'e']);
  expect(short(results)).toEqual([
    'accepted',
    'unknown_event_type',
    'unknown_event_type',
    'invalid_event',
    'invalid_event',
    'invalid_event',
    'accepted',
  ]);
  expect(results[3]).toMatchObject({ reason: { errors: [{ field: 'data.device' }] } });
  expect(await recorded()).toEqual(['a', 'e']);
});

test('an event sent again is a duplicate and is applied once', async () => {
  const { consumer, ids } = ledger();
  const time = minutesAgo(1);
  expect(short(await send([login('a', 'anna', time)], consumer))).toEqual(['accepted']);
  expect(short(await send([login('a', 'anna', time), login('b')], consumer))).toEqual([
    'duplicate',
    'accepted',
  ]);
  expect(ids()).toEqual([['a'], ['b']]);
});

test('the same instant in another zone and another order of fields is the same event', async () => {
  const event = { ...deposit('a'), time: '2099-01-01T00:00:00Z' };
  const now = new Date(Math.floor(Date.now() / 1000) * 1000);
  const utc = now.toISOString();
  const inCairo = `${new Date(now.getTime() + 7_200_000).toISOString().slice(0, 19)}+02:00`;
  await send([{ ...event, time: utc }]);
  const { method, currency, amount, depositId } = event.data;
  const again = { ...event, time: inCairo, data: { method, currency, amount, depositId } };
  expect(short(await send([again]))).toEqual(['duplicate']);
});

test.each([
  ['time', login('a', 'anna', minutesAgo(3))],
  ['data', { ...login('a', 'anna', minutesAgo(2)), data: { country: 'DE' } }],
  ['type', { ...deposit('a'), time: minutesAgo(2) }],
])('the same id with another %s is a conflict', async (_, other) => {
  await send([login('a', 'anna', minutesAgo(2))]);
  expect(short(await send([other]))).toEqual(['conflict']);
  expect(await recorded()).toEqual(['a']);
});

describe('a deposit told again under another event id', () => {
  const first = deposit('a');
  const again = { ...deposit('b'), time: minutesAgo(0), data: first.data };
  const other = { ...again, data: { ...first.data, amount: 999 } };

  test('is a duplicate and is applied once', async () => {
    const { consumer, ids } = ledger();
    expect(short(await send([first], consumer))).toEqual(['accepted']);
    expect(await send([again], consumer)).toEqual([{ status: 'duplicate', id: 'b' }]);
    expect(ids()).toEqual([['a']]);
  });

  test('is a conflict when it differs', async () => {
    await send([first]);
    expect(short(await send([other]))).toEqual(['conflict']);
    expect(await recorded()).toEqual(['a']);
  });

  test('within one call counts once as well', async () => {
    const { consumer, ids } = ledger();
    const results = await send([first, again, other], consumer);
    expect(short(results)).toEqual(['accepted', 'duplicate', 'conflict']);
    expect(results.map(({ id }) => id)).toEqual(['a', 'b', 'b']);
    expect(ids()).toEqual([['a']]);
  });

  test('so is its reversal', async () => {
    const reversal = (id: string, amount = 1000) => ({
      ...{ id, time: minutesAgo(1), player: 'anna', type: 'deposit.reversed' },
      data: { depositId: 'a', amount, currency: 'EUR' },
    });
    expect(short(await send([first, reversal('r1'), reversal('r2')]))).toEqual([
      'accepted',
      'accepted',
      'duplicate',
    ]);
    expect(short(await send([reversal('r3'), reversal('r4', 5)]))).toEqual(['duplicate', 'conflict']);
    expect(await recorded()).toEqual(['a', 'r1']);
  });

  test('is rejected with the first of the call', async () => {
    const { consumer } = ledger();
    const dollars = deposit('a', 'USD');
    const results = await send([dollars, { ...dollars, id: 'b' }], consumer);
    expect(results).toMatchObject([
      { id: 'a', reason: { key: 'unknown_currency' } },
      { id: 'b', reason: { key: 'unknown_currency' } },
    ]);
    expect(await recorded()).toEqual([]);
  });

  test.each([
    ['long ago', '2020-01-01T00:00:00Z', 'event_too_old'],
    ['ahead', '2099-01-01T00:00:00Z', 'event_in_future'],
  ])('is taken, though it was first told as from %s', async (_, time, key) => {
    const untimely = { ...first, id: 'untimely', time };
    const differing = { ...untimely, id: 'differing', data: { ...first.data, amount: 5 } };
    const { consumer, ids } = ledger();
    expect(short(await send([untimely, first, again, differing], consumer))).toEqual([
      key,
      'accepted',
      'duplicate',
      key,
    ]);
    expect(short(await send([differing, first], consumer))).toEqual([key, 'duplicate']);
    expect(ids()).toEqual([['a']]);
  });

  test('is another deposit when another player made it, or it was taken back', async () => {
    const reversal = {
      ...again,
      id: 'c',
      type: 'deposit.reversed',
      data: { depositId: 'a', amount: 1000, currency: 'EUR' },
    };
    const results = await send([first, { ...again, player: 'bob' }, reversal, { ...reversal, id: 'd' }]);
    expect(short(results)).toEqual(['accepted', 'accepted', 'accepted', 'duplicate']);
  });

  test('at once, by many, counts once', async () => {
    const { consumer, ids } = ledger();
    const calls = Array.from({ length: 20 }, (_, n) => {
      const tellings = [first, { ...first, data: { ...first.data, depositId: 'z' } }].map((event, i) => ({
        ...event,
        id: `${n}-${i}`,
      }));
      return send(n % 2 === 0 ? tellings : tellings.toReversed(), consumer);
    });
    const results = (await Promise.all(calls)).flatMap(short);
    expect(results.filter((status) => status === 'accepted')).toHaveLength(2);
    expect(results.filter((status) => status === 'duplicate')).toHaveLength(38);
    expect(ids().flat()).toHaveLength(2);
  });
});

test('ids are per player', async () => {
  expect(short(await send([login('a', 'anna'), login('a', 'bob')]))).toEqual(['accepted', 'accepted']);
});

test('within one call the first of an id counts', async () => {
  const { consumer, ids } = ledger();
  const first = login('a');
  const results = await send([first, first, login('a', 'anna', minutesAgo(9)), login('b')], consumer);
  expect(short(results)).toEqual(['accepted', 'duplicate', 'conflict', 'accepted']);
  expect(ids()).toEqual([['a'], ['b']]);
});

test('a repetition of a rejected item is rejected as well', async () => {
  const { consumer } = ledger();
  const dollars = deposit('a', 'USD');
  expect(short(await send([dollars, dollars], consumer))).toEqual(['unknown_currency', 'unknown_currency']);
});

test('events from the future or long ago are rejected', async () => {
  const results = await send([
    login('ahead', 'anna', minutesAgo(-6)),
    login('nearly', 'anna', minutesAgo(-4)),
    login('old', 'anna', minutesAgo(91 * 24 * 60)),
    login('older', 'anna', '0001-01-01T00:00:00Z'),
    login('last', 'anna', '9999-12-30T23:59:59Z'),
    login('recent', 'anna', minutesAgo(89 * 24 * 60)),
  ]);
  expect(short(results)).toEqual([
    'event_in_future',
    'accepted',
    'event_too_old',
    'event_too_old',
    'event_in_future',
    'accepted',
  ]);
});

test('an event that a consumer rejects is applied by none, and is new when it is sent again', async () => {
  const strict = ledger();
  const lenient = ledger();
  const { check: _, ...all } = lenient.consumer;
  const items = [deposit('a', 'USD', 'anna'), deposit('b', 'EUR', 'bob')];
  const results = await send(items, all, strict.consumer);
  expect(short(results)).toEqual(['unknown_currency', 'accepted']);
  expect([strict.ids(), lenient.ids()]).toEqual([[['b']], [['b']]]);
  expect(await recorded()).toEqual(['b']);
  expect(short(await send(items, all))).toEqual(['accepted', 'duplicate']);
});

test("each player's events are applied in the order sent, at most one of a player at a time", async () => {
  const { consumer, ids } = ledger();
  const players = ['anna', 'bob', 'cleo'].sort((a, b) =>
    playerId(brandId, a) < playerId(brandId, b) ? -1 : 1,
  );
  const [first, second, third] = players as [string, string, string];
  await send(
    [login('3', third), login('2a', second), login('2b', second), login('1', first), login('2c', second)],
    consumer,
  );
  expect(ids()).toEqual([['1', '2a', '3'], ['2b'], ['2c']]);
});

test('what consumers publish of events that are applied together is one row of the outbox', async () => {
  const publishing = (subject: string): EventConsumer<'login'> => ({
    types: ['login'],
    apply: async (_, events) =>
      events.map(({ id }) => ({ type: 'bonus.granted', subject: `${subject}/${id}`, data: {} })),
  });
  const consumers = [publishing('x'), publishing('y')].map(bindConsumer);
  await receive(database.db, takers(consumers), currencies, origin, [login('a', 'anna'), login('b', 'anna')]);
  const { rows } = await database.db.query<{ events: { events: { subject: string }[] } }>(
    'select events from outbox order by batch_id',
  );
  expect(rows.map(({ events }) => events.events.map(({ subject }) => subject))).toEqual([
    ['x/a', 'y/a'],
    ['x/b', 'y/b'],
  ]);
});

test('when a consumer breaks, what came before is kept, and the rest is new when it is sent again', async () => {
  const broken: EventConsumer<'login'> = {
    types: ['login'],
    async apply(_, [event]) {
      if (event?.id === 'b') throw new Error('broken');
      return [];
    },
  };
  const items = [login('a', 'anna'), login('b', 'anna'), login('c', 'anna')];
  await expect(
    receive(database.db, takers([bindConsumer(broken)]), currencies, origin, items),
  ).rejects.toThrow('broken');
  expect(await recorded()).toEqual(['a']);
  expect(short(await receive(database.db, takers([]), currencies, origin, items))).toEqual([
    'duplicate',
    'accepted',
    'accepted',
  ]);
});

test('when a consumer breaks, nothing is kept of what is applied together', async () => {
  const broken: EventConsumer<'login'> = {
    types: ['login'],
    async apply() {
      throw new Error('broken');
    },
  };
  await expect(
    receive(database.db, takers([bindConsumer(broken)]), currencies, origin, [login('a')]),
  ).rejects.toThrow('broken');
  expect(await recorded()).toEqual([]);
});

/** Counts the logins of a player. */
const counting: EventConsumer<'login' | 'deposit.succeeded'> = {
  types: ['login'],
  async apply(tx, events) {
    await tx.query(
      `insert into players (player_id, brand_id, external_id, deposit_count)
       select player_id, $1, player_id::text, 1 from unnest($2::uuid[]) as given (player_id)
       on conflict (player_id) do update set deposit_count = players.deposit_count + 1`,
      [brandId, events.map((event) => event.playerId)],
    );
    return events.map(({ id }) => ({ type: 'bonus.granted', subject: id, data: {} }));
  },
};

describe('what a consumer rejects while it applies', () => {
  const rejecting = (ids: ReadonlySet<string>): EventConsumer<'login' | 'deposit.succeeded'> => ({
    types: ['login'],
    async apply(_, events, __, reject) {
      for (const event of events) if (ids.has(event.id)) reject(event, refuse('conflict', 'No.').refusal);
      return [];
    },
  });
  const counts = async () => {
    const { rows } = await database.db.query<{ player: string; logins: number }>(
      'select player_id as player, deposit_count as logins from players order by 1',
    );
    return rows.map(({ logins }) => logins);
  };

  test('has no effect by any of them, and the others are applied once', async () => {
    const events = [login('a'), login('b', 'bob'), login('c'), login('d', 'bob'), login('e', 'cleo')];
    const results = await send(events, counting, rejecting(new Set(['b', 'c'])));
    expect(short(results)).toEqual(['accepted', 'conflict', 'conflict', 'accepted', 'accepted']);
    expect(await counts()).toEqual([1, 1, 1]);
    const { rows } = await database.db.query<{ events: { events: { subject: string }[] } }>(
      'select events from outbox',
    );
    expect(rows.flatMap((row) => row.events.events.map(({ subject }) => subject)).sort()).toEqual([
      'a',
      'd',
      'e',
    ]);
  });

  test('is new when it is sent again', async () => {
    const event = login('a');
    expect(short(await send([event], counting, rejecting(new Set(['a']))))).toEqual(['conflict']);
    expect(await recorded()).toEqual([]);
    expect(short(await send([event], counting))).toEqual(['accepted']);
    expect(await counts()).toEqual([1]);
  });
});

test('overlapping calls with the same events in opposite orders apply each once', async () => {
  const time = minutesAgo(1);
  const events = Array.from({ length: 200 }, (_, n) => login(`e${n % 5}`, `player-${n % 40}`, time));
  const calls = [events, events.toReversed(), events.slice(77), events.slice(0, 120).toReversed()];
  const consumers = [bindConsumer(counting)];
  const results = await Promise.all(
    calls.map((items) => receive(database.db, takers(consumers), currencies, origin, items)),
  );
  const distinct = new Set(events.map(({ id, player }) => `${player} ${id}`)).size;
  expect(results.flat().filter(({ status }) => status === 'accepted')).toHaveLength(distinct);
  expect(results.flat().filter(({ status }) => status === 'rejected')).toEqual([]);
  const { rows } = await database.db.query<{ sum: number }>('select sum(deposit_count)::int from players');
  expect(rows).toEqual([{ sum: distinct }]);
});
