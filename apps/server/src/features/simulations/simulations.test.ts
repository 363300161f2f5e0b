import type { CampaignSimulation, SimulationAssumption } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test, vi } from 'vitest';
import { playerId } from '../../platform/ids.ts';
import { createCampaign, createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ brand: { timeZone: 'Europe/Malta' }, config: { logLevel: 'fatal' } });
});
afterAll(() => app.close());

const PERIOD = { from: '2026-03-01', to: '2026-03-03' };

/** The platform told of a player long ago. @param totals as they are today. */
async function player(
  name: string,
  { country = 'DE', deposits = 0, total = 0 }: { country?: string; deposits?: number; total?: number } = {},
): Promise<void> {
  await app.db.query(
    `insert into players (player_id, brand_id, external_id, country, currency, birth_date, registered_at, deposit_count, total_deposits)
     values ($1, $2, $3, $4, 'EUR', '1990-05-17', '2026-01-01', $5, $6)`,
    [playerId(app.brand.brandId, name), app.brand.brandId, name, country, deposits, total],
  );
}

let told = 0;
/** What the platform told at the time. */
async function happened(name: string, type: string, time: string, data: object = {}): Promise<void> {
  await app.db.query(
    `insert into platform_events (player_id, event_id, brand_id, type, time, data, received_at)
     values ($1, $2, $3, $4, $5, $6, $5)`,
    [playerId(app.brand.brandId, name), `e-${++told}`, app.brand.brandId, type, time, JSON.stringify(data)],
  );
}
const deposited = (name: string, time: string, amount: number) =>
  happened(name, 'deposit.succeeded', time, {
    depositId: `d-${told}`,
    amount,
    currency: 'EUR',
    method: 'card',
  });

async function ended(id: string): Promise<CampaignSimulation> {
  return vi.waitFor(
    async () => {
      const { body } = await app.request('GET', `/v1/simulations/${id}`);
      expect(['succeeded', 'failed', 'cancelled']).toContain(body.status);
      return body;
    },
    { timeout: 60_000, interval: 100 },
  );
}

async function simulate(campaignId: string, assume?: SimulationAssumption): Promise<CampaignSimulation> {
  const path = `/v1/campaigns/${campaignId}/simulations`;
  const { status, body } = await app.request('POST', path, {
    body: { ...PERIOD, ...(assume && { assume }) },
  });
  expect(status, JSON.stringify(body)).toBe(202);
  const simulation = await ended(body.id);
  expect(simulation.error).toBeNull();
  return simulation;
}

test('players try on the days they were there, as they were then', async () => {
  // Two deposits by today, one of which came after the first day.
  await player('ann', { deposits: 2, total: 8_000 });
  await deposited('ann', '2026-02-10T10:00:00Z', 3_000);
  await happened('ann', 'login', '2026-03-01T09:00:00Z');
  await deposited('ann', '2026-03-02T10:00:00Z', 5_000);
  // One deposit, which was long before: twice there.
  await player('bob', { deposits: 1, total: 4_000, country: 'AT' });
  await deposited('bob', '2026-01-10T10:00:00Z', 4_000);
  await happened('bob', 'login', '2026-03-01T12:00:00Z');
  // The evening of 3 March is past midnight by UTC, and the one before the period is not.
  await happened('bob', 'login', '2026-03-03T22:30:00Z');
  // Was not there.
  await player('cid');
  await happened('cid', 'login', '2026-03-03T23:30:00Z');
  await happened('cid', 'login', '2026-02-28T22:30:00Z');

  const { campaignId } = await createCampaign(app, {
    audience: { rule: 'player.deposit_count == 1 && player.total_deposits >= 3500' },
    limits: [{ scope: 'player', max: 1 }],
  });
  const { result, status, doneShareBps } = await simulate(campaignId);
  expect({ status, doneShareBps }).toEqual({ status: 'succeeded', doneShareBps: 10_000 });
  expect(result).toMatchObject({
    ...{ activePlayers: 2, tries: 3, accepted: 1, qualifiedPlayers: 1 },
    refusals: [{ key: 'audience_rules_violated', tries: 2, players: 1 }],
    countries: [
      { country: 'DE', tries: 2, accepted: 0, players: 0 },
      { country: 'AT', tries: 1, accepted: 1, players: 1 },
    ],
    days: [
      { day: '2026-03-01', tries: 2, accepted: 1 },
      { day: '2026-03-02', tries: 1, accepted: 0 },
      { day: '2026-03-03', tries: 0, accepted: 0 },
    ],
  });
});

test('a deposit that was made pays for the bonus, one that was taken back does not', async () => {
  await player('dora', { deposits: 1 });
  await happened('dora', 'login', '2026-03-02T08:00:00Z');
  await deposited('dora', '2026-03-02T09:00:00Z', 2_500);
  await player('emil');
  await happened('emil', 'login', '2026-03-02T08:00:00Z');
  await deposited('emil', '2026-03-02T09:00:00Z', 9_900);
  await happened('emil', 'deposit.reversed', '2026-03-05T09:00:00Z', {
    ...{ depositId: `d-${told - 1}`, amount: 9_900, currency: 'EUR' },
  });
  const { campaignId } = await createCampaign(app, {
    audience: { rule: 'player.country == "DE" && player.deposit_count == 0' },
    limits: [{ scope: 'player', max: 1 }],
    rewards: [
      {
        ...{ kind: 'deposit', matchBps: 10_000, cap: { EUR: 20_000 }, minDeposit: { EUR: 2_000 } },
        ...{ depositWithinSeconds: 86_400, wagering: { multiplier: 3_500 } },
      },
    ],
  });
  const { result } = await simulate(campaignId);
  expect(result).toMatchObject({
    ...{ accepted: 2, paidByDeposit: 1, lapsed: 1 },
    money: [{ currency: 'EUR', grants: 1, granted: 2_500 }],
  });
});

test('who tries as in another campaign is who tried there', async () => {
  const other = await createOffer(app);
  const { body } = await app.request('POST', '/v1/activations', {
    body: { code: other.code, player: { id: 'fay', country: 'DE', currency: 'EUR' }, device: { id: 'd-1' } },
  });
  await app.db.query("update activations set created_at = '2026-03-02T10:00:00Z' where activation_id = $1", [
    body.id,
  ]);
  const { campaignId } = await createCampaign(app, { limits: [{ scope: 'device', max: 1 }] });
  const { result, assume } = await simulate(campaignId, {
    kind: 'as_campaign',
    campaignId: other.campaignId,
  });
  expect(assume).toEqual({ kind: 'as_campaign', campaignId: other.campaignId });
  expect(result).toMatchObject({ activePlayers: 1, tries: 1, accepted: 1 });
});

test('a rule may ask for anything that is known of a player, as it was then', async () => {
  await player('ida', { deposits: 3, total: 9_000 });
  await app.db.query(
    `update players set language = 'de', kyc_status = 'verified', vip_level = 2, email_verified = true,
       segments = '{slots}', last_deposit_at = '2026-03-09', last_login_at = '2026-03-09'
     where brand_id = $1 and external_id = 'ida'`,
    [app.brand.brandId],
  );
  await deposited('ida', '2026-02-20T10:00:00.500Z', 2_000);
  await deposited('ida', '2026-03-02T12:00:00Z', 7_000);
  await happened('ida', 'login', '2026-03-01T09:00:00.250Z');
  const { campaignId } = await createCampaign(app, {
    audience: {
      rule: [
        'player.language == "de" && player.kyc_status == "verified" && player.vip_level == 2',
        'player.email_verified && "slots" in player.segments && player.currency == "EUR" && player.age == 35',
        'player.registered_at == timestamp("2026-01-01T00:00:00Z") && player.days_since_registration == 59',
        'player.deposit_count == 2 && player.total_deposits == 2000',
        'player.last_deposit_at == timestamp("2026-02-20T10:00:00.500Z")',
        'player.last_login_at == timestamp("2026-03-01T09:00:00.250Z")',
      ].join(' && '),
    },
    limits: [{ scope: 'player', max: 1 }],
  });
  expect((await simulate(campaignId)).result).toMatchObject({
    ...{ accepted: 1, countries: [{ country: 'DE', accepted: 1 }, { country: 'AT' }] },
    days: [{ day: '2026-03-01', accepted: 1 }, {}, {}],
  });
});

test('nothing is granted, used or told', async () => {
  const { campaignId } = await createCampaign(app, { limits: [{ scope: 'player', max: 1 }] });
  await simulate(campaignId);
  const { rows } = await app.db.query<{ n: number }>(
    `select (select count(*) from grants where campaign_id = $1) + (select count(*) from counters where campaign_id = $1) as n`,
    [campaignId],
  );
  expect(rows[0]?.n).toBe(0);
});

describe('what is asked for', () => {
  it.each([
    ['it ends before it begins', { from: '2026-03-02', to: '2026-03-01' }, 'to'],
    ['it is not over', { from: '2026-03-02', to: '2126-03-02' }, 'to'],
    ['it is too long', { from: '2025-01-01', to: '2025-04-03' }, 'from'],
    [
      'no such campaign is taken after',
      { ...PERIOD, assume: { kind: 'as_campaign', campaignId: crypto.randomUUID() } },
      'assume.campaignId',
    ],
  ])('is refused when %s', async (_, body, field) => {
    const { campaignId } = await createCampaign(app);
    const answer = await app.request('POST', `/v1/campaigns/${campaignId}/simulations`, { body });
    expect(answer).toMatchObject({ status: 422, body: { key: 'invalid_request', errors: [{ field }] } });
  });

  it('is a campaign of the brand, in a version it has', async () => {
    const other = await app.anotherBrand();
    const { campaignId } = await createCampaign(app);
    const path = `/v1/campaigns/${campaignId}/simulations`;
    expect((await app.request('POST', path, { key: other.ownerKey, body: PERIOD })).status).toBe(404);
    expect((await app.request('POST', path, { body: { ...PERIOD, version: 2 } })).status).toBe(404);
    expect((await app.request('GET', path, { key: other.ownerKey })).status).toBe(404);
  });
});

test('simulations of a campaign are listed, newest first, and no other brand sees one', async () => {
  const { campaignId } = await createCampaign(app);
  const first = await simulate(campaignId);
  const second = await simulate(campaignId);
  const path = `/v1/campaigns/${campaignId}/simulations`;
  const page = (await app.request('GET', `${path}?limit=1`)).body;
  expect(page.items.map(({ id }: CampaignSimulation) => id)).toEqual([second.id]);
  const next = (await app.request('GET', `${path}?limit=1&cursor=${page.nextCursor}`)).body;
  expect(next).toMatchObject({ items: [{ id: first.id, status: 'succeeded' }], nextCursor: null });
  const { ownerKey } = await app.anotherBrand();
  expect((await app.request('GET', `/v1/simulations/${first.id}`, { key: ownerKey })).status).toBe(404);
  expect((await app.request('POST', `/v1/simulations/${first.id}/cancel`, { key: ownerKey })).status).toBe(
    404,
  );
});

test('one can be stopped while it is under way, and only then', async () => {
  const { campaignId } = await createCampaign(app);
  // Held up at its first statement that reads what players did.
  const release = await holdUp('bets');
  const { body } = await app.request('POST', `/v1/campaigns/${campaignId}/simulations`, { body: PERIOD });
  await vi.waitFor(async () => {
    expect((await app.request('GET', `/v1/simulations/${body.id}`)).body.status).toBe('running');
  });
  expect((await app.request('POST', `/v1/simulations/${body.id}/cancel`)).status).toBe(202);
  expect(await ended(body.id)).toMatchObject({ status: 'cancelled', result: null });
  await release();
  expect((await app.request('POST', `/v1/simulations/${body.id}/cancel`)).status).toBe(409);
});

test('so many at once of a brand and no more, however they are asked for', async () => {
  const { campaignId } = await createCampaign(app);
  const release = await holdUp('bets');
  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      app.request('POST', `/v1/campaigns/${campaignId}/simulations`, { body: PERIOD }),
    ),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 409, 409, 409, 409, 409]);
  await release();
  for (const { body, status } of answers) if (status === 202) await ended(body.id);
});

async function holdUp(table: string): Promise<() => Promise<void>> {
  const client = await app.db.pool.connect();
  await client.query(`begin; lock table ${table} in access exclusive mode`);
  return async () => {
    await client.query('rollback');
    client.release();
  };
}

test('a rule that asks for what there is not any more is told of', async () => {
  const { campaignId } = await createCampaign(app, { audience: { rule: 'player.properties.gone == 1' } });
  const { body } = await app.request('POST', `/v1/campaigns/${campaignId}/simulations`, { body: PERIOD });
  expect(await ended(body.id)).toMatchObject({
    ...{ status: 'failed', result: null, error: expect.stringMatching(/change the rule/) },
  });
});

test('a run that breaks is given up in the end, and says so', async () => {
  const { campaignId } = await createCampaign(app);
  await app.db.query(`update campaign_versions set definition = '{}' where campaign_id = $1`, [campaignId]);
  const { body } = await app.request('POST', `/v1/campaigns/${campaignId}/simulations`, { body: PERIOD });
  const { status, error } = await ended(body.id);
  expect({ status, error }).toEqual({ status: 'failed', error: expect.stringMatching(/again and again/) });
}, 90_000);
