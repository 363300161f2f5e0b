import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '../../../app.ts';
import { openDatabase } from '../../../platform/db.ts';
import { poison } from '../../../testing/poison.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import {
  entrants,
  eventually,
  lineOf,
  liveJourney,
  moveJourney,
  newPlayers,
  publishAgain,
} from '../desk/testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const DAILY = { cron: '0 9 * * *' };
const daily = (audience: string) => lineOf({ source: 'schedule', times: DAILY, audience });

const runOf = async (journeyId: string) =>
  (await app.request('GET', `/v1/journeys/${journeyId}/run`)).body.run;

const planned = (journeyId: string) =>
  eventually(
    () => runOf(journeyId),
    (run) => run !== null,
  );
const ended = (journeyId: string) =>
  eventually(
    () => runOf(journeyId),
    (run) => run?.last != null,
  );

const setNext = (journeyId: string, at: Date) =>
  app.db.query('update journey_runs set next_at = $2 where journey_id = $1', [journeyId, at]);

/** Marks the players of a test, whose audience is nobody else's. */
const inCountry = (country: string) => `player.country == "${country}"`;

describe('a schedule', () => {
  it('lets everybody in whom its rule holds for, at the time that is stated once', async () => {
    const known = await newPlayers(app, 5, { country: 'DE' });
    await newPlayers(app, 2, { country: 'FR' });
    const once = new Date(Date.now() + 3000).toISOString();
    const journeyId = await liveJourney(
      app,
      lineOf({ source: 'schedule', times: { once }, audience: inCountry('DE') }),
    );
    expect(await planned(journeyId)).toEqual({ kind: 'schedule', nextAt: once, underWay: null, last: null });
    const run = await ended(journeyId);
    expect(run).toMatchObject({ nextAt: null, underWay: null, last: { forTime: once, entered: 5 } });
    expect((await entrants(app, journeyId)).sort()).toEqual(known.sort());
    const { body } = await app.request('GET', `/v1/journeys/${journeyId}/enrolments`);
    expect(body.items.map(({ enteredAt }: { enteredAt: string }) => enteredAt)).toEqual(
      Array.from({ length: 5 }, () => once),
    );
  });

  it('that is over when its journey is activated lets nobody in', async () => {
    await newPlayers(app, 1, { country: 'NO' });
    const once = new Date(Date.now() - 1000).toISOString();
    const journeyId = await liveJourney(
      app,
      lineOf({ source: 'schedule', times: { once }, audience: inCountry('NO') }),
    );
    expect(await planned(journeyId)).toMatchObject({ nextAt: null, underWay: null, last: null });
    expect(await entrants(app, journeyId)).toEqual([]);
  });

  it('lets nobody in twice at one time, and for the times it missed only once', async () => {
    const [player = ''] = await newPlayers(app, 1, { country: 'SE' });
    // Known before all the times that were missed.
    await app.db.query(`update players set created_at = now() - interval '9 days' where external_id = $1`, [
      player,
    ]);
    const journeyId = await liveJourney(app, daily(inCountry('SE')));
    const { nextAt } = await planned(journeyId);
    const missed = new Date(Date.parse(nextAt) - 4 * 86_400_000);
    await setNext(journeyId, missed);
    const run = await ended(journeyId);
    expect(run.nextAt).toBe(nextAt);
    expect(Date.parse(run.last.forTime)).toBeGreaterThan(missed.getTime());
    expect(Date.parse(nextAt) - Date.parse(run.last.forTime)).toBeLessThanOrEqual(25 * 3_600_000);
    expect(await entrants(app, journeyId)).toEqual([player]);
  });

  it('ends with the version that has another trigger', async () => {
    const journeyId = await liveJourney(app, daily(inCountry('IS')));
    await planned(journeyId);
    await publishAgain(app, journeyId, lineOf({ source: 'api' }));
    expect(
      await eventually(
        () => runOf(journeyId),
        (run) => run === null,
      ),
    ).toBeNull();
  });

  it('passes over the times of a pause', async () => {
    await newPlayers(app, 2, { country: 'FI' });
    const journeyId = await liveJourney(app, daily(inCountry('FI')));
    const { nextAt } = await planned(journeyId);
    await moveJourney(app, journeyId, 'pause');
    await setNext(journeyId, new Date(Date.parse(nextAt) - 86_400_000));
    await eventually(
      () => runOf(journeyId),
      (run) => run.nextAt === nextAt,
    );
    await moveJourney(app, journeyId, 'resume');
    expect((await runOf(journeyId)).last).toBeNull();
    expect(await entrants(app, journeyId)).toEqual([]);
  });
});

describe('a look at many players', () => {
  const PLAYERS = 1_300;
  const SERVERS = 3;

  async function anotherServer({ config, databaseUrl }: TestApp) {
    const db = openDatabase(databaseUrl, { poolSize: 4, onIdleError: () => undefined });
    const server = await createApp({ ...config, backgroundWork: true, logLevel: 'silent' }, db);
    return async () => {
      await server.close();
      await db.close();
    };
  }

  it('is one for all servers, and goes on where it broke off', { timeout: 60_000 }, async () => {
    await using quiet = await startTestApp({ config: { backgroundWork: false } });
    const players = await newPlayers(quiet, PLAYERS, { country: 'DK' });
    const inOrder = await quiet.db.query<{ player: string }>(
      'select external_id as player from players order by created_at, player_id desc',
    );
    const stumbling = inOrder.rows[700]?.player;
    const mend = await poison(quiet.db, 'journey_enrolments', `new.player_external_id = '${stumbling}'`);
    const once = new Date(Date.now() + 2000).toISOString();
    const journeyId = await liveJourney(
      quiet,
      lineOf({ source: 'schedule', times: { once }, audience: inCountry('DK') }),
    );
    const servers = await Promise.all(Array.from({ length: SERVERS }, () => anotherServer(quiet)));
    const run = async () => (await quiet.request('GET', `/v1/journeys/${journeyId}/run`)).body.run;
    await eventually(run, (is) => is?.underWay?.looked === 500);
    expect(await entrants(quiet, journeyId)).toHaveLength(500);
    await mend();
    const { last } = await eventually(run, (is) => is?.last != null);
    expect(last).toEqual({ forTime: once, looked: PLAYERS, entered: PLAYERS });
    expect((await entrants(quiet, journeyId)).sort()).toEqual(players.sort());
    await Promise.all(servers.map((close) => close()));
  });
});
