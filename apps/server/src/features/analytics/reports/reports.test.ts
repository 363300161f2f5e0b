import { randomUUID } from 'node:crypto';
import type { PerformanceNumbers, PerformanceSort } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate } from '../../../testing/actions.ts';
import { createCampaign, createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { countAll, happen } from '../testing.ts';

let app: TestApp;
/** A busy campaign, one with nothing but refusals, and one in yen. */
let [busy, refusing, inYen]: string[] = ['', '', ''];

beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false }, brand: { timeZone: 'Europe/Malta' } });
  [busy, refusing, inYen] = await Promise.all(
    Array.from(
      { length: 3 },
      async () => (await createCampaign(app, { budget: { EUR: 10_000 } })).campaignId,
    ),
  );
  const taken = (campaignId: string | undefined, outcome = 'accepted') =>
    ['code.activated', { player: 'x', campaignId, outcome }] as const;
  const refused = (campaignId: string | null | undefined, key: string) =>
    ['activation.refused', { player: 'x', campaignId, key }] as const;
  const money = (
    type: 'bonus.granted' | 'bonus.converted',
    campaignId: string | undefined,
    amount: number,
    currency = 'EUR',
  ) => [type, { campaignId, amount, currency, kind: 'bonus_balance' }] as const;

  await happen(app, '2026-02-27T12:00:00.000Z', taken(busy), refused(busy, 'code_expired'));
  await happen(
    app,
    '2026-03-02T12:00:00.000Z',
    ...[taken(busy), taken(busy, 'awaiting_deposit'), taken(busy), refused(busy, 'code_expired')],
    ...[refused(null, 'code_not_found'), refused(null, 'code_not_found')],
    money('bonus.granted', busy, 1_000),
    ['bonus.granted', { campaignId: busy, amount: 5, currency: 'EUR', kind: 'free_spins' }],
    [
      'bonus.granted',
      { ...{ campaignId: busy, amount: 20, currency: 'EUR' }, kind: 'bonus_balance', parentGrantId: 'g' },
    ],
    ['code.distributed', { campaignId: busy }],
    ['activation.lapsed', { campaignId: busy }],
    ['activation.reversed', { campaignId: busy }],
    ['wagering.completed', { campaignId: busy, currency: 'EUR' }],
    money('bonus.converted', busy, 400),
    ['freespins.finished', { campaignId: busy, currency: 'EUR', credited: 30, paidAs: 'cash' }],
  );
  await happen(app, '2026-03-03T12:00:00.000Z', ...Array(3).fill(refused(refusing, 'kyc_required')));
  await happen(app, '2026-03-03T12:00:00.000Z', taken(inYen), money('bonus.granted', inYen, 70_000, 'JPY'));
  await countAll(app);
  await app.db.query(
    `insert into rollup_days (brand_id, day, campaign_id, measure, detail, currency, count, amount)
     values ($1, '2026-03-02', $2, 'deposited', '', 'EUR', 3, 4100)`,
    [app.brand.brandId, busy],
  );
  await app.db.query(
    `insert into rollup_brand_days (brand_id, day, measure, detail, currency, count, amount)
     values ($1, '2026-03-02', 'deposited', '', 'EUR', 3, 4100)`,
    [app.brand.brandId],
  );
});
afterAll(() => app.close());

const MARCH = 'from=2026-03-01&to=2026-03-03';
const get = async (path: string, key?: string) => {
  const { status, body } = await app.request('GET', path, { ...(key !== undefined && { key }) });
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

const NOTHING: PerformanceNumbers = {
  ...{ tries: 0, accepted: 0, awaitingDeposit: 0, refused: 0, acceptanceRate: null, lapsed: 0, reversed: 0 },
  ...{ distributed: 0, shown: 0, activationRate: null, grants: 0, wagered: 0, conversions: 0, money: [] },
};
const BUSY: PerformanceNumbers = {
  ...{ tries: 4, accepted: 3, awaitingDeposit: 1, refused: 1, acceptanceRate: 7_500, lapsed: 1, reversed: 1 },
  ...{ distributed: 1, shown: 0, activationRate: 30_000, grants: 2, wagered: 1, conversions: 1 },
  money: [
    {
      ...{ currency: 'EUR', granted: 1_025, converted: 400, cashPaid: 30, cost: 430 },
      ...{ deposits: 3, deposited: 4_100, bonusToDeposit: 2_500, breakage: 0, bets: 0, staked: 0, won: 0 },
      ...{ ggr: 0, fees: 0, ngr: -430, costOfGgr: null },
    },
  ],
};

test('the overview tells of a period, of each of its days and of the one before', async () => {
  const body = await get(`/v1/overview?${MARCH}`);
  expect(body).toMatchObject({
    period: { from: '2026-03-01', to: '2026-03-03', timeZone: 'Europe/Malta' },
    compared: { from: '2026-02-26', to: '2026-02-28' },
    totals: {
      ...{ tries: 10, accepted: 4, refused: 6, acceptanceRate: 4_000, grants: 3 },
      money: [
        { currency: 'EUR', granted: 1_025, cost: 430 },
        { currency: 'JPY', granted: 70_000, cost: 0, bonusToDeposit: null },
      ],
    },
    previous: { ...NOTHING, tries: 2, accepted: 1, refused: 1, acceptanceRate: 5_000 },
    refusals: [
      { key: 'kyc_required', count: 3 },
      { key: 'code_not_found', count: 2 },
      { key: 'code_expired', count: 1 },
    ],
    live: { campaigns: 3, journeys: 0, tournaments: 0 },
  });
  expect(body.days.map(({ day, tries }: { day: string; tries: number }) => [day, tries])).toEqual([
    ['2026-03-01', 0],
    ['2026-03-02', 6],
    ['2026-03-03', 4],
  ]);
  expect(body.campaigns.map(({ campaignId }: { campaignId: string }) => campaignId)).toEqual([
    busy,
    inYen,
    refusing,
  ]);
  expect(body.campaigns[0]).toEqual({ campaignId: busy, name: 'Test', status: 'active', ...BUSY });
  expect(Date.parse(body.countedUntil)).toBeGreaterThan(Date.now() - 60_000);
});

test('without a comparison there is none, and without a period it is the last thirty days', async () => {
  const body = await get('/v1/overview?compare=none');
  expect(body).toMatchObject({ compared: null, previous: null });
  expect(body.days).toHaveLength(30);
  expect(body.days.at(-1).day).toBe(body.period.to);
  const today = new Intl.DateTimeFormat('sv', { timeZone: 'Europe/Malta' }).format();
  expect(body.period.to).toBe(today);
});

test('budgets are those of active campaigns, the nearest to their end first', async () => {
  await app.db.query(
    `insert into counters (counter_key, campaign_id, used, reserved) values ($1, $2, 500, 100), ($3, $4, 2000, 0)`,
    [`${refusing}:b:EUR`, refusing, `${inYen}:b:EUR`, inYen],
  );
  const { budgets } = await get('/v1/overview');
  const of = (campaignId: string | undefined, used: number, reserved: number) => ({
    ...{ campaignId, name: 'Test', status: 'active', currency: 'EUR', maximum: 10_000, used, reserved },
  });
  expect(budgets).toEqual([of(inYen, 2_000, 0), of(refusing, 500, 100), of(busy, 0, 0)]);
});

test('a campaign is told of by itself, with its funnel', async () => {
  const body = await get(`/v1/campaigns/${busy}/performance?${MARCH}`);
  expect(body).toMatchObject({
    ...{ campaignId: busy, name: 'Test', status: 'active', totals: BUSY },
    previous: { tries: 2 },
    refusals: [{ key: 'code_expired', count: 1 }],
    funnel: { distributed: 1, shown: null, tried: 4, accepted: 3, granted: 2, wagered: 1, converted: 1 },
    grantsByKind: [
      { kind: 'free_spins', count: 1 },
      { kind: 'bonus_balance', count: 1 },
    ],
    budgets: [{ currency: 'EUR', maximum: 10_000, used: 0, reserved: 0 }],
  });
  expect(body.days[1]).toEqual({ day: '2026-03-02', ...BUSY });
  const { funnel } = await get(`/v1/campaigns/${refusing}/performance?${MARCH}`);
  expect(funnel).toMatchObject({ distributed: null, tried: 3, accepted: 0 });
});

describe('the table of campaigns', () => {
  const tableOf = async (query: string) => {
    const ids: string[] = [];
    let cursor: string | null = null;
    do {
      const page = await get(
        `/v1/performance/campaigns?${MARCH}&limit=1&${query}${cursor ? `&cursor=${cursor}` : ''}`,
      );
      ids.push(...page.items.map(({ campaignId }: { campaignId: string }) => campaignId));
      cursor = page.nextCursor;
    } while (cursor);
    const names = new Map([
      [busy, 'busy'],
      [refusing, 'refusing'],
      [inYen, 'inYen'],
    ]);
    return ids.map((id) => names.get(id)).join(' ');
  };

  // Of those with the same number the newest comes first, or last.
  it.each<[PerformanceSort, string, string]>([
    ['tries', '', 'busy refusing inYen'],
    ['accepted', '', 'busy inYen refusing'],
    ['refused', '', 'refusing busy inYen'],
    ['acceptanceRate', '', 'inYen busy refusing'],
    ['grants', '', 'busy inYen refusing'],
    ['conversions', 'asc', 'refusing inYen busy'],
    ['granted', '', 'busy inYen refusing'],
    ['granted', 'desc&currency=JPY', 'inYen refusing busy'],
    ['cost', '', 'busy inYen refusing'],
    ['deposits', 'asc', 'refusing inYen busy'],
    ['deposited', '', 'busy inYen refusing'],
  ])('is sorted by %s %s, over its pages', async (sort, order, wanted) => {
    expect(await tableOf(`sort=${sort}${order && `&order=${order}`}`)).toBe(wanted);
  });

  it('has those alone of which something happened', async () => {
    const { items } = await get('/v1/performance/campaigns?from=2026-02-01&to=2026-02-28');
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ campaignId: busy, tries: 2 });
  });

  it('is exported as CSV with the money of one currency', async () => {
    const csv = await get(`/v1/performance/campaigns/export?${MARCH}`);
    const [head, ...lines] = csv.trim().split('\r\n');
    expect(head).toBe(
      'campaign,name,status,tries,accepted,awaiting_deposit,refused,acceptance_rate_bp,lapsed,reversed,distributed,' +
        'activation_rate_bp,shown,grants,wagered,conversions,currency,granted_minor,converted_minor,cash_paid_minor,cost_minor,' +
        'deposits,deposited_minor,bonus_to_deposit_bp,breakage_minor,bets,staked_minor,won_minor,ggr_minor,fees_minor,ngr_minor,' +
        'cost_of_ggr_bp',
    );
    expect(lines).toEqual([
      `${busy},Test,active,4,3,1,1,7500,1,1,1,30000,0,2,1,1,EUR,1025,400,30,430,3,4100,2500,0,0,0,0,0,0,-430,`,
      `${inYen},Test,active,1,1,0,0,10000,0,0,0,,0,1,0,0,EUR,0,0,0,0,0,0,,0,0,0,0,0,0,0,`,
      `${refusing},Test,active,3,0,0,3,0,0,0,0,,0,0,0,0,EUR,0,0,0,0,0,0,,0,0,0,0,0,0,0,`,
    ]);
    const inJpy = await get(`/v1/performance/campaigns/export?${MARCH}&currency=JPY&sort=granted`);
    expect(inJpy.split('\r\n')[1]).toBe(
      `${inYen},Test,active,1,1,0,0,10000,0,0,0,,0,1,0,0,JPY,70000,0,0,0,0,0,,0,0,0,0,0,0,0,`,
    );
  });
});

test('live numbers are those of today and since the beginning, in the order asked for', async () => {
  const { campaignId, code } = await createOffer(app);
  await activate(app, code, 'anna');
  await activate(app, code, 'anna');
  await countAll(app);
  const query = [campaignId, randomUUID(), busy].map((id) => `campaignIds=${id}`).join('&');
  const { items } = await get(`/v1/campaign-numbers?${query}`);
  expect(items).toEqual([
    { campaignId, triesToday: 2, acceptedToday: 2, accepted: 2, budgets: [] },
    {
      ...{ campaignId: busy, triesToday: 0, acceptedToday: 0, accepted: 4 },
      budgets: [{ currency: 'EUR', maximum: 10_000, used: 0, reserved: 0 }],
    },
  ]);
});

test('another brand sees nothing of it', async () => {
  const { ownerKey } = await app.anotherBrand();
  const overview = await get(`/v1/overview?${MARCH}`, ownerKey);
  expect(overview).toMatchObject({
    ...{ totals: NOTHING, previous: NOTHING, refusals: [], campaigns: [], budgets: [] },
    live: { campaigns: 0 },
  });
  expect((await get(`/v1/performance/campaigns?${MARCH}`, ownerKey)).items).toEqual([]);
  expect((await get(`/v1/campaign-numbers?campaignIds=${busy}`, ownerKey)).items).toEqual([]);
  const foreign = await app.request('GET', `/v1/campaigns/${busy}/performance`, { key: ownerKey });
  expect(foreign.status).toBe(404);
});

test('what is counted late says so', async () => {
  await happen(app, '2026-03-01T12:00:00.000Z', ['activation.lapsed', { campaignId: busy }]);
  const { countedUntil } = await get('/v1/overview');
  const later = await get('/v1/overview');
  expect(later.countedUntil).toBe(countedUntil);
  await countAll(app);
  expect(Date.parse((await get('/v1/overview')).countedUntil)).toBeGreaterThan(Date.parse(countedUntil));
});

test('sums past what a number holds are not told, and break nothing', async () => {
  const { campaignId } = await createCampaign(app);
  const amount = Number.MAX_SAFE_INTEGER;
  for (let n = 0; n < 3; n++)
    await happen(app, '2026-05-01T12:00:00.000Z', [
      'bonus.granted',
      { campaignId, amount, currency: 'EUR', kind: 'special' },
    ]);
  await countAll(app);
  const { totals } = await get(`/v1/campaigns/${campaignId}/performance?from=2026-05-01&to=2026-05-01`);
  expect(totals).toMatchObject({ grants: 3, money: [{ granted: null, cost: 0 }] });
  const { items } = await get('/v1/performance/campaigns?from=2026-05-01&to=2026-05-01&sort=granted&limit=1');
  expect(items[0].campaignId).toBe(campaignId);
});

test.each([
  ['a period that ends before it begins', 'from=2026-03-02&to=2026-03-01', 'query.to'],
  ['one of more than 400 days', 'from=2025-01-01&to=2026-03-01', 'query.from'],
  ['a day that is none', 'from=2026-02-30', 'query.from'],
])('%s is refused', async (_, query, field) => {
  for (const path of [
    'overview',
    `campaigns/${busy}/performance`,
    'performance/campaigns',
    'performance/campaigns/export',
  ]) {
    const { status, body } = await app.request('GET', `/v1/${path}?${query}`);
    expect(status).toBe(422);
    expect(body.errors).toMatchObject([{ field }]);
  }
});

test('the ends of the calendar are days like others', async () => {
  expect((await get('/v1/overview?from=9999-12-31&to=9999-12-31')).totals).toEqual(NOTHING);
  expect((await get('/v1/overview?from=0001-01-01&to=0001-01-01')).previous).toEqual(NOTHING);
  expect((await get('/v1/overview?to=0001-01-01')).totals).toEqual(NOTHING);
});

test('a cursor of another list is refused', async () => {
  const cursor = Buffer.from('["1; drop",""]').toString('base64url');
  expect((await app.request('GET', `/v1/performance/campaigns?cursor=${cursor}`)).status).toBe(422);
});
