import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { activate } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { sumUpAll } from '../cohorts/testing.ts';
import { assign, createExperiment, HALVES, play } from './testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

const names = (count: number) => Array.from({ length: count }, () => `player-${randomUUID()}`);

const resultsOf = async (id: string) => {
  await sumUpAll(app);
  const { status, body } = await app.request('GET', `/v1/experiments/${id}/results`);
  expect(status, JSON.stringify(body)).toBe(200);
  return body;
};

/** How many players are in the cohorts of each group. */
const cohortsOf = async (id: string) => {
  await app.db.query('update kept_reports set due_at = now() where subject_id = $1', [id]);
  await sumUpAll(app);
  await app.cohorts.refresh();
  const { body } = await app.request('GET', `/v1/cohorts?by=week&of=experiment&experimentId=${id}`);
  return body.groups.map(({ key, cohorts }: { key: string; cohorts: { size: number }[] }) => [
    key,
    cohorts.reduce((sum, { size }) => sum + size, 0),
  ]);
};

describe('an experiment', () => {
  it('is as it was said, with what was left out', async () => {
    const made = await createExperiment(app);
    expect(made).toMatchObject({
      ...{
        name: 'Test',
        status: 'running',
        baseline: 'control',
        arms: HALVES,
        currency: 'EUR',
        metric: 'ngr',
      },
      ...{ method: 'sequential', windowDays: 7, expectedPlayers: 10_000, endsAt: null },
      population: { kind: 'everyone' },
    });
    expect((await app.request('GET', `/v1/experiments/${made.id}`)).body).toEqual(made);
    const { body } = await app.request('GET', '/v1/experiments?limit=1&status=running');
    expect(body.items).toEqual([made]);
    const { rows } = await app.db.query<{ action: string }>(
      'select action from audit_log where target_id = $1',
      [made.id],
    );
    expect(rows).toEqual([{ action: 'experiment.created' }]);
  });

  const arm = (n: number, change: object) => HALVES.map((one, i) => (i === n ? { ...one, ...change } : one));
  const there = randomUUID();
  test.each([
    ['weights that are not all', { arms: arm(0, { weightBps: 4_000 }) }, 'arms'],
    ['two arms of a key', { arms: arm(0, { key: 'control' }) }, 'arms.1.key'],
    ['a baseline that is no arm', { baseline: 'nobody' }, 'baseline'],
    [
      'an end before its start',
      { startsAt: '2031-01-01T00:00:00Z', endsAt: '2030-01-01T00:00:00Z' },
      'endsAt',
    ],
    ['an end that has passed', { endsAt: '2020-01-01T00:00:00Z' }, 'endsAt'],
    [
      'a campaign that is not there',
      { arms: arm(0, { treatment: { kind: 'campaign', campaignId: there } }) },
      'arms.0.treatment',
    ],
    [
      'a batch that is not there',
      { arms: arm(1, { treatment: { kind: 'batch', batchId: there } }) },
      'arms.1.treatment',
    ],
    [
      'a journey that is not there',
      { arms: arm(1, { treatment: { kind: 'journey', journeyId: there } }) },
      'arms.1.treatment',
    ],
    ['a currency of no brand', { currency: 'XXQ' }, 'currency'],
  ])('is refused with %s', async (_, change, field) => {
    const { status, body } = await app.request('POST', '/v1/experiments', {
      body: { name: 'Test', arms: HALVES, baseline: 'control', ...change },
    });
    expect([status, body.errors[0].field]).toEqual([field.endsWith('treatment') ? 404 : 422, field]);
  });

  it('is refused with one campaign for two arms, or that of another brand', async () => {
    const { campaignId } = await createOffer(app);
    const treatment = { kind: 'campaign', campaignId };
    const both = { name: 'Test', baseline: 'control', arms: HALVES.map((one) => ({ ...one, treatment })) };
    const twice = await app.request('POST', '/v1/experiments', { body: both });
    expect(twice.body.errors[0].field).toBe('arms.1.treatment');
    const { ownerKey: key } = await app.anotherBrand();
    const body = { name: 'Test', baseline: 'control', arms: arm(0, { treatment }) };
    expect((await app.request('POST', '/v1/experiments', { key, body })).body.errors[0].field).toBe(
      'arms.0.treatment',
    );
    expect((await app.request('POST', '/v1/experiments', { body })).status).toBe(201);
  });
});

describe('players', () => {
  it('are told the same arm for ever, in the order asked for', async () => {
    const { id } = await createExperiment(app);
    const players = names(40);
    const first = await assign(app, id, players);
    expect(first.map(({ player }) => player)).toEqual(players);
    expect(new Set(first.map(({ arm }) => arm))).toEqual(new Set(['code', 'control']));
    const [one = ''] = players;
    expect(await assign(app, id, [...players.toReversed(), one])).toEqual([...first.toReversed(), first[0]]);
  });

  it('asked for by many at once are recorded once', async () => {
    const { id } = await createExperiment(app);
    const players = names(25);
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, n) => assign(app, id, n % 2 === 0 ? players : players.toReversed())),
    );
    for (const [n, answer] of answers.entries())
      expect(n % 2 === 0 ? answer : answer.toReversed()).toEqual(answers[0]);
    const { rows } = await app.db.query<{ count: number }>(
      'select count(*) from experiment_assignments where experiment_id = $1',
      [id],
    );
    expect(rows[0]?.count).toBe(25);
  });

  it('come into no arm from the end on, however close', async () => {
    const { id } = await createExperiment(app);
    const [early, ...late] = names(21);
    const [before] = await assign(app, id, [early ?? '']);
    const told = await Promise.all([
      app.request('POST', `/v1/experiments/${id}/end`),
      ...late.map((player) => assign(app, id, [player])),
    ]);
    const { body: ended } = told[0] as { body: { status: string; endsAt: string } };
    expect(ended.status).toBe('ended');
    const { rows } = await app.db.query<{ late: number }>(
      `select count(*) as late from experiment_assignments a join experiments e using (experiment_id)
       where a.experiment_id = $1 and a.assigned_at >= e.ends_at`,
      [id],
    );
    expect(rows[0]?.late).toBe(0);
    expect(await assign(app, id, [early ?? '', 'new'])).toEqual([
      before,
      { player: 'new', arm: null, treatment: null, assignedAt: null, because: 'not_running' },
    ]);
    expect((await app.request('POST', `/v1/experiments/${id}/end`)).body).toEqual(ended);
  });

  it('outside the population, excluded, or before the start come into none', async () => {
    const { id } = await createExperiment(app, { population: { kind: 'segment', segment: 'vip' } });
    const [vip = '', other = '', excluded = ''] = names(3);
    const put = (player: string, body: object) => app.request('PUT', `/v1/players/${player}`, { body });
    await put(vip, { segments: ['vip', 'old'] });
    await put(excluded, { segments: ['vip'] });
    await app.request('POST', '/v1/events', {
      body: {
        events: [
          {
            id: randomUUID(),
            type: 'player.self_excluded',
            time: new Date().toISOString(),
            player: excluded,
            data: { until: null },
          },
        ],
      },
    });
    const told = await assign(app, id, [vip, other, excluded]);
    expect(told.map(({ because }) => because)).toEqual([null, 'not_in_population', 'excluded']);
    const { id: later } = await createExperiment(app, { startsAt: '2090-01-01T00:00:00Z' });
    expect((await assign(app, later, [vip]))[0].because).toBe('not_running');
  });
});

describe('an experiment that is dealt by who hands out codes', () => {
  const batches = async () => {
    const { campaignId } = await createOffer(app);
    return Promise.all(
      [1, 2].map(async () => {
        const { body } = await app.request('POST', `/v1/campaigns/${campaignId}/codes/import`, {
          body: `code\n${Array.from({ length: 6 }, () => `C${randomUUID().replaceAll('-', '')}`).join('\n')}\n`,
          headers: { 'content-type': 'text/csv' },
        });
        return body.batch.id as string;
      }),
    );
  };
  const give = async (batchId: string, players: readonly string[]) => {
    const { status, body } = await app.request('POST', '/v1/codes/distribution', {
      body: { batchId, players },
    });
    expect(status, JSON.stringify(body)).toBe(200);
  };

  it('has players in the arm of the first code they were given, while it runs', async () => {
    const [one = '', other = ''] = await batches();
    const arms = [one, other].map((batchId, n) => ({ ...HALVES[n], treatment: { kind: 'batch', batchId } }));
    const [early = '', first = '', second = '', late = ''] = names(4);
    await give(one, [early]);
    const { id } = await createExperiment(app, { arms, dealtBy: 'distribution' });
    expect((await assign(app, id, [first]))[0]).toMatchObject({ arm: null, because: 'no_code_yet' });
    await give(one, [first]);
    await give(other, [first, second]);
    await app.request('POST', `/v1/experiments/${id}/end`);
    await give(one, [late]);
    await sumUpAll(app);
    await app.cohorts.recount(app.brand.brandId);
    await sumUpAll(app);
    const told = await assign(app, id, [early, first, second, late]);
    expect(told.map(({ arm }) => arm)).toEqual([null, 'code', 'control', null]);
    expect((await resultsOf(id)).arms.map(({ players }: { players: number }) => players)).toEqual([1, 1]);
  });

  it('begins now or later: whom codes were given before, nothing tells any more', async () => {
    const [one = '', other = ''] = await batches();
    const arms = [one, other].map((batchId, n) => ({ ...HALVES[n], treatment: { kind: 'batch', batchId } }));
    const body = { name: 'Test', arms, baseline: 'control', dealtBy: 'distribution' };
    const startsAt = new Date(Date.now() - 3_600_000).toISOString();
    const refused = await app.request('POST', '/v1/experiments', { body: { ...body, startsAt } });
    expect([refused.status, refused.body.errors]).toEqual([
      422,
      [{ field: 'startsAt', reason: 'has passed', fix: 'an instant that is still to come' }],
    ]);
    await createExperiment(app, { startsAt });
    await createExperiment(app, { ...body, startsAt: '2090-01-01T00:00:00Z' });
  });

  it('has a batch for each arm', async () => {
    const { status, body } = await app.request('POST', '/v1/experiments', {
      body: { name: 'Test', arms: HALVES, baseline: 'control', dealtBy: 'distribution' },
    });
    expect([status, body.errors.map(({ field }: { field: string }) => field)]).toEqual([
      422,
      ['arms.0.treatment', 'arms.1.treatment'],
    ]);
  });
});

describe('results', () => {
  it('are V20: NGR 6,660 of 1,000 players against 400 of 100, uplift 2,660, return 152.9 %', async () => {
    const { id } = await createExperiment(app);
    await play(
      app,
      id,
      10,
      { arm: 0, players: 1_000, staked: 21_000_000, won: 20_160_000, cost: 174_000, deposited: 1_450_000 },
      { arm: 1, players: 100, staked: 40_000 },
    );
    const { arms, sampleRatio, isOver } = await resultsOf(id);
    expect(arms[0]).toMatchObject({
      ...{ key: 'code', players: 1_000, matured: 1_000, active: 1_000, depositors: 1_000 },
      ...{ ggr: 840_000, cost: 174_000, ngr: 666_000, ngrPerPlayer: 666, deposited: 1_450_000 },
    });
    expect(arms[1]).toMatchObject({ key: 'control', matured: 100, ngr: 40_000, uplift: null });
    expect(arms[0].uplift.roiBps).toBe(15_287);
    // Within each group all are worth the same: there is a difference, and no telling how sure it is.
    expect(arms[0].uplift).toMatchObject({ verdict: 'not_enough_players', total: null });
    expect(sampleRatio.isSuspicious).toBe(true);
    expect(isOver).toBe(false);
  });

  it('say what was earned and how sure that is, or that nothing can be seen', async () => {
    const { id } = await createExperiment(app, { expectedPlayers: 2_000 });
    await play(
      app,
      id,
      9,
      ...[400, 200].map((players) => ({
        arm: 0,
        players,
        staked: players * (players === 400 ? 500 : 1_500),
      })),
      ...[400, 200].map((players) => ({ arm: 1, players, staked: players * (players === 400 ? 0 : 1_000) })),
    );
    const { arms, sampleRatio } = await resultsOf(id);
    const { verdict, total, perPlayer } = arms[0].uplift;
    expect(verdict).toBe('more');
    expect(perPlayer.estimate).toBeCloseTo(500, 6);
    expect(total.estimate).toBeCloseTo(300_000, 3);
    expect(total.low).toBeGreaterThan(0);
    expect(total.high - 300_000).toBeCloseTo(300_000 - total.low, 3);
    expect(sampleRatio).toEqual({ chance: 1, isSuspicious: false });
  });

  it('count players who did nothing, days of the window alone, and the experiment’s currency alone', async () => {
    const { id } = await createExperiment(app, { windowDays: 3 });
    const { arm, player } = (await assign(app, id, names(1)))[0];
    const group = arm === 'code' ? 0 : 1;
    await play(
      app,
      id,
      5,
      { arm: group, players: 1, staked: 900 },
      { arm: group, players: 1, staked: 50, currency: 'USD' },
    );
    const dayOf = (days: number) =>
      `((now() - interval '${5 - days} days') at time zone 'Europe/Malta')::date`;
    await app.db.query(
      `insert into player_days select player_id, d, currency, brand_id, 1, 7, 0, 0, 0, 0, 0, 0
       from player_days, unnest(array[${[-1, 2, 3].map(dayOf).join(', ')}]) d
       where player_id in (select player_id from experiment_assignments where experiment_id = $1) and currency = 'EUR'`,
      [id],
    );
    const counted = (await resultsOf(id)).arms[group];
    expect(player).toBeTruthy();
    expect(counted).toMatchObject({ players: 3, matured: 2, active: 1, ggr: 907, ngrPerPlayer: 453.5 });
  });

  it('of a fixed method are told when all is over', async () => {
    const { id } = await createExperiment(app, { method: 'fixed' });
    await play(
      app,
      id,
      9,
      { arm: 0, players: 2, staked: 22, cost: 2 },
      { arm: 0, players: 1, staked: 50 },
      { arm: 1, players: 2, staked: 4 },
    );
    const before = await resultsOf(id);
    expect(before.arms[0].uplift).toEqual({
      ...{ verdict: 'too_early', perPlayer: null, total: null, roiBps: null },
    });
    // Nor what it could be worked out from, here or arm by arm elsewhere.
    const untold = { depositors: null, active: null, deposited: null, ggr: null, cost: null, ngr: null };
    for (const [n, players] of [3, 2].entries())
      expect(before.arms[n]).toMatchObject({ players, matured: players, ...untold, ngrPerPlayer: null });
    expect(await cohortsOf(id)).toEqual([['all', 5]]);
    await app.request('POST', `/v1/experiments/${id}/end`);
    const after = await resultsOf(id);
    expect(after.isOver).toBe(true);
    expect(after.arms[0].uplift).toMatchObject({
      verdict: 'not_enough_players',
      perPlayer: { estimate: 64 / 3 },
    });
    expect(after.arms[0]).toMatchObject({ active: 3, ggr: 72, cost: 2, ngr: 70 });
    expect(after.arms[0].uplift.roiBps).toBe(320_000);
    expect(await cohortsOf(id)).toEqual([
      ['code', 3],
      ['control', 2],
    ]);
  });

  it('tell activations, and players who took what was another arm’s', async () => {
    const [one, other] = [await createOffer(app), await createOffer(app)];
    const arms = [one, other].map(({ campaignId }, n) => ({
      ...{ key: `arm-${n}`, name: 'x', weightBps: 5_000 },
      treatment: { kind: 'campaign', campaignId },
    }));
    const { id } = await createExperiment(app, { arms, baseline: 'arm-1' });
    const told = await assign(app, id, names(12));
    const [own] = told.filter(({ arm }) => arm === 'arm-0');
    const [crossing] = told.filter(({ arm }) => arm === 'arm-1');
    await activate(app, one.code, own.player);
    await activate(app, one.code, crossing.player);
    await app.db.query(
      `update experiment_assignments set assigned_at = assigned_at - interval '8 days' where experiment_id = $1`,
      [id],
    );
    await app.db.query(
      `update activations set created_at = created_at - interval '7 days' where campaign_id = $1`,
      [one.campaignId],
    );
    const counted = (await resultsOf(id)).arms;
    expect(counted.map(({ activations, crossed }: never) => [activations, crossed])).toEqual([
      [1, 1],
      [1, 0],
    ]);
  });
});

it('what is kept is counted by one of several at a time, and never goes back', async () => {
  const { id } = await createExperiment(app);
  await Promise.all(Array.from({ length: 8 }, () => app.request('GET', `/v1/experiments/${id}/results`)));
  await play(app, id, 9, { arm: 0, players: 3, staked: 30 });
  await app.db.query('update kept_reports set due_at = now() where subject_id = $1', [id]);
  await Promise.all(Array.from({ length: 4 }, () => app.cohorts.refresh()));
  const { body } = await app.request('GET', `/v1/experiments/${id}/results`);
  expect(body.arms[0].players).toBe(3);
  const { rows } = await app.db.query<{ pause: number }>(
    'select extract(epoch from due_at - counted_at)::int as pause from kept_reports where subject_id = $1',
    [id],
  );
  expect(rows[0]?.pause).toBeGreaterThanOrEqual(60);
});

it('there are no results of an experiment of another brand', async () => {
  const { id } = await createExperiment(app);
  const { ownerKey: key } = await app.anotherBrand();
  for (const path of ['', '/results'])
    expect((await app.request('GET', `/v1/experiments/${id}${path}`, { key })).status).toBe(404);
  expect((await app.request('POST', `/v1/experiments/${id}/end`, { key })).status).toBe(404);
  const body = { players: ['x'] };
  expect((await app.request('POST', `/v1/experiments/${id}/assignments`, { key, body })).status).toBe(404);
});
