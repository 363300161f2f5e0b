import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { playerId } from '../../../platform/ids.ts';
import { createCampaign } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { sumUpAll } from '../testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

const get = async (path: string) => {
  await sumUpAll(app);
  const { status, body } = await app.request('GET', path);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

/** The first day of a week so many weeks ago, by the brand's clock. */
async function monday(weeksAgo: number): Promise<string> {
  const { rows } = await app.db.query<{ day: string }>(
    `select (date_trunc('week', now() at time zone 'Europe/Malta') - make_interval(weeks => $1))::date::text as day`,
    [weeksAgo],
  );
  return rows[0]?.day ?? '';
}

interface Day {
  day: string;
  currency?: string;
  staked?: number;
  bonusStaked?: number;
  won?: number;
  deposited?: number;
  cost?: number;
}

const plus = (day: string, days: number): string =>
  new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

/** A player with days as the server would have summed them up. */
async function player(
  { registered, campaign, at }: { registered?: string; campaign?: string; at?: string },
  ...days: Day[]
): Promise<string> {
  const { brandId } = app.brand;
  const name = randomUUID();
  const id = playerId(brandId, name);
  await app.db.query(
    `insert into players (player_id, brand_id, external_id, registered_at)
     values ($1, $2, $3, $4::date + interval '12 hours')`,
    [id, brandId, name, registered ?? null],
  );
  if (campaign)
    await app.db.query(`insert into first_activations values ($1, $2, $3, $4::date + interval '12 hours')`, [
      id,
      campaign,
      brandId,
      at,
    ]);
  for (const { day, currency = 'EUR', staked = 0, bonusStaked = 0, won = 0, deposited = 0, cost = 0 } of days)
    await app.db.query('insert into player_days values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11)', [
      ...[id, day, currency, brandId, staked > 0 ? 1 : 0, staked, bonusStaked, won],
      ...[deposited > 0 ? 1 : 0, deposited, cost],
    ]);
  return id;
}

describe('cohorts', () => {
  it('of registration tell who comes back in the weeks since, and what they bring', async () => {
    const [old, last, now] = await Promise.all([monday(2), monday(1), monday(0)]);
    await player(
      { registered: old },
      { day: old, staked: 500, deposited: 900 },
      { day: plus(last, 3), staked: 70 },
    );
    await player({ registered: plus(old, 6) }, { day: plus(old, 6), staked: 80, won: 200, cost: 10 });
    await player({ registered: plus(old, 2) });
    await player({ registered: now }, { day: now, staked: 5, currency: 'USD' });
    await player({}, { day: now, staked: 5 });

    const [{ key, cohorts }] = (await get('/v1/cohorts?measure=ngr')).groups;
    expect(key).toBe('all');
    expect(cohorts.map(({ start, size }: Record<string, unknown>) => [start, size])).toEqual([
      [now, 1],
      [old, 3],
    ]);
    const [fresh, first] = cohorts;
    expect(first.cells).toEqual([
      { period: 0, players: 2, shareBps: 6_667, amount: 500 + 80 - 200 - 10, isOver: true },
      { period: 1, players: 1, shareBps: 3_333, amount: 70, isOver: true },
      { period: 2, players: 0, shareBps: 0, amount: 0, isOver: false },
    ]);
    expect(fresh.cells).toEqual([{ period: 0, players: 1, shareBps: 10_000, amount: 0, isOver: false }]);
    const [{ cohorts: inUsd }] = (await get('/v1/cohorts?measure=ngr&currency=USD')).groups;
    expect(inUsd[0].cells[0].amount).toBe(5);
    const [{ cohorts: deposited }] = (await get('/v1/cohorts?measure=deposited')).groups;
    expect(deposited[1].cells[0]).toMatchObject({ players: 1, amount: 900 });
    const [{ cohorts: active }] = (await get('/v1/cohorts?by=month')).groups;
    expect(active[0].cells[0].amount).toBeNull();
    expect(active.reduce((sum: number, { size }: { size: number }) => sum + size, 0)).toBe(4);
  });

  it('of first activation begin with it: what was before does not count', async () => {
    const { campaignId: campaign } = await createCampaign(app);
    const week = await monday(1);
    await player(
      { campaign, at: plus(week, 3) },
      ...[
        { day: plus(week, 2), staked: 999 },
        { day: plus(week, 3), staked: 40 },
        { day: plus(week, 7), staked: 2 },
      ],
    );
    const of = (path: string) => get(`/v1/cohorts?of=first_activation&measure=ngr${path}`);
    const [{ cohorts }] = (await of(`&campaignId=${campaign}`)).groups;
    expect(cohorts).toHaveLength(1);
    expect(cohorts[0].cells.map(({ amount }: { amount: number }) => amount)).toEqual([40, 2]);
    expect((await of('')).groups[0].cohorts[0]).toEqual(cohorts[0]);
  });

  it('are not there of what is not, and are refused with ids they have no use for', async () => {
    const id = randomUUID();
    for (const name of ['campaignId', 'experimentId'])
      expect((await get(`/v1/cohorts?${name}=${id}`)).groups).toEqual([]);
    for (const query of [
      'of=experiment',
      `of=registration&campaignId=${id}`,
      `of=registration&experimentId=${id}`,
    ])
      expect((await app.request('GET', `/v1/cohorts?${query}`)).status).toBe(422);
    expect((await app.request('GET', `/v1/campaigns/${id}/player-value`)).status).toBe(404);
  });
});

describe('the value of players', () => {
  it('is of those whose days are over: mean, median, one in ten', async () => {
    const { campaignId: campaign } = await createCampaign(app);
    const at = (await monday(3)).toString();
    for (let n = 1; n <= 10; n++)
      await player(
        { campaign, at },
        { day: plus(at, 6), staked: n * 100 },
        { day: plus(at, 7), staked: 1_000 },
      );
    await player({ campaign, at });
    await player({ campaign, at: await monday(0) }, { day: await monday(0), staked: 7_000 });
    const report = await get(`/v1/campaigns/${campaign}/player-value`);
    expect(report.players).toBe(12);
    const [week, month, quarter] = report.value;
    expect(week).toEqual({ days: 7, players: 11, mean: 500, median: 500, p90: 900 });
    expect([month.days, month.players, month.mean]).toEqual([30, 0, null]);
    expect(quarter).toEqual({ days: 90, players: 0, mean: null, median: null, p90: null });
    const { value } = await get(`/v1/campaigns/${campaign}/player-value?currency=USD`);
    expect(value[0]).toEqual({ days: 7, players: 11, mean: 0, median: 0, p90: 0 });
  });

  it('counts who costs as much as they bring, or stakes bonus money alone, as hunters', async () => {
    const { campaignId: campaign } = await createCampaign(app);
    const at = await monday(1);
    const worth = (day: Omit<Day, 'day'>) => player({ campaign, at }, { day: at, ...day });
    await worth({ staked: 1_000, won: 900, cost: 99 });
    await worth({ staked: 1_000, won: 900, cost: 100 });
    await worth({ staked: 500, won: 800, cost: 20 });
    await worth({ staked: 300, bonusStaked: 300, won: 100 });
    await worth({ staked: 300, bonusStaked: 300, won: 400, cost: 5 });
    await worth({ staked: 500, won: 800 });
    await worth({ deposited: 100 });
    const { hunters } = await get(`/v1/campaigns/${campaign}/player-value`);
    expect(hunters).toEqual({ players: 6, hunters: 4, costly: 3, bonusOnly: 2, shareBps: 6_667 });
  });
});

describe('a report that is kept', () => {
  it('is counted anew for who asks when nobody did for an hour, and forgotten after a month', async () => {
    const { campaignId } = await createCampaign(app);
    const path = `/v1/campaigns/${campaignId}/player-value`;
    const before = await get(path);
    expect((await app.request('GET', path)).body).toEqual(before);
    await app.db.query(
      `update kept_reports set due_at = now() - interval '61 minutes' where subject_id = $1`,
      [campaignId],
    );
    const { body: after } = await app.request('GET', path);
    expect(Date.parse(after.countedAt)).toBeGreaterThan(Date.parse(before.countedAt));
    await app.db.query(
      `update kept_reports set asked_at = now() - interval '2 hours' where subject_id = $1`,
      [campaignId],
    );
    await app.request('GET', path);
    const asked = await app.db.query<{ isFresh: boolean }>(
      `select asked_at > now() - interval '1 minute' as "isFresh" from kept_reports where subject_id = $1`,
      [campaignId],
    );
    expect(asked.rows).toEqual([{ isFresh: true }]);
  });
});
