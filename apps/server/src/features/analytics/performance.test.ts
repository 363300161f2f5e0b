import { randomUUID } from 'node:crypto';
import type { CampaignReport, PerformancePart } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate } from '../../testing/actions.ts';
import { createCampaign, createCode, createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { MOST_VALUES } from './counting/breakdowns.ts';
import { countAll, happen } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false }, brand: { timeZone: 'Europe/Malta' } });
});
afterAll(() => app.close());

const get = async (path: string) => {
  const { status, body } = await app.request('GET', path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};
const reportOf = (campaignId: string, query = ''): Promise<CampaignReport> =>
  get(`/v1/campaigns/${campaignId}/performance?${query}`);
const partsOf = async (campaignId: string, by: string): Promise<PerformancePart[]> =>
  (await get(`/v1/campaigns/${campaignId}/performance/breakdown?by=${by}`)).items;

const tell = async (player: string, type: string, data: object): Promise<void> => {
  const event = { id: randomUUID(), type, time: new Date().toISOString(), player, data };
  const { body } = await app.request('POST', '/v1/events', { body: { events: [event] } });
  expect(body.results[0].status).toBe('accepted');
};
const bet = (player: string, stake: number, win: number, round = randomUUID()) =>
  tell(player, 'bet.settled', {
    betId: randomUUID(),
    roundId: round,
    game: 'slot',
    stake,
    win,
    currency: 'EUR',
  });

const setBrand = async (change: object): Promise<void> => {
  const { revision } = await get('/v1/brand');
  expect((await app.request('PATCH', '/v1/brand', { body: { revision, ...change } })).status).toBe(200);
};

describe('what a campaign earned', () => {
  it('is what was staked less what was won, the cost and the fees', async () => {
    const { campaignId, code } = await createOffer(app);
    await activate(app, code, 'anna');
    const round = randomUUID();
    await bet('anna', 21_000, 20_160);
    await bet('anna', 500, 0, round);
    await bet('nobody', 999, 0);
    await happen(app, new Date().toISOString(), [
      'bonus.converted',
      { player: 'anna', campaignId, currency: 'EUR', amount: 174, removed: 26 },
    ]);
    await countAll(app);
    await tell('anna', 'round.rolled_back', { roundId: round });
    await setBrand({ feesBps: 1_500 });
    await countAll(app);
    expect((await reportOf(campaignId)).totals.money).toMatchObject([
      {
        ...{ currency: 'EUR', bets: 1, staked: 21_000, won: 20_160, ggr: 840 },
        ...{ cost: 174, fees: 126, ngr: 540, costOfGgr: 2_071, breakage: 26 },
      },
    ]);
    await setBrand({ feesBps: null });
    expect((await reportOf(campaignId)).totals.money[0]?.ngr).toBe(666);
  });

  it('is counted for the code that is taken later, from then on', async () => {
    const [first, last] = [await createOffer(app), await createOffer(app)];
    await activate(app, first.code, 'ben');
    await bet('ben', 100, 0);
    await countAll(app);
    await activate(app, last.code, 'ben');
    await bet('ben', 30, 0);
    await countAll(app);
    expect((await reportOf(first.campaignId)).totals.money).toMatchObject([{ bets: 1, staked: 100 }]);
    expect((await reportOf(last.campaignId)).totals.money).toMatchObject([{ bets: 1, staked: 30 }]);
  });
});

describe('a breakdown', () => {
  it('tells who came by what, and what became of them', async () => {
    const { campaignId } = await createCampaign(app);
    const [one, other] = [await createCode(app, { campaignId }), await createCode(app, { campaignId })];
    await app.request('PUT', '/v1/players/carl', {
      body: { country: 'DE', currency: 'EUR', segments: ['vip', 'new'] },
    });
    await activate(app, one.code, 'carl', {
      ...{ channel: 'cashier', device: { type: 'mobile' }, traffic: { utmSource: 'ads', affiliateId: 'A7' } },
    });
    await activate(app, other.code, 'dora', { channel: 'popup', ipCountry: 'AT' });
    await bet('carl', 500, 100);
    await countAll(app);

    const seen = async (by: string) =>
      (await partsOf(campaignId, by)).map(({ kind, value, name, accepted, money }) => [
        ...[
          kind === 'value' ? value : kind,
          name,
          accepted,
          money.find(({ currency }) => currency === 'EUR')?.ggr,
        ],
      ]);
    expect(await seen('source')).toEqual([
      ['ads', null, 1, 400],
      ['none', null, 1, 0],
    ]);
    expect(await seen('affiliate')).toEqual([
      ['A7', null, 1, 400],
      ['none', null, 1, 0],
    ]);
    expect(await seen('country')).toEqual([
      ['AT', null, 1, 0],
      ['DE', null, 1, 400],
    ]);
    expect(await seen('device')).toEqual([
      ['mobile', null, 1, 400],
      ['none', null, 1, 0],
    ]);
    expect(await seen('channel')).toEqual([
      ['cashier', null, 1, 400],
      ['popup', null, 1, 0],
    ]);
    expect(await seen('segment')).toEqual([
      ['new', null, 1, 400],
      ['vip', null, 1, 400],
      ['none', null, 1, 0],
    ]);
    expect(new Set((await seen('code')).map(([value, name]) => `${value} ${name}`))).toEqual(
      new Set([`${one.codeId} ${one.code}`, `${other.codeId} ${other.code}`]),
    );
    expect(await seen('batch')).toEqual([['none', null, 2, 400]]);
  });

  it('tells so many values apart, and the others together', async () => {
    const { campaignId, code } = await createOffer(app);
    await app.db.query(
      `insert into breakdown_values (brand_id, campaign_id, dimension, value)
       select $1, $2, 'source', 'source-' || n from generate_series(1, $3) n`,
      [app.brand.brandId, campaignId, MOST_VALUES - 1],
    );
    for (const utmSource of ['last', 'late', 'later', 'source-7'])
      await activate(app, code, `eve-${utmSource}`, { traffic: { utmSource } });
    await countAll(app);
    const parts = await partsOf(campaignId, 'source');
    expect(parts.map(({ kind, value, accepted }) => [kind, value, accepted])).toEqual([
      ['value', 'last', 1],
      ['value', 'source-7', 1],
      ['others', null, 2],
    ]);
    const rows = await get(
      `/v1/campaigns/${campaignId}/performance/rows?measure=accepted&by=source&only=others`,
    );
    expect(rows.items.map(({ player }: { player: string }) => player).sort()).toEqual([
      'eve-late',
      'eve-later',
    ]);
  });
});

describe('rows behind a number', () => {
  it('say who, when and what it is about, over their pages', async () => {
    const { campaignId, code } = await createOffer(app);
    const ids = [];
    for (const player of ['fay', 'gus', 'hal']) ids.unshift((await activate(app, code, player)).body.id);
    await activate(app, 'NOSUCHCODE', 'fay');
    await countAll(app);
    const path = `/v1/campaigns/${campaignId}/performance/rows?measure=tries&limit=2`;
    const first = await get(path);
    const second = await get(`${path}&cursor=${first.nextCursor}`);
    expect(second.nextCursor).toBeNull();
    expect([...first.items, ...second.items]).toMatchObject(
      ids.map((id, index) => ({
        ...{ player: ['hal', 'gus', 'fay'][index], kind: 'accepted', count: 1, currency: null },
        about: { kind: 'activation', id },
      })),
    );
  });

  it.each([
    ['a cursor of another list', 'measure=tries&cursor=WyJ4IiwieSJd'],
    ['a property without its value', 'measure=tries&by=source'],
    ['a value of no property', 'measure=tries&value=x'],
    ['two ways of saying which', 'measure=tries&by=source&value=x&only=none'],
    ['a rate, which has none', 'measure=acceptanceRate'],
  ])('are not told for %s', async (_, query) => {
    const { campaignId } = await createCampaign(app);
    const { status } = await app.request('GET', `/v1/campaigns/${campaignId}/performance/rows?${query}`);
    expect(status).toBe(422);
  });
});

describe('an activation that was held for review', () => {
  const DAY_MS = 86_400_000;
  /** Held three days ago, and decided now. */
  const decided = async (player: string, name: 'release' | 'refuse') => {
    const { code, campaignId } = await createOffer(app, {
      definition: { risk: { indicators: ['payment_shared'] } },
    });
    await app.request('PUT', `/v1/players/${player}`, { body: { currency: 'EUR' } });
    await app.db.query(
      `insert into risk_profiles (player_id, brand_id, findings) select player_id, brand_id, $2 from players
       where external_id = $1`,
      [player, JSON.stringify([{ indicator: 'payment_shared', version: 1, evidence: { others: 2 } }])],
    );
    const { body } = await activate(app, code, player);
    expect(body.outcome).toBe('in_review');
    await app.db.query('update activations set created_at = $2 where activation_id = $1', [
      body.id,
      new Date(Date.now() - 3 * DAY_MS).toISOString(),
    ]);
    await bet(player, 700, 0);
    await countAll(app);
    expect((await reportOf(campaignId)).totals).toMatchObject({ tries: 0, money: [] });
    const order = {
      ...{
        brandId: app.brand.brandId,
        activationId: body.id,
        requestId: randomUUID(),
        reason: 'looked at it',
      },
      actor: { kind: 'staff', id: 'frida' } as const,
    };
    await app.db.transaction<unknown>((tx) => app.reviews[name](tx, order));
    await bet(player, 50, 0);
    await countAll(app);
    const { rows } = await app.db.query<{ changedAt: Date }>(
      'select changed_at as "changedAt" from activations where activation_id = $1',
      [body.id],
    );
    return { campaignId, changedAt: rows[0]?.changedAt };
  };
  const rowsOf = (campaignId: string) => get(`/v1/campaigns/${campaignId}/performance/rows?measure=tries`);

  it('is counted from its release on, as its bonus is, and so are its bets and cohorts', async () => {
    const { campaignId, changedAt } = await decided('vic', 'release');
    const { totals } = await reportOf(campaignId);
    expect(totals).toMatchObject({ tries: 1, accepted: 1, grants: 1 });
    expect(totals.money).toMatchObject([{ bets: 1, staked: 50 }]);
    expect((await rowsOf(campaignId)).items).toMatchObject([{ at: changedAt?.toISOString() }]);
    while (await app.cohorts.count()) {}
    const { rows } = await app.db.query('select at from first_activations where campaign_id = $1', [
      campaignId,
    ]);
    expect(rows).toEqual([{ at: changedAt }]);
  });

  it('is refused on the day it is declined', async () => {
    const { campaignId } = await decided('wes', 'refuse');
    const { totals } = await reportOf(campaignId);
    expect(totals).toMatchObject({ tries: 1, refused: 1, accepted: 0 });
    const { items } = await rowsOf(campaignId);
    expect(Date.now() - Date.parse(items[0].at)).toBeLessThan(DAY_MS);
  });

  it('is told of like that wherever numbers or lists are explained', async () => {
    const { items } = await get('/v1/figures');
    const definitionOf = (figure: string) =>
      items.find(({ name }: { name: string }) => name === figure).definition;
    for (const figure of ['accepted', 'refused']) expect(definitionOf(figure)).toContain('held for review');
    const { items: kinds } = await get('/v1/report-kinds');
    const activations = kinds.find(({ kind }: { kind: string }) => kind === 'activations');
    const time = activations.columns.find(({ name }: { name: string }) => name === 'time');
    expect(time.definition).toContain('held for review');
  });
});

describe('another currency', () => {
  const setRates = (rates: object[]) => app.request('PUT', '/v1/currency-rates', { body: { rates } });
  const converted = async (campaignId: string, query = '') =>
    reportOf(campaignId, `from=2026-03-01&to=2026-03-20&in=EUR${query}`);
  const granted = (campaignId: string, on: string, amount: number, currency: string) =>
    happen(app, `${on}T12:00:00.000Z`, [
      'bonus.granted',
      { campaignId, amount, currency, kind: 'bonus_balance' },
    ]);

  it('is that of each day, for a week, and what has no rate is said', async () => {
    const { campaignId } = await createCampaign(app);
    await granted(campaignId, '2026-03-02', 1_000, 'USD');
    await granted(campaignId, '2026-03-08', 1_000, 'USD');
    await granted(campaignId, '2026-03-09', 500, 'USD');
    await granted(campaignId, '2026-03-12', 5_000, 'JPY');
    await granted(campaignId, '2026-03-12', 70, 'EUR');
    await countAll(app);
    expect((await setRates([{ day: '2026-03-02', currency: 'USD', rate: '0.9' }])).body).toEqual({
      changed: 1,
    });
    await setRates([{ day: '2026-03-12', currency: 'JPY', rate: '0.0061' }]);
    const report = await converted(campaignId);
    expect(report.totals.money.map(({ currency, granted: sum }) => [currency, sum])).toEqual([
      ['EUR', 900 + 900 + 3_050 + 70],
      ['USD', 500],
    ]);
    expect(report.conversion).toEqual({
      currency: 'EUR',
      missing: [{ currency: 'USD', days: 1, first: '2026-03-09', last: '2026-03-09' }],
    });
    await setRates([{ day: '2026-03-08', currency: 'USD', rate: '0.95' }]);
    const { totals, conversion } = await converted(campaignId);
    expect(totals.money.map(({ currency, granted: sum }) => [currency, sum])).toEqual([
      ['EUR', 900 + 950 + 475 + 3_050 + 70],
    ]);
    expect(conversion?.missing).toEqual([]);
  });

  it('can be set again and taken away, and is listed by day', async () => {
    const rate = { day: '2026-01-05', currency: 'SEK' };
    await setRates([
      { ...rate, rate: '0.0900' },
      { ...rate, day: '2026-01-06', rate: '0.091' },
    ]);
    expect((await setRates([{ ...rate, rate: '0.09' }])).body).toEqual({ changed: 0 });
    const list = async () => (await get('/v1/currency-rates?currency=SEK')).items;
    expect(await list()).toEqual([
      { day: '2026-01-06', currency: 'SEK', into: 'EUR', rate: '0.091' },
      { ...rate, into: 'EUR', rate: '0.09' },
    ]);
    expect((await setRates([{ ...rate, rate: null }])).body).toEqual({ changed: 1 });
    expect(await list()).toHaveLength(1);
    const page = await get('/v1/currency-rates?limit=1');
    expect((await get(`/v1/currency-rates?limit=1&cursor=${page.nextCursor}`)).items).not.toEqual(page.items);
  });

  it.each([
    ['that is the brand’s own', { day: '2026-01-05', currency: 'EUR', rate: '1' }, 'currency'],
    ['that is none', { day: '2026-01-05', currency: 'QQQ', rate: '1' }, 'currency'],
    ['worth nothing', { day: '2026-01-05', currency: 'USD', rate: '0.000' }, 'rate'],
    ['below nothing', { day: '2026-01-05', currency: 'USD', rate: '-1' }, 'rate'],
  ])('is refused for one %s', async (_, rate, field) => {
    expect(await setRates([rate])).toMatchObject({
      status: 422,
      body: { errors: [{ field: `rates.0.${field}` }] },
    });
  });
});

describe('a comparison', () => {
  it('is with another campaign, or with as many days from another day', async () => {
    const [one, other] = [await createOffer(app), await createOffer(app)];
    await activate(app, one.code, 'ida');
    for (const player of ['ida', 'jon']) await activate(app, other.code, player);
    await countAll(app);
    const report = await reportOf(one.campaignId, `compare=campaign:${other.campaignId}`);
    expect([report.totals.accepted, report.previous?.accepted]).toEqual([1, 2]);
    expect(report.compared).toMatchObject({
      ...{ from: report.period.from, to: report.period.to },
      campaign: { campaignId: other.campaignId, name: 'Test' },
    });
    const earlier = await reportOf(one.campaignId, 'from=2026-03-01&to=2026-03-07&compare=from:2025-12-29');
    expect(earlier.compared).toEqual({ from: '2025-12-29', to: '2026-01-04', campaign: null });
  });

  it('is refused with a campaign there is not', async () => {
    const { campaignId } = await createCampaign(app);
    const path = `/v1/campaigns/${campaignId}/performance?compare=campaign:${randomUUID()}`;
    expect((await app.request('GET', path)).status).toBe(422);
    expect((await app.request('GET', '/v1/overview?compare=from:2026-02-30')).status).toBe(422);
  });
});

test('messages that carried codes of a campaign are known to be shown', async () => {
  const { campaignId } = await createCampaign(app);
  const [batchId, messageId] = [randomUUID(), randomUUID()];
  const { brandId } = app.brand;
  await app.db.query(
    `insert into code_batches (batch_id, brand_id, campaign_id, kind, code_kind, status, created_by)
     values ($1, $2, $3, 'generated', 'unique', 'ready', '{}')`,
    [batchId, brandId, campaignId],
  );
  await app.request('PUT', '/v1/players/kim', { body: { currency: 'EUR', country: 'FI' } });
  await app.db.query(
    `insert into label_draws (player_id, message_id, name, batch_id, code_key)
     select player_id, $1, name, $2, gen_random_uuid() from players, unnest(array['one', 'two']) name
     where brand_id = $3 and external_id = 'kim'`,
    [messageId, batchId, brandId],
  );
  const [told, key] = [randomUUID(), randomUUID()];
  await app.db.query(
    `insert into codes (code_key, brand_id, campaign_id, batch_id, kind, last4, holder_id)
     select $1, brand_id, $2, $3, 'unique', 'X7K2', player_id from players where brand_id = $4 and external_id = 'kim'`,
    [key, campaignId, batchId, brandId],
  );
  await app.db.query(
    `insert into messages (player_id, message_id, brand_id, player_external_id, origin_key, origin, channel, product, content_id,
       content_version, locale, codes, state, expires_at)
     select player_id, $1::uuid, brand_id, 'kim', $1::uuid::text, '{}', 'popup', 'casino', gen_random_uuid(), 1, 'en', array[$2::uuid, gen_random_uuid()],
       'shown', now() from players where brand_id = $3 and external_id = 'kim'`,
    [told, key, brandId],
  );
  const shown = (message: string, more: object = {}) =>
    ['message.shown', { player: 'kim', messageId: message, channel: 'popup', ...more }] as const;
  const now = new Date().toISOString();
  await happen(
    app,
    now,
    shown(messageId),
    shown(randomUUID()),
    shown(randomUUID(), { resendOf: messageId }),
    shown(told),
  );
  await countAll(app);
  expect((await reportOf(campaignId)).funnel.shown).toBe(3);
  expect(await partsOf(campaignId, 'country')).toMatchObject([{ value: 'FI', shown: 3 }]);
  expect(await partsOf(campaignId, 'batch')).toMatchObject([{ value: batchId, shown: 3 }]);
});

test('messages, journeys and label tags are told of by what became of them', async () => {
  const [contentId, journeyId, messageId] = [randomUUID(), randomUUID(), randomUUID()];
  const { brandId } = app.brand;
  await app.db.query(
    `insert into content_items (content_id, brand_id, channel, name, created_by) values ($1, $2, 'popup', 'Hello', '{}')`,
    [contentId, brandId],
  );
  await app.db.query(
    `insert into journeys (brand_id, journey_id, name, product, status, draft, created_by)
     values ($1, $2, 'Welcome', 'casino', 'active', '{}', '{}')`,
    [brandId, journeyId],
  );
  await app.db.query(
    `insert into labels (label_id, brand_id, name, kind, version, created_by)
     values (gen_random_uuid(), $1, 'greeting', 'text', 1, '{}'), (gen_random_uuid(), $1, 'own_code', 'function', 1, '{}')`,
    [brandId],
  );
  await app.request('PUT', '/v1/players/mia', { body: { currency: 'EUR' } });
  await app.db.query(
    `insert into messages (player_id, message_id, brand_id, player_external_id, origin_key, origin, channel, product, content_id,
       content_version, locale, labels, state, expires_at)
     select player_id, $1, brand_id, 'mia', 'x', '{}', 'popup', 'casino', $2, 1, 'en', '{"greeting": "Hi", "own_code": "AB12"}',
       'shown', now() from players where brand_id = $3 and external_id = 'mia'`,
    [messageId, contentId, brandId],
  );
  const about = { player: 'mia', messageId, channel: 'popup', contentId, contentVersion: 1, journeyId };
  const at = '2026-04-10T12:00:00.000Z';
  const run = { player: 'mia', journeyId, version: 1 };
  await happen(
    app,
    at,
    ['journey.enrolled', { ...run, control: false }],
    ['journey.enrolled', { ...run, control: true }],
  );
  await happen(app, at, ['message.sent', about], ['message.shown', about], ['message.clicked', about]);
  await happen(
    app,
    at,
    ['message.suppressed', { ...about, messageId: randomUUID() }],
    ['journey.completed', run],
  );
  await countAll(app);

  const read = async (what: string) =>
    (await get(`/v1/performance/${what}?from=2026-04-10&to=2026-04-10`)).items;
  const became = {
    sent: 1,
    shown: 1,
    clicked: 1,
    dismissed: 0,
    suppressed: 1,
    shownRate: 10_000,
    clickRate: 10_000,
  };
  const seen = async () => [await read('messages'), await read('journeys'), await read('labels')];
  const expected = [
    [{ contentId, name: 'Hello', channel: 'popup', ...became }],
    [{ journeyId, name: 'Welcome', entered: 1, control: 1, completed: 1, exited: 0, ...became }],
    [
      { name: 'greeting', kind: 'text', sent: 1, values: [{ value: 'Hi', sent: 1 }] },
      { name: 'own_code', kind: 'function', sent: 1, values: [] },
    ],
  ];
  expect(await seen()).toMatchObject(expected);
  await app.analytics.recount(brandId);
  expect(await seen()).toMatchObject(expected);
  expect((await get('/v1/performance/messages?from=2026-04-11&to=2026-04-12')).items).toEqual([]);
});

test('every number of a report says what it is', async () => {
  const { items } = await get('/v1/figures');
  const names = new Set(items.map(({ name }: { name: string }) => name));
  const { campaignId } = await createCampaign(app);
  const { totals } = await reportOf(campaignId);
  const figures = Object.keys(totals).filter((name) => name !== 'money');
  expect(figures.filter((name) => !names.has(name))).toEqual([]);
  for (const { definition, unit, source } of items)
    expect([definition, unit, source].every(Boolean)).toBe(true);
});

test('the days of another clock are those of every breakdown, too', async () => {
  const { campaignId } = await createCampaign(app);
  await happen(app, '2026-05-01T23:30:00.000Z', ['code.distributed', { player: 'lea', campaignId }]);
  const days = async () => {
    await countAll(app);
    const { rows } = await app.db.query<{ day: string }>(
      `select distinct day::text from breakdown_days where campaign_id = $1 and count <> 0`,
      [campaignId],
    );
    return rows.map(({ day }) => day);
  };
  expect(await days()).toEqual(['2026-05-02']);
  await setBrand({ timeZone: 'America/New_York' });
  expect(await days()).toEqual(['2026-05-01']);
  await setBrand({ timeZone: 'Europe/Malta' });
});
