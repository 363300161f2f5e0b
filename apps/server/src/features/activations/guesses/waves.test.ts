import { GUESSES_IN_A_WAVE } from '@promosmith/core/risk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import { activate } from '../../../testing/actions.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { plansOf } from '../../../testing/plans.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { createGuessWaves } from './waves.ts';

let app: TestApp;
let known: string;
beforeAll(async () => {
  app = await startTestApp();
  known = (await createOffer(app)).code;
});
afterAll(() => app.close());

const PATIENCE = { timeout: 20_000, interval: 100 };

let count = 0;
const stranger = () => `stranger-${++count}`;
const guess = async (player: string, more: object = {}): Promise<string> =>
  (await activate(app, `WRONG-${++count}`, player, { ...more })).body.key;
const guessTimes = async (times: number, attempt: () => Promise<string>): Promise<string[]> => {
  const keys: string[] = [];
  for (let n = 0; n < times; n++) keys.push(await attempt());
  return keys;
};

/** A brand whose players have guessed, as it is written down. */
async function guessed(wrong: number, lockedOut = false): Promise<string> {
  const brandId = newId();
  await app.db.query(
    `insert into guesses (guess_key, brand_id, window_started_at, misses, lockouts, locked_until)
     select 'p:' || gen_random_uuid(), $1, now() - interval '1 minute', case when $3 then 0 else 1 end,
       case when $3 then 1 else 0 end, case when $3 then now() + interval '1 minute' end
     from generate_series(1, $2)`,
    [brandId, wrong, lockedOut],
  );
  return brandId;
}

test('from many players and addresses at once leave everybody fewer guesses, and end by themselves', async () => {
  const { ownerKey } = await app.anotherBrand();
  await Promise.all(Array.from({ length: 120 }, (_, n) => guess(stranger(), { ip: `198.51.100.${n}` })));
  const waves = async () =>
    (await app.db.query('select wrong, known from guess_waves where brand_id = $1', [app.brand.brandId]))
      .rows;
  await vi.waitFor(async () => expect(await waves()).toEqual([{ wrong: 120, known: 0 }]), PATIENCE);
  await vi.waitFor(async () => {
    const player = stranger();
    expect(await guessTimes(3, () => guess(player))).toEqual([
      ...Array(GUESSES_IN_A_WAVE.player).fill('code_not_found'),
      'rate_limited',
    ]);
  }, PATIENCE);
  const ip = '203.0.113.5';
  expect(await guessTimes(6, () => guess(stranger(), { ip }))).toEqual([
    ...Array(GUESSES_IN_A_WAVE.address).fill('code_not_found'),
    'rate_limited',
  ]);
  expect((await activate(app, known, stranger())).body.outcome).toBe('accepted');
  const elsewhere = await app.request('POST', '/v1/validations', {
    key: ownerKey,
    body: { code: 'WRONG', player: { id: 'anna' } },
  });
  expect(elsewhere.body.key).toBe('code_not_found');

  await app.db.query(`update guesses set window_started_at = window_started_at - interval '1 hour'`);
  await app.db.query('update guess_waves set until = now()');
  await vi.waitFor(async () => {
    const player = stranger();
    expect(await guessTimes(3, () => guess(player))).toEqual(Array(3).fill('code_not_found'));
  }, PATIENCE);
});

test.each([
  ['are a wave', 100, false, true],
  ['that led to lock-outs are one too', 50, true, true],
  ['are too few', 99, false, false],
])('wrong codes %s: %i', async (_, wrong, lockedOut, isWave) => {
  const brandId = await guessed(wrong, lockedOut);
  const waves = [createGuessWaves(app.db), createGuessWaves(app.db)];
  await Promise.all(waves.map((one) => one.look()));
  for (const one of waves) {
    await one.refresh();
    expect(one.covers(brandId, null)).toBe(isWave);
  }
});

test('wrong codes are no wave while as many right ones are used', async () => {
  const brandId = await guessed(150);
  await app.db.query(
    `insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest, outcome,
       decided, issued, code_key, code_shown, entry, takes, created_at, changed_at, outline_id, seen)
     select a.player_id, gen.id, $1, 'x', gen.id::text, '', 'refused', 'refused', '[]', gen_random_uuid(), 'x', a.entry, '[]',
       now(), now(), a.outline_id, a.seen
     from (select * from activations limit 1) a,
       (select overlay($2::text placing lpad(n::text, 12, '0') from 25)::uuid as id from generate_series(1, 150) n) gen`,
    [brandId, newId()],
  );
  const waves = createGuessWaves(app.db);
  await waves.look();
  await waves.refresh();
  expect(waves.covers(brandId, null)).toBe(false);
});

test('guesses of before are not read to find a wave', async () => {
  await app.db.query(
    `insert into guesses (guess_key, brand_id, window_started_at, misses)
     select 'p:' || gen_random_uuid(), $1, now() - interval '2 hours', 1 from generate_series(1, 20000)`,
    [newId()],
  );
  await app.db.query('analyze guesses');
  const plans = await plansOf(app.db, (db) => createGuessWaves({ ...app.db, query: db.query }).look());
  expect(plans).toContain('guesses_by_window');
  expect(plans).not.toContain('Seq Scan on guesses');
});
