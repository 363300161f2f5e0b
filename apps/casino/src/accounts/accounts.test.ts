import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { openStore, type Store } from '../store.ts';
import { hashPassword, isPassword } from './passwords.ts';
import { createPlayers, type Players } from './players.ts';

const ANNA = {
  email: 'Anna@Example.com',
  name: 'Anna',
  password: 'correct horse',
  country: 'DE',
  birthDate: '1990-04-12',
};

// A password takes as long as it is meant to.
vi.setConfig({ testTimeout: 120_000 });

let store: Store;
let players: Players;
beforeEach(() => {
  store = openStore(':memory:');
  players = createPlayers(store);
});
afterEach(() => {
  vi.useRealTimers();
  store.close();
});

test('a password is kept as a hash of its own salt, and known again', async () => {
  const [one, other] = await Promise.all([hashPassword('käse'), hashPassword('käse')]);
  expect(one).not.toBe(other);
  expect(one).not.toContain('käse');
  // The same letters, composed otherwise by another keyboard.
  expect(await isPassword('ka\u0308se', one)).toBe(true);
  expect(await isPassword('kase', one)).toBe(false);
});

test('an address has one account, however it is written', async () => {
  const noted = vi.fn();
  expect(await players.register(ANNA, noted)).toMatchObject({ name: 'Anna', excludedUntil: null });
  expect(await players.register({ ...ANNA, email: 'anna@EXAMPLE.com' }, noted)).toBeUndefined();
  expect(noted).toHaveBeenCalledTimes(1);
  expect(await players.signIn(' anna@example.com', ANNA.password)).toMatchObject({ name: 'Anna' });
});

test('what goes with an account is undone with it', async () => {
  const broken = players.register(ANNA, () => {
    throw new Error('no');
  });
  await expect(broken).rejects.toThrow('no');
  expect(players.isKnown(ANNA.email)).toBe(false);
});

test('after five wrong passwords an address waits, and others do not', async () => {
  await players.register(ANNA, () => undefined);
  for (let i = 0; i < 5; i++) expect(await players.signIn(ANNA.email, 'wrong')).toBe('wrong');
  expect(await players.signIn(ANNA.email.toUpperCase(), ANNA.password)).toBe('locked');
  expect(await players.signIn('nobody@example.com', 'wrong')).toBe('wrong');
  vi.useFakeTimers({ now: Date.now() + 11 * 60_000, toFake: ['Date'] });
  expect(await players.signIn(ANNA.email, ANNA.password)).toMatchObject({ name: 'Anna' });
});

test('an exclusion is over at its instant', async () => {
  const player = await players.register(ANNA, () => undefined);
  const id = player?.playerId ?? '';
  players.setExclusion(id, '2030-01-01T00:00:00.000Z');
  vi.useFakeTimers({ now: Date.parse('2029-12-31T23:59:59.999Z'), toFake: ['Date'] });
  expect(players.byId(id)?.excludedUntil).toBe('2030-01-01T00:00:00.000Z');
  vi.setSystemTime(Date.parse('2030-01-01T00:00:00.000Z'));
  expect(players.byId(id)?.excludedUntil).toBeNull();
  players.setExclusion(id, 'forever');
  expect(players.byId(id)?.excludedUntil).toBe('forever');
});
