import { GUESSES_IN_A_WAVE, GUESSES_PER_PLAYER } from '@promosmith/core/risk';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { activate, deposit } from '../../../testing/actions.ts';
import { createCampaign, createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { solve } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const PATIENCE = { timeout: 20_000, interval: 100 };
let count = 0;
const stranger = () => `stranger-${++count}`;

/** A campaign with codes of a pattern. */
async function campaignOf(pattern: string): Promise<string> {
  const { campaignId } = await createCampaign(app);
  const made = await app.request('POST', `/v1/campaigns/${campaignId}/code-batches`, {
    body: { kind: 'unique', count: 3, pattern },
  });
  expect(made.status).toBe(202);
  await vi.waitFor(async () => {
    const { rows } = await app.db.query('select status from code_batches where batch_id = $1', [
      made.body.batch?.id ?? made.body.batchId ?? made.body.id,
    ]);
    expect(rows).toEqual([{ status: 'ready' }]);
  }, PATIENCE);
  return campaignId;
}

/** How many codes a new player may guess. */
async function allowed(code: () => string): Promise<number> {
  const player = stranger();
  for (let guesses = 0; ; guesses++)
    if ((await activate(app, code(), player)).body.key === 'rate_limited') return guesses;
}

const digits = (of: number) => String(++count).padStart(of, '2');

test('guesses at codes of a campaign leave everybody fewer of them, and of no others', async () => {
  const campaignId = await campaignOf('RING-########');
  const { code } = await createOffer(app);
  // Most of what is tried in the brand is right, or all of it would fall under a wave.
  await Promise.all(Array.from({ length: 130 }, () => activate(app, code, stranger())));
  await Promise.all(
    Array.from({ length: 120 }, (_, n) =>
      activate(app, `RING-${digits(8)}`, stranger(), { ip: `198.51.100.${n}` }),
    ),
  );
  const waves = async () =>
    (await app.db.query('select campaign_id, wrong, known from guess_waves where until > now()')).rows;
  await vi.waitFor(
    async () => expect(await waves()).toEqual([{ campaign_id: campaignId, wrong: 120, known: 0 }]),
    PATIENCE,
  );
  await vi.waitFor(
    async () => expect(await allowed(() => `ring${digits(8)}`)).toBe(GUESSES_IN_A_WAVE.player),
    PATIENCE,
  );
  expect(await allowed(() => `OTHER-${digits(8)}`)).toBe(GUESSES_PER_PLAYER);
  const { body } = await app.request('GET', '/v1/attention');
  expect(body.items).toContainEqual(
    expect.objectContaining({ kind: 'guess_wave', count: 1, ids: [campaignId] }),
  );
  await app.db.query('delete from wrong_codes');
}, 60_000);

test('wrong codes that look like no campaign’s count for none', async () => {
  const campaignId = await campaignOf('SHAPE-####');
  await activate(app, 'SHAPE-123', stranger());
  await activate(app, 'SHAPE-12345', stranger());
  await activate(app, '😀', stranger());
  await activate(app, 'SHAPE-1234', stranger());
  await vi.waitFor(async () => {
    const { rows } = await app.db.query('select wrong from wrong_codes where campaign_id = $1', [campaignId]);
    expect(rows).toEqual([{ wrong: 1 }]);
  }, PATIENCE);
});

async function setChallenge(challenge: string): Promise<void> {
  const { body } = await app.request('GET', '/v1/brand');
  const changed = await app.request('PATCH', '/v1/brand', { body: { revision: body.revision, challenge } });
  expect([changed.status, changed.body.settings?.challenge]).toEqual([200, challenge]);
}

/** Asks for proofs until the end of the scope. */
async function aWave(challenge: string): Promise<AsyncDisposable> {
  await setChallenge(challenge);
  await app.db.query(
    `insert into guess_waves (target_id, brand_id, since, until, wrong, known)
     values ($1, $1, now(), now() + interval '1 hour', 500, 1)`,
    [app.brand.brandId],
  );
  await vi.waitFor(
    async () => expect((await activate(app, 'ANY', stranger())).body.key).toBe('challenge_required'),
    PATIENCE,
  );
  return {
    async [Symbol.asyncDispose]() {
      await app.db.query('delete from guess_waves');
      await setChallenge('off');
      await vi.waitFor(
        async () => expect((await activate(app, 'ANY', stranger())).body.key).toBe('code_not_found'),
        PATIENCE,
      );
    },
  };
}

test('while codes are guessed, each attempt takes a proof, and no attempt is made without', async () => {
  const { code } = await createOffer(app);
  const player = stranger();
  const token = await app.playerToken(player);
  await app.request('PUT', `/v1/players/${player}`, { body: { currency: 'EUR', country: 'DE' } });
  await using _ = await aWave('proof_of_work');
  const use = (text: string, proof?: string) =>
    app.request('POST', '/v1/activations', {
      key: token,
      body: { code: text },
      headers: { 'idempotency-key': 'once', ...(proof && { 'promosmith-proof': proof }) },
    });
  const asked = await use(code);
  expect([asked.status, asked.body]).toEqual([
    403,
    expect.objectContaining({ challenge: { kind: 'proof_of_work', token: expect.any(String), bits: 16 } }),
  ]);
  expect((await use(code, 'human')).body.key).toBe('challenge_required');
  const proof = solve(asked.body.challenge);
  expect((await use('OTHER', proof)).body.key).toBe('challenge_required');
  const used = await use(code, proof);
  expect([used.status, used.body.outcome]).toEqual([201, 'accepted']);
  const again = await use(code, proof);
  expect([again.status, again.body.id]).toEqual([201, used.body.id]);
  const { body } = await app.request('GET', `/v1/activations?player=${player}`);
  expect(body.items).toHaveLength(1);
});

test('a platform vouches for persons, and for who paid', async () => {
  const { code } = await createOffer(app);
  await using _ = await aWave('platform');
  const [vouched, paying] = [stranger(), stranger()];
  expect((await activate(app, code, vouched)).body.challenge).toEqual({ kind: 'platform' });
  const used = await app.request('POST', '/v1/activations', {
    body: { code, player: { id: vouched, currency: 'EUR' } },
    headers: { 'promosmith-proof': 'human' },
  });
  expect(used.status).toBe(201);
  expect(await deposit(app, paying, { amount: 5_000, code } as never)).toMatchObject({
    code: { outcome: 'accepted' },
  });
});
