import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  delay,
  draw,
  exit,
  HOUR,
  live,
  register,
  SECOND,
  wait,
} from '../apps/server/src/features/journeys/enrolments/testing.ts';
import { startTestApp, type TestApp } from '../apps/server/src/testing/test-app.ts';
import { type Callers, createCallers, shuffled } from './support/callers.ts';
import { done } from './support/done.ts';
import { type ServerProcess, startServer, startServers } from './support/servers.ts';

/** Three server processes on one PostgreSQL, each with a clock of its own, over HTTP. */
const SERVERS = 3;

let app: TestApp;
let servers: ServerProcess[];
let callers: Callers;

beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
  await register(app, ['custom.click']);
  servers = await startServers(app, SERVERS);
  callers = createCallers(
    servers.map(({ url }) => url),
    app.ownerKey,
  );
}, 60_000);

afterAll(async () => {
  await callers.close();
  await stopAll();
  await app.close();
});

const stopAll = async (): Promise<void> => {
  await Promise.all(servers.map((server) => server.stop()));
  servers = [];
};

const names = (count: number): string[] => Array.from({ length: count }, () => `player-${randomUUID()}`);

/** Lets players in by one call. @returns a result for each. */
const enter = async (
  journeyId: string,
  players: readonly string[],
): Promise<{ status: string; key?: string }[]> => {
  const entries = players.map((player) => ({ id: randomUUID(), player }));
  const { status, body } = await callers.post(`/v1/journeys/${journeyId}/enrolments`, { entries });
  expect(status).toBe(200);
  return body.results;
};

const chunks = <T>(all: readonly T[], size: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, n) => all.slice(n * size, (n + 1) * size));

const read = async <Row extends object>(sql: string, ...values: unknown[]): Promise<Row[]> =>
  (await app.db.query<Row & Record<string, unknown>>(sql, values)).rows;

/** How often each of these was published of a journey's enrolments. */
const told = (journeyId: string) =>
  read<{ type: string; enrolments: number; times: number }>(
    `select event ->> 'type' as type, count(distinct event ->> 'subject')::int as enrolments, count(*)::int as times
     from outbox, jsonb_array_elements(events::jsonb -> 'events') as event
     where event -> 'data' ->> 'journeyId' = $1 group by 1 order by 1`,
    journeyId,
  );

async function counted(sql: string, ...values: unknown[]): Promise<number> {
  const [row] = await read<{ count: number }>(`select count(*)::int as count ${sql}`, ...values);
  return row?.count ?? Number.NaN;
}

const inside = (journeyId: string) =>
  counted(`from journey_enrolments where journey_id = $1 and status = 'active'`, journeyId);

/** Visits that were left. */
const left = (journeyId: string) =>
  counted(
    'from journey_steps join journey_enrolments using (player_id, enrolment_id) where journey_id = $1',
    journeyId,
  );

const untilOver = (journeyId: string) =>
  expect.poll(() => inside(journeyId), { timeout: 60_000, interval: 200 }).toBe(0);

describe('a click against a time-out', () => {
  const RACES = 10_000;
  /** Time-outs fall due in as long as the clicks take. */
  const OVER_MS = 6_000;
  const SEED = 7;

  it(`leaves each of ${RACES} visits by one edge`, async () => {
    const journeyId = await live(
      app,
      draw({ w: wait('custom.click', HOUR), clicked: exit, late: exit }, [
        'start.next > w',
        'w.happened > clicked',
        'w.timed_out > late',
      ]),
    );
    const players = names(RACES);
    for (const some of chunks(players, 1_000)) await enter(journeyId, some);
    await read(
      `update journey_enrolments set wake_at = date_trunc('milliseconds', now()) + random() * $2 * interval '1 millisecond'
       where journey_id = $1`,
      journeyId,
      OVER_MS,
    );
    const clicks = chunks(shuffled(players, SEED), 50).map((some) => async () => {
      const events = some.map((player) => ({
        ...{ id: randomUUID(), type: 'custom.click', time: new Date().toISOString(), player, data: {} },
      }));
      const { body } = await callers.post('/v1/events', { events });
      for (const { status } of body.results) expect(status).toBe('accepted');
    });
    const clicking = async (): Promise<void> => {
      for (let click = clicks.pop(); click; click = clicks.pop()) await click();
    };
    await Promise.all(Array.from({ length: 6 }, clicking));
    await untilOver(journeyId);

    const leaving = await read<{ connector: string; visits: number; enrolments: number }>(
      `select connector, count(*)::int as visits, count(distinct enrolment_id)::int as enrolments
       from journey_steps as s join journey_enrolments as e using (player_id, enrolment_id)
       where e.journey_id = $1 and s.node_id = 'w' group by connector order by connector`,
      journeyId,
    );
    expect(leaving.map(({ connector }) => connector)).toEqual(['happened', 'timed_out']);
    expect(leaving.reduce((sum, { visits }) => sum + visits, 0)).toBe(RACES);
    // Where it ended is where its one edge led.
    const odd = await read(
      `select 1 from journey_enrolments as e join journey_steps as s using (player_id, enrolment_id)
       where e.journey_id = $1 and s.node_id = 'w'
         and (e.node_id <> s.to_node_id or e.seq <> 3 or (s.connector = 'happened') <> (s.to_node_id = 'clicked'))`,
      journeyId,
    );
    expect(odd).toEqual([]);
    expect(await told(journeyId)).toEqual([
      { type: 'journey.completed', enrolments: RACES, times: RACES },
      { type: 'journey.enrolled', enrolments: RACES, times: RACES },
    ]);
    await expect
      .poll(
        () =>
          read(
            `select connector, visits from journey_counts where journey_id = $1 and node_id = 'w' order by connector`,
            journeyId,
          ),
        { timeout: 60_000, interval: 100 },
      )
      .toEqual([
        { connector: '', visits: RACES },
        ...leaving.map(({ connector, visits }) => ({ connector, visits })),
      ]);
  }, 180_000);
});

describe('entering', () => {
  const outcomes = (results: readonly { status: string; key?: string }[]) => {
    const counts: Record<string, number> = {};
    for (const { status, key } of results) counts[key ?? status] = (counts[key ?? status] ?? 0) + 1;
    return counts;
  };

  it('stops at the cap: 100 of 500 players at once', async () => {
    const journeyId = await live(
      app,
      draw({ d: delay(HOUR), exit }, ['start.next > d', 'd.next > exit'], { entryCap: 100 }),
    );
    const answers = await Promise.all(chunks(names(500), 7).map((some) => enter(journeyId, some)));
    expect(outcomes(answers.flat())).toEqual({ entered: 100, cap_reached: 400 });
    expect(
      await read(
        `select count(*)::int as there, (select entries::int from journey_entries where journey_id = $1) as counted
         from journey_enrolments where journey_id = $1`,
        journeyId,
      ),
    ).toEqual([{ there: 100, counted: 100 }]);
    expect(await told(journeyId)).toEqual([{ type: 'journey.enrolled', enrolments: 100, times: 100 }]);
  }, 60_000);

  it('keeps a cap that came later: who is inside already counts', async () => {
    const graph = (entryCap: number | null) =>
      draw({ d: delay(HOUR), exit }, ['start.next > d', 'd.next > exit'], { entryCap });
    const journeyId = await live(app, graph(null));
    await enter(journeyId, names(40));
    const { revision } = (await app.request('GET', `/v1/journeys/${journeyId}`)).body;
    const capped = { revision, definition: graph(100) };
    expect((await app.request('PATCH', `/v1/journeys/${journeyId}`, { body: capped })).status).toBe(200);
    expect((await app.request('POST', `/v1/journeys/${journeyId}/publish`, { body: {} })).status).toBe(200);
    const answers = await Promise.all(chunks(names(200), 9).map((some) => enter(journeyId, some)));
    expect(outcomes(answers.flat())).toEqual({ entered: 60, cap_reached: 140 });
  }, 60_000);

  it('is once for a player who asks 30 times at once', async () => {
    const journeyId = await live(app, draw({ d: delay(HOUR), exit }, ['start.next > d', 'd.next > exit']));
    const [player = ''] = names(1);
    const answers = await Promise.all(Array.from({ length: 30 }, () => enter(journeyId, [player])));
    const { entered, ...refused } = outcomes(answers.flat());
    expect(entered).toBe(1);
    expect(Object.values(refused).reduce((sum, count) => sum + count, 0)).toBe(29);
    expect(await told(journeyId)).toEqual([{ type: 'journey.enrolled', enrolments: 1, times: 1 }]);
  }, 60_000);
});

describe('a server that is killed', () => {
  const PLAYERS = 6_000;
  const KILLS = 6;
  const MOST_PLAYERS = 30_000;

  it('in the middle of a tick loses no step, and does none twice', async () => {
    const journeyId = await live(
      app,
      draw(
        {
          first: delay(SECOND),
          choice: { kind: 'condition', rule: 'player.deposit_count > 0' },
          second: delay(SECOND),
          exit,
        },
        [
          'start.next > first',
          'first.next > choice',
          'choice.no > second',
          'choice.yes > exit',
          'second.next > exit',
        ],
      ),
    );
    // From here on those that are killed are the only ones with a clock.
    await stopAll();
    let entered = 0;
    let interrupted = 0;
    // How much is left when a kill comes is a matter of the machine: some are let in again until kills came in the middle.
    while (interrupted < 2 && entered < MOST_PLAYERS) {
      for (const some of chunks(names(PLAYERS), 1_000)) {
        const entries = some.map((player) => ({ id: randomUUID(), player }));
        await done(app.request('POST', `/v1/journeys/${journeyId}/enrolments`, { body: { entries } }));
      }
      entered += PLAYERS;
      for (let kill = 0; kill < KILLS && (await inside(journeyId)) > 0; kill++) {
        const before = await left(journeyId);
        const doomed = await startServer(app);
        await expect.poll(() => left(journeyId), { timeout: 60_000, interval: 1 }).toBeGreaterThan(before);
        await sleep(Math.random() * 50);
        await doomed.kill();
        if ((await inside(journeyId)) > 0) interrupted++;
      }
    }
    expect(interrupted, 'kills that came in the middle').toBeGreaterThan(1);
    servers = [await startServer(app)];
    await untilOver(journeyId);

    const walks = await read<{ path: string; enrolments: number }>(
      `select path, count(*)::int as enrolments from (
         select e.enrolment_id, string_agg(s.seq || ' ' || s.node_id || '.' || coalesce(s.connector, '-'), ', ' order by s.seq) as path
         from journey_enrolments as e join journey_steps as s using (player_id, enrolment_id)
         where e.journey_id = $1 group by e.enrolment_id) as walked
       group by path`,
      journeyId,
    );
    expect(walks).toEqual([
      { path: '1 start.next, 2 first.next, 3 choice.no, 4 second.next, 5 exit.-', enrolments: entered },
    ]);
    expect(await told(journeyId)).toEqual([
      { type: 'journey.completed', enrolments: entered, times: entered },
      { type: 'journey.enrolled', enrolments: entered, times: entered },
    ]);
  }, 180_000);
});
