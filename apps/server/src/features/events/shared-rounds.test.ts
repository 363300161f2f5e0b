import { refuse } from '@promosmith/core';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { playerId } from '../../platform/ids.ts';
import { eventsIn, type Origin, type OutboxPayload } from '../../platform/outbox.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { bindConsumer, type EventConsumer, type IncomingEvent } from './consumers.ts';
import { shareRounds, type TakeRound } from './shared-rounds.ts';

const brandId = '0196f0a0-0000-7000-8000-000000000001';
const TIME = new Date(Date.now() - 60_000).toISOString();
const NAMES = ['anna', 'bert', 'cleo', 'dora', 'emil', 'fred'];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());
beforeEach(async () => {
  await database.db.query('truncate platform_events, outbox');
});

const originOf = (call: string, more: Partial<Origin> = {}): Origin => ({
  ...{ brandId, actor: { kind: 'api_key', id: 'key' }, correlationId: call, time: new Date().toISOString() },
  ...more,
});

/** An event that a call of its own tells of: both are named alike. */
const login = (id: string, player: string, of = brandId): IncomingEvent => ({
  ...{ id, type: 'login', time: TIME, player, data: {} },
  ...{ brandId: of, playerId: playerId(of, player), correlationId: id },
});

/** What became of an event by its round's outcomes. */
const told = async (take: TakeRound, event: IncomingEvent, more?: Partial<Origin>): Promise<string> => {
  const outcome = (await take(originOf(event.correlationId, more), [event])).get(event);
  return outcome?.status === 'rejected' ? outcome.reason.key : (outcome?.status ?? 'accepted');
};

/** Publishes that a login was; notes with whom each was applied. */
function follower(does: Partial<EventConsumer<'login'>> = {}) {
  const applied: string[][] = [];
  const consumer: EventConsumer<'login'> = {
    types: ['login'],
    async apply(_, events) {
      applied.push(events.map(({ id }) => id));
      return events.map(({ player }) => ({ type: 'journey.enrolled', subject: player, data: { player } }));
    },
    ...does,
  };
  return { applied, take: shareRounds(database.db, [bindConsumer(consumer)]) };
}

const published = async () => {
  const { rows } = await database.db.query<{ events: OutboxPayload }>('select events from outbox');
  return rows.flatMap(({ events }) => eventsIn(events)).map((event) => [event.subject, event.correlationId]);
};

test('events told of at the same time share a transaction, and each is known by its own call', async () => {
  const { applied, take } = follower();
  const results = await Promise.all(NAMES.map((name) => told(take, login(`call-${name}`, name))));
  expect(results).toEqual(NAMES.map(() => 'accepted'));
  expect(applied).toHaveLength(1);
  expect((await published()).toSorted()).toEqual(NAMES.map((name) => [name, `call-${name}`]));
});

test('what fails with one event fails the call of that one alone', async () => {
  const { take } = follower({
    async apply(_, events) {
      if (events.some(({ player }) => player === 'cleo')) throw new Error('not cleo');
      return events.map(({ player }) => ({ type: 'journey.enrolled', subject: player, data: { player } }));
    },
  });
  const results = await Promise.allSettled(NAMES.map((name) => told(take, login(name, name))));
  expect(results.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual(
    NAMES.map((name) => (name === 'cleo' ? 'not cleo' : 'accepted')),
  );
  const { rows } = await database.db.query('select event_id from platform_events order by event_id');
  expect(rows.map(({ event_id }) => event_id)).toEqual(NAMES.filter((name) => name !== 'cleo'));
  expect(await published()).toHaveLength(NAMES.length - 1);
});

test('what a consumer rejects is rejected to its own call alone', async () => {
  const { take } = follower({
    check: async (_, events) =>
      events
        .filter(({ player }) => player === 'dora')
        .map((event) => ({ event, refusal: refuse('unknown_currency', 'None of hers.').refusal })),
  });
  const results = await Promise.all(NAMES.map((name) => told(take, login(name, name))));
  expect(results).toEqual(NAMES.map((name) => (name === 'dora' ? 'unknown_currency' : 'accepted')));
});

test('events of one player are applied one after another, in the order of the calls', async () => {
  const { applied, take } = follower();
  const calls = ['first', 'second', 'third'].map((id) => told(take, login(id, 'anna')));
  expect(await Promise.all([...calls, told(take, login('other', 'bert'))])).toEqual(
    Array(4).fill('accepted'),
  );
  const ofAnna = applied.flatMap((ids) => ids.filter((id) => id !== 'other'));
  expect(ofAnna).toEqual(['first', 'second', 'third']);
  expect(applied.every((ids) => ids.filter((id) => id !== 'other').length <= 1)).toBe(true);
});

test('one event told of twice at once is taken once', async () => {
  const { take } = follower();
  const twice = await Promise.all(['anna', 'anna'].map((name) => told(take, login('same', name))));
  expect(twice).toEqual(['accepted', 'duplicate']);
  expect(await published()).toHaveLength(1);
});

test('brands and keys share nothing', async () => {
  const { applied, take } = follower();
  const other = '0196f0a0-0000-7000-8000-000000000002';
  const results = await Promise.all([
    told(take, login('a', 'anna')),
    told(take, login('b', 'anna', other), { brandId: other }),
    told(take, login('c', 'bert'), { actor: { kind: 'api_key', id: 'another' } }),
    told(take, login('d', 'cleo'), { actor: { kind: 'player', id: 'cleo' } }),
  ]);
  expect(results).toEqual(Array(4).fill('accepted'));
  expect(applied.toSorted()).toEqual([['a'], ['b'], ['c'], ['d']]);
});

test('of two servers that are told the same of many players at once, one takes each', async () => {
  const servers = [follower(), follower()];
  const players = Array.from({ length: 200 }, (_, n) => `player-${n}`);
  const results = await Promise.all(
    players.flatMap((player) => servers.map(({ take }) => told(take, login(`of-${player}`, player)))),
  );
  expect(results.filter((result) => result === 'accepted')).toHaveLength(players.length);
  expect(results.filter((result) => result === 'duplicate')).toHaveLength(players.length);
  expect(servers.flatMap(({ applied }) => applied.flat()).toSorted()).toEqual(
    players.map((player) => `of-${player}`).toSorted(),
  );
  expect(await published()).toHaveLength(players.length);
});

test('while one waits for a lock, those told of after it go on', async () => {
  let waiting = 0;
  const { take } = follower({
    async apply(tx, events) {
      if (!events.some(({ player }) => player === 'anna')) return [];
      waiting++;
      await tx.query('select pg_advisory_xact_lock(4711)');
      return [];
    },
  });
  const holder = await database.db.pool.connect();
  try {
    await holder.query('select pg_advisory_lock(4711)');
    const held = told(take, login('held', 'anna'));
    await expect.poll(() => waiting).toBe(1);
    const others = NAMES.slice(1);
    expect(await Promise.all(others.map((name) => told(take, login(name, name))))).toEqual(
      others.map(() => 'accepted'),
    );
    await holder.query('select pg_advisory_unlock(4711)');
    expect(await held).toBe('accepted');
  } finally {
    holder.release(true);
  }
});
