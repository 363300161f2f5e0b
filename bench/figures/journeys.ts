import { setTimeout as sleep } from 'node:timers/promises';
import { type App, createApp } from '../../apps/server/src/app.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import { newId } from '../../apps/server/src/platform/ids.ts';
import type { Bench, Group } from '../bench.ts';
import { PLAYERS } from '../environment/players.ts';
import { playerName } from '../load/index.ts';
import { note, summary } from '../report.ts';
import { REPEATS } from './activate.ts';

const INSIDE = 100_000;
const MOVED = 40_000;
const HOUR = 3_600_000;
const LOOKS = 200;
const CALLERS = 8;
const WAKES = 4_000;
const WARM_UP = 400;
const P99 = 0.99;

/** A delay, then a condition about the player, then a wait: each player moved leaves two visits. */
const DEFINITION = {
  nodes: {
    start: { kind: 'trigger', on: { source: 'api' } },
    later: { kind: 'delay', delay: { forMs: HOUR } },
    german: { kind: 'condition', rule: 'player.country == "DE" && player.vip_level >= 1' },
    paid: { kind: 'wait_event', event: { source: 'event', name: 'deposit.succeeded' }, timeoutMs: 24 * HOUR },
    thanks: { kind: 'delay', delay: { forMs: HOUR } },
    exit: { kind: 'exit' },
  },
  edges: [
    ['start', 'next', 'later'],
    ['later', 'next', 'german'],
    ['german', 'yes', 'paid'],
    ['german', 'no', 'exit'],
    ['paid', 'happened', 'thanks'],
    ['paid', 'timed_out', 'exit'],
    ['thanks', 'next', 'exit'],
  ].map(([from, connector, to]) => ({ from, connector, to })),
} as const;
const STEPS_OF_A_MOVE = 2;

/** Players inside a journey: what moves many of them at once, what nobody who is due costs, and what one event takes. */
export const journeys: Group = {
  names: ['journey.transitions', 'journey.idle_tick_ms', 'journey.wake_p99_ms'],
  async measure(bench) {
    const config = {
      ...loadConfig(bench.brand.environment),
      logLevel: 'fatal',
      backgroundWork: false,
    } as const;
    const app = await createApp(config, bench.db);
    try {
      const journeyId = await makeJourney(bench, await app.listen());
      await fill(bench, journeyId);
      const idle = await idleTick(app);
      const rates: number[] = [];
      await transitions(bench, app, journeyId);
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        rates.push(await transitions(bench, app, journeyId));
        note(`transitions of journeys: ${Math.round(rates.at(-1) ?? 0)}/s`);
      }
      const waits: number[] = [];
      for (let repeat = 0; repeat < REPEATS; repeat++) waits.push(await wakes(bench, journeyId));
      return [
        { name: 'journey.transitions', unit: '1/s', ...summary(rates) },
        { name: 'journey.idle_tick_ms', unit: 'ms', ...summary(idle) },
        { name: 'journey.wake_p99_ms', unit: 'ms', ...summary(waits) },
      ];
    } finally {
      await app.close();
    }
  },
};

async function makeJourney({ brand }: Bench, url: string): Promise<string> {
  const call = async (path: string, body: object): Promise<{ id: string }> => {
    const response = await fetch(`${url}/v1/journeys${path}`, {
      method: 'POST',
      headers: { authorization: `Bearer ${brand.key}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`POST /v1/journeys${path} answered ${response.status}`);
    return (await response.json()) as { id: string };
  };
  const { id } = await call('', { name: 'Bench', definition: DEFINITION });
  for (const move of ['publish', 'activate']) await call(`/${id}/${move}`, {});
  return id;
}

/** Puts players into the journey as if they had entered it just now. */
async function fill({ db, brand }: Bench, journeyId: string): Promise<void> {
  await db.query(
    `insert into journey_enrolments (player_id, enrolment_id, brand_id, player_external_id, journey_id, version, entry_key,
       status, node_id, seq, entered_at, visit_began, waiting_for, wake_at, event, events)
     select player_id, gen_random_uuid(), brand_id, external_id, $2, 1, 'once', 'active', 'later', 2, now(), now(), 'time',
       now() + interval '1 hour', $3, $4
     from players where brand_id = $1 order by external_id limit $5`,
    [
      ...[brand.brandId, journeyId],
      JSON.stringify({ id: 'e', source: 'event', name: 'login', at: Date.now(), data: { country: 'DE' } }),
      JSON.stringify({ start: { country: 'DE' } }),
      INSIDE,
    ],
  );
  await db.query('vacuum analyze journey_enrolments');
}

/** Looks for who is due while everybody waits. @returns milliseconds of the looks, sorted. */
async function idleTick({ journeys: { enrolments } }: App): Promise<number[]> {
  const took: number[] = [];
  for (let look = 0; look < LOOKS; look++) {
    const started = performance.now();
    if (await enrolments.look()) throw new Error('somebody was due');
    took.push(performance.now() - started);
  }
  return took;
}

/** Lets the delay of some be over, and waits until all of them are at the wait. @returns visits left per second. */
async function transitions(
  bench: Bench,
  { journeys: { enrolments } }: App,
  journeyId: string,
): Promise<number> {
  const { db } = bench;
  // Pages written for the first time since a checkpoint cost more, once in minutes: that is paid here.
  await bench.settle();
  await db.query(
    `update journey_enrolments set node_id = 'later', waiting_for = 'time', visit_began = now() - interval '2 hours',
       wake_at = now() - interval '1 hour'
     where journey_id = $1 and player_id in (
       select player_id from journey_enrolments where journey_id = $1 order by enrolment_id limit $2)`,
    [journeyId, MOVED],
  );
  await db.query('vacuum analyze journey_enrolments');
  const before = await countSteps(bench);
  const started = performance.now();
  while (await enrolments.look()) {}
  const seconds = (performance.now() - started) / 1_000;
  const steps = (await countSteps(bench)) - before;
  if (steps !== MOVED * STEPS_OF_A_MOVE) throw new Error(`${steps} visits were left by ${MOVED} players`);
  return steps / seconds;
}

async function countSteps({ db }: Bench): Promise<number> {
  const { rows } = await db.query<{ steps: number }>('select count(*) as steps from journey_steps');
  return rows[0]?.steps ?? 0;
}

let woken = 0;

/** Tells of deposits of players who wait for one, over HTTP, one a call. @returns the 99th percentile of the answers. */
async function wakes(bench: Bench, journeyId: string): Promise<number> {
  const { url } = await bench.server();
  await bench.settle();
  const first = woken;
  woken += WAKES;
  await bench.db.query(
    `update journey_enrolments set node_id = 'paid', waiting_for = 'event', visit_began = now() - interval '1 hour',
       wake_at = now() + interval '1 day'
     where journey_id = $1 and player_external_id >= $2 and player_external_id < $3`,
    [journeyId, playerName(PLAYERS, first), playerName(PLAYERS, woken)],
  );
  const took: number[] = [];
  let next = first;
  const caller = async (): Promise<void> => {
    while (next < woken) {
      const player = playerName(PLAYERS, next++);
      const started = performance.now();
      await deposit(url, bench.brand.key, player);
      took.push(performance.now() - started);
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, caller));
  await sleep(0);
  const { rows } = await bench.db.query<{ there: number }>(
    `select count(*) as there from journey_enrolments where journey_id = $1 and node_id = 'thanks'`,
    [journeyId],
  );
  if (rows[0]?.there !== woken) throw new Error(`${rows[0]?.there} players went on of ${woken}`);
  const measured = took.slice(WARM_UP).sort((a, b) => a - b);
  const [p50 = Number.NaN, p99 = Number.NaN] = [0.5, P99].map(
    (of) => measured[Math.floor(measured.length * of)],
  );
  note(`an event that somebody waits for: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`);
  return p99;
}

async function deposit(url: string, key: string, player: string): Promise<void> {
  const id = newId();
  const event = {
    ...{ id, type: 'deposit.succeeded', time: new Date().toISOString(), player },
    data: { depositId: id, amount: 5_000, currency: 'EUR', method: 'card' },
  };
  const response = await fetch(`${url}/v1/events`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ events: [event] }),
  });
  const answer = await response.text();
  if (!answer.includes('"accepted"')) throw new Error(`a deposit was answered ${response.status} ${answer}`);
}
