import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { forgetGuesses } from './guessing.ts';

let app: TestApp;
let known: string;
beforeAll(async () => {
  app = await startTestApp();
  known = (await createOffer(app)).code;
});
afterAll(() => app.close());

let count = 0;
const newPlayer = () => `guessing-${++count}`;
const guess = (player: string, ip?: string) =>
  activate(app, `WRONG-${++count}`, player, ip === undefined ? {} : { ip });
async function guessTimes(times: number, player: () => string, ip?: () => string): Promise<string[]> {
  const keys: string[] = [];
  for (let n = 0; n < times; n++) keys.push((await guess(player(), ip?.())).body.key);
  return keys;
}
const keyOf = async (code: string, player: string, ip?: string): Promise<string> =>
  (await activate(app, code, player, ip === undefined ? {} : { ip })).body.key ?? 'accepted';

/** Seconds of the lock-out of the last guesser; null when there is none. */
async function lockout(player: string): Promise<number | null> {
  const { rows } = await app.db.query<{ seconds: number | null }>(
    `select round(extract(epoch from g.locked_until - now()))::int as seconds
     from guesses g join players p on g.guess_key = 'p:' || p.player_id where p.external_id = $1`,
    [player],
  );
  return rows[0]?.seconds ?? null;
}
/** Lets time pass for everybody who guessed. */
const pass = (interval: string) =>
  app.db.query(
    `update guesses set window_started_at = window_started_at - $1::interval, locked_until = locked_until - $1::interval`,
    [interval],
  );

describe('a player', () => {
  it('may be wrong five times in ten minutes, then has to wait, even with a code that exists', async () => {
    const player = newPlayer();
    expect(await guessTimes(5, () => player)).toEqual(Array(5).fill('code_not_found'));
    expect(await guessTimes(1, () => player)).toEqual(['rate_limited']);
    const answer = await activate(app, known, player);
    expect(answer).toMatchObject({ status: 429, body: { key: 'rate_limited' } });
    expect(await keyOf(known, newPlayer())).toBe('accepted');
  });

  it('is free again when the minute is over, and what was tried meanwhile does not extend it', async () => {
    const player = newPlayer();
    await guessTimes(5, () => player);
    await pass('30 seconds');
    await guessTimes(10, () => player);
    await pass('31 seconds');
    expect(await keyOf(known, player)).toBe('accepted');
  });

  it('waits twice as long each time', async () => {
    const player = newPlayer();
    const waits: (number | null)[] = [];
    for (let n = 0; n < 4; n++) {
      await guessTimes(5, () => player);
      waits.push(Math.round(((await lockout(player)) ?? 0) / 60));
      await pass('20 minutes');
    }
    expect(waits).toEqual([1, 2, 4, 8]);
  });

  it('waits a day at most, and starts over after a day without', async () => {
    const player = newPlayer();
    await guessTimes(5, () => player);
    await app.db.query(`update guesses set lockouts = 40, locked_until = now() - interval '1 hour'`);
    await guessTimes(5, () => player);
    expect(await lockout(player)).toBeGreaterThan(86_000);
    expect(await lockout(player)).toBeLessThanOrEqual(86_400);
    await pass('49 hours');
    await guessTimes(5, () => player);
    expect(Math.round(((await lockout(player)) ?? 0) / 60)).toBe(1);
  });

  it('who is wrong now and then is not locked out', async () => {
    const player = newPlayer();
    for (let n = 0; n < 3; n++) {
      expect(await guessTimes(4, () => player)).toEqual(Array(4).fill('code_not_found'));
      await pass('11 minutes');
    }
    expect(await lockout(player)).toBeNull();
  });

  it('whose code was refused for another reason did not guess', async () => {
    const { code } = await createOffer(app, { maxUses: 0 });
    const player = newPlayer();
    for (let n = 0; n < 7; n++) expect(await keyOf(code, player)).toBe('quantity_exceeded');
  });
});

describe('an address', () => {
  test.each([
    ['IPv4', () => '203.0.113.7', '203.0.113.7', '203.0.113.8'],
    [
      'IPv6, by its /64',
      () => `2001:db8:1:2::${(++count).toString(16)}`,
      '2001:db8:1:2:ffff::1',
      '2001:db8:1:3::1',
    ],
  ])('may be wrong twenty times, whoever asks: %s', async (_, ip, same, other) => {
    expect(await guessTimes(20, newPlayer, ip)).toEqual(Array(20).fill('code_not_found'));
    expect(await keyOf(known, newPlayer(), same)).toBe('rate_limited');
    expect(await keyOf(known, newPlayer(), other)).toBe('accepted');
  });

  it('of one brand is not locked out at another', async () => {
    const ip = '203.0.113.99';
    await guessTimes(20, newPlayer, () => ip);
    const { ownerKey } = await app.anotherBrand();
    const body = { code: 'WRONG', player: { id: newPlayer() }, ip };
    const answer = await app.request('POST', '/v1/activations', { key: ownerKey, body });
    expect(answer.body.key).toBe('code_not_found');
  });

  it('is counted in full when guesses come at once', async () => {
    const ip = '203.0.113.50';
    await Promise.all(Array.from({ length: 200 }, () => guess(newPlayer(), ip)));
    const { rows } = await app.db.query<{ misses: number; lockouts: number }>(
      `select misses, lockouts from guesses where guess_key like '%:203.0.113.50'`,
    );
    expect(rows[0]?.lockouts).toBeGreaterThan(0);
    expect(await keyOf(known, newPlayer(), ip)).toBe('rate_limited');
  });
});

describe('trying a code without using it', () => {
  const validate = async (code: string, options: { key?: string; player?: string } = {}) => {
    const { key, player } = options;
    const body = player === undefined ? { code } : { code, player: { id: player, currency: 'EUR' } };
    return (await app.request('POST', '/v1/validations', { body, ...(key && { key }) })).body;
  };

  it('is a guess of the player as well', async () => {
    const player = newPlayer();
    for (let n = 0; n < 5; n++)
      expect(await validate(`WRONG-${++count}`, { player })).toMatchObject({ key: 'code_not_found' });
    expect(await validate(known, { player })).toMatchObject({ valid: false, key: 'rate_limited' });
    expect(await keyOf(known, player)).toBe('rate_limited');
  });

  it('by visitors is counted by their address alone, not by a player they all would be', async () => {
    const key = await app.publishableKey();
    for (let n = 0; n < 20; n++)
      expect(await validate(`WRONG-${++count}`, { key })).toMatchObject({ key: 'code_not_found' });
    expect(await validate(known, { key })).toMatchObject({ valid: false, key: 'rate_limited' });
    const { rows } = await app.db.query(`select guess_key from guesses where guess_key like 'a:%:127.0.0.1'`);
    expect(rows).toHaveLength(1);
    await app.db.query(`delete from guesses where guess_key like 'a:%'`);
    expect(await validate(known, { key })).not.toMatchObject({ key: 'rate_limited' });
  });
});

it('who has not guessed for a day is forgotten', async () => {
  const player = newPlayer();
  await guessTimes(1, () => player);
  await pass('23 hours');
  await forgetGuesses(app.db);
  const rows = () => app.db.query('select 1 from guesses').then(({ rowCount }) => rowCount ?? 0);
  expect(await rows()).toBeGreaterThan(0);
  await pass('49 hours');
  await forgetGuesses(app.db);
  expect(await rows()).toBe(0);
});
