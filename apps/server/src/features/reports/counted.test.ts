import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createCampaign } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { sumUpAll } from '../cohorts/testing.ts';
import { createExperiment, play } from '../experiments/testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false }, brand: { timeZone: 'Europe/Malta' } });
});
afterAll(() => app.close());

const dayIn = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const lastDays = (days: number) => ({ kind: 'days', from: dayIn(-days), to: dayIn(1) });

type Told = Record<string, string | number | null>;

const get = async (path: string) => (await app.request('GET', path)).body;

async function save(kind: string, filters: object = { period: lastDays(60) }): Promise<string> {
  const { status, body } = await app.request('POST', '/v1/reports', { body: { name: kind, kind, filters } });
  expect(status, JSON.stringify(body)).toBe(201);
  return body.id;
}

/** All rows of a report, read by small pages. */
async function rowsOf(id: string, limit = 3): Promise<Told[]> {
  const told: Told[] = [];
  for (let cursor = ''; ; ) {
    const { columns, rows, nextCursor } = await get(`/v1/reports/${id}/rows?limit=${limit}${cursor}`);
    for (const row of rows)
      told.push(Object.fromEntries(columns.map((name: string, n: number) => [name, row[n]])));
    if (nextCursor === null) return told;
    cursor = `&cursor=${nextCursor}`;
  }
}

describe('experiments', () => {
  const results = (id: string) => get(`/v1/experiments/${id}/results`);
  const rowsAbout = async (id: string, filters?: object) =>
    (await rowsOf(await save('experiments', filters))).filter((row) => row.experiment_id === id);

  test('have a row for each arm, with what the page of the experiment tells', async () => {
    const { id } = await createExperiment(app, {
      expectedPlayers: 2_000,
      startsAt: `${dayIn(-12)}T00:00:00Z`,
    });
    const bets = (arm: number, players: number, each: number) => ({ arm, players, staked: players * each });
    await play(app, id, 9, bets(0, 400, 500), bets(0, 200, 1_500), bets(1, 400, 0), bets(1, 200, 1_000));
    const { arms } = await results(id);
    const rows = await rowsAbout(id);
    expect(rows).toMatchObject([
      { arm: 'code', is_baseline: 'no', verdict: 'more', players: 600, ngr: 500_000, uplift_players: null },
      { arm: 'control', is_baseline: 'yes', verdict: null, players: 600, ngr: 200_000, uplift: null },
    ]);
    const { total } = arms[0].uplift;
    expect([rows[0]?.uplift, rows[0]?.uplift_low, rows[0]?.uplift_high]).toEqual(
      [total.estimate, total.low, total.high].map(Math.round),
    );
  });

  test('of the fixed method tell nothing of arms before they are over', async () => {
    const { id } = await createExperiment(app, { method: 'fixed', startsAt: `${dayIn(-9)}T00:00:00Z` });
    await play(app, id, 8, { arm: 0, players: 100, staked: 900 }, { arm: 1, players: 100, staked: 900 });
    const untold = { ngr: null, ggr: null, deposited: null, active: null, uplift: null };
    expect(await rowsAbout(id)).toMatchObject([
      { arm: 'code', players: 100, verdict: 'too_early', ...untold },
      { arm: 'control', players: 100, verdict: null, ...untold },
    ]);
  });

  test('that did not run in the period are left out', async () => {
    const { id } = await createExperiment(app);
    expect(await rowsAbout(id)).toHaveLength(2);
    expect(await rowsAbout(id, { period: { kind: 'days', from: dayIn(-20), to: dayIn(-10) } })).toEqual([]);
  });
});

describe('cohorts', () => {
  test.each(['week', 'month'])('by %s tell what the page of cohorts tells', async (by) => {
    await app.db.query(
      `insert into players (player_id, brand_id, external_id, registered_at)
       select gen_random_uuid(), $1, $2 || n, now() - n * interval '9 days' from generate_series(0, 3) n`,
      [app.brand.brandId, by],
    );
    await app.db.query(
      `insert into player_days
       select player_id, (now() at time zone 'Europe/Malta')::date, c, brand_id, 1, 500, 0, 200, 1, 900, 0, 10
       from players, unnest(array['EUR', 'USD']) c
       where external_id like $1`,
      [`${by}%`],
    );
    await sumUpAll(app);
    const ids = [await save(`cohorts_by_${by}`), await save(`cohorts_by_${by}`)];
    const rows = (await rowsOf(ids[0] ?? '', 5)).filter(({ of }) => of === 'registration');
    const { groups } = await get(`/v1/cohorts?by=${by}&measure=ngr`);
    const shown = groups[0].cohorts.flatMap(
      ({ start, size, cells }: { start: string; size: number; cells: Told[] }) =>
        cells.map(({ period, players, amount }) => ({ start, size, period, players, amount })),
    );
    const expected = shown.filter(({ start }: Told) => String(start) >= dayIn(-60));
    expect(expected.length).toBeGreaterThan(2);
    for (const { start, size, period, players, amount } of expected) {
      const there = rows.filter((row) => row.start === start && row.period === period);
      const [people] = there.filter(({ currency }) => currency === '');
      expect(people).toMatchObject({ size, active: players, ngr: null });
      const money = there.find(({ currency }) => currency === 'EUR');
      expect(money?.ngr ?? 0).toBe(amount);
    }
    expect(rows.map(({ start }) => start)).toEqual(
      rows
        .map(({ start }) => start)
        .toSorted()
        .reverse(),
    );
    const csv = await get(`/v1/reports/${ids[1]}/csv`);
    expect(parse(csv, { columns: true }).length).toBe((await rowsOf(ids[1] ?? '', 100)).length);
  });

  test('of a campaign are of its first code alone', async () => {
    const { campaignId } = await createCampaign(app);
    await app.db.query(
      `insert into first_activations select player_id, $1, brand_id, now() from players where external_id = 'week0'`,
      [campaignId],
    );
    const id = await save('cohorts_by_week', { period: lastDays(10), campaignId });
    expect((await rowsOf(id)).filter(({ currency }) => currency === '')).toMatchObject([
      { of: 'first_activation', period: 0, size: 1, active: 1, is_over: 'no' },
    ]);
  });
});
