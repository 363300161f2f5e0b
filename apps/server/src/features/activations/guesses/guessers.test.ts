import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { activate } from '../../../testing/actions.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { forgetGuesses } from './guessers.ts';

let app: TestApp;
let known: string;
beforeAll(async () => {
  // So many wrong codes are a wave, which would leave everybody fewer guesses: nobody looks for one here.
  app = await startTestApp({ config: { backgroundWork: false } });
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

async function validate(code: string, options: { key?: string; player?: string; ip?: string | undefined }) {
  const { key, player, ip } = options;
  const body = { code, ip, ...(player !== undefined && { player: { id: player, currency: 'EUR' } }) };
  return (await app.request('POST', '/v1/validations', { body, ...(key && { key }) })).body;
}
/** How often each key came out of so many attempts at once. */
async function burst(size: number, attempt: () => Promise<string>): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const key of await Promise.all(Array.from({ length: size }, attempt)))
    counts[key] = (counts[key] ?? 0) + 1;
  return counts;
}

/** Seconds of the lock-out of the last guesser; null when there is none. */
async function lockout(player: string): Promise<number | null> {
  const { rows } = await app.db.query<{ seconds: number | null }>(
    `select round(extract(epoch from g.locked_until - now()))::int as seconds
     from guesses g where g.guess_key = $1`,
    [`p:${playerId(app.brand.brandId, player)}`],
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
    [
      'IPv6, however it is written',
      () => `2001:db8:a:0:${(++count).toString(16)}::`,
      '2001:0DB8:000A::1',
      '2001:db8:a:1::1',
    ],
    [
      'IPv4 in IPv6',
      () => (++count % 2 === 0 ? '::ffff:203.0.113.20' : '0:0:0:0:0:ffff:cb00:7114'),
      '203.0.113.20',
      '::ffff:203.0.113.21',
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

  it('of one /64 are one, also in a burst', async () => {
    const ip = () => `2001:db8:7:7::${(++count).toString(16)}`;
    const keys = await burst(100, () => keyOf(`WRONG-${++count}`, newPlayer(), ip()));
    expect(keys).toEqual({ code_not_found: 20, rate_limited: 80 });
  });
});

describe('a device', () => {
  const from = async (deviceId: string, code: string, player = newPlayer()): Promise<string> =>
    (await activate(app, code, player, { device: { id: deviceId } })).body.key ?? 'accepted';

  it('may be wrong ten times, whoever uses it', async () => {
    const keys = await burst(30, () => from('a-phone', `WRONG-${++count}`));
    expect(keys).toEqual({ code_not_found: 10, rate_limited: 20 });
    expect(await from('a-phone', known)).toBe('rate_limited');
    expect(await from('another-phone', known)).toBe('accepted');
  });

  it('is not what a visitor says it is', async () => {
    const key = await app.publishableKey();
    for (let n = 0; n < 12; n++)
      await app.request('POST', '/v1/validations', {
        key,
        body: { code: `WRONG-${++count}`, device: { id: 'a-tablet' } },
      });
    expect(await from('a-tablet', known)).toBe('accepted');
    await pass('11 minutes');
  });

  it('is not kept by its name', async () => {
    await from('a-readable-name', 'WRONG');
    const { rows } = await app.db.query("select from guesses where guess_key like '%readable%'");
    expect(rows).toEqual([]);
  });
});

describe('two hundred guesses at once', () => {
  const use = (player: string, ip?: string) => keyOf(`WRONG-${++count}`, player, ip);
  const tryOut = (player: string, ip?: string) =>
    validate(`WRONG-${++count}`, { player, ip }).then(({ key }) => key);

  let turn = 0;
  const either = (player: string, ip?: string) => (++turn % 2 === 0 ? use : tryOut)(player, ip);
  const WAYS = { activations: use, validations: tryOut, both: either };

  test.each(Object.entries(WAYS))('as %s by one player are five', async (_, attempt) => {
    const player = newPlayer();
    expect(await burst(200, () => attempt(player))).toEqual({ code_not_found: 5, rate_limited: 195 });
    expect(Math.round(((await lockout(player)) ?? 0) / 60)).toBe(1);
    expect(await keyOf(known, player)).toBe('rate_limited');
  });

  test.each(Object.entries(WAYS))(
    'as %s from one address by as many players are twenty',
    async (_, attempt) => {
      const ip = `203.0.113.${(++count % 100) + 100}`;
      expect(await burst(200, () => attempt(newPlayer(), ip))).toEqual({
        code_not_found: 20,
        rate_limited: 180,
      });
      expect(await keyOf(known, newPlayer(), ip)).toBe('rate_limited');
    },
  );
});

describe('trying a code without using it', () => {
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

describe('what is told of a player', () => {
  const riskOf = async (player: string, key?: string) =>
    app.request('GET', `/v1/players/${player}/risk`, { ...(key && { key }) });

  it('is how often which reason refused, and how guessing stands', async () => {
    const player = newPlayer();
    expect((await riskOf(player)).status).toBe(404);
    await keyOf(known, player);
    await guessTimes(3, () => player);
    expect((await riskOf(player)).body).toEqual({
      attempts: 4,
      refusals: [{ key: 'code_not_found', attempts: 3, lastAt: expect.any(String) }],
      guessing: { misses: 3, lockouts: 0, lockedUntil: null },
    });
    await guessTimes(2, () => player);
    expect(await keyOf(known, player)).toBe('rate_limited');
    const { body } = await riskOf(player);
    expect(body).toMatchObject({
      attempts: 7,
      refusals: [
        { key: 'code_not_found', attempts: 5 },
        { key: 'rate_limited', attempts: 1 },
      ],
      guessing: { lockouts: 1 },
    });
    expect(Date.parse(body.guessing.lockedUntil)).toBeGreaterThan(Date.parse(body.refusals[0].lastAt));
    const { ownerKey } = await app.anotherBrand();
    expect((await riskOf(player, ownerKey)).status).toBe(404);
  });

  it('is of the last month', async () => {
    const player = newPlayer();
    await guessTimes(2, () => player);
    await app.db.query(
      `update activations set created_at = now() - interval '31 days' where player_external_id = $1`,
      [player],
    );
    await guessTimes(1, () => player);
    expect((await riskOf(player)).body).toMatchObject({ attempts: 1, guessing: { misses: 3 } });
    await pass('25 hours');
    expect((await riskOf(player)).body.guessing).toEqual({ misses: 0, lockouts: 0, lockedUntil: null });
  });
});
