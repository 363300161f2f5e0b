import { createApp } from '../../apps/server/src/app.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import type { Bench, Group } from '../bench.ts';
import { PLAYERS } from '../environment/players.ts';
import { note, summary } from '../report.ts';
import { REPEATS } from './activate.ts';

const PERIOD = { from: '2026-01-01', to: '2026-01-31' };
/** Days on which each player was there. */
const DAYS_EACH = 2;

/** A campaign run over a month of the past: every player of the bench, deciding each of their days until they have the code. */
export const simulation: Group = {
  names: ['simulate.players'],
  async measure(bench) {
    const app = await createApp({ ...loadConfig(bench.brand.environment), logLevel: 'fatal' }, bench.db);
    try {
      const url = await app.listen();
      await makePast(bench);
      const campaignId = await makeCampaign(bench, url);
      const rates: number[] = [];
      for (let repeat = 0; repeat < REPEATS; repeat++) {
        await bench.settle();
        rates.push(await simulate(bench, url, campaignId));
        note(`simulated players: ${Math.round(rates.at(-1) ?? 0)}/s`);
      }
      return [{ name: 'simulate.players', unit: '1/s', ...summary(rates) }];
    } finally {
      await forgetPast(bench);
      await app.close();
    }
  },
};

/** Logins of the month. */
async function makePast({ db, brand }: Bench): Promise<void> {
  await db.query(
    `insert into platform_events (player_id, event_id, brand_id, type, time, data, received_at, counted)
     select player_id, 'simulated-' || n, brand_id, 'login', at, '{}', at, true
     from players, generate_series(1, $2::integer) n,
       lateral (select $3::date + interval '1 day' * (3 + 9 * n) + interval '1 second' * (hashtext(external_id) & 65535) as at) t
     where brand_id = $1`,
    [brand.brandId, DAYS_EACH, PERIOD.from],
  );
  await db.query('vacuum analyze platform_events');
}

/** What is measured after this is measured without it. */
const forgetPast = ({ db, brand }: Bench) =>
  db.query("delete from platform_events where brand_id = $1 and event_id like 'simulated-%'", [
    brand.brandId,
  ]);

async function call<Answer>({ brand }: Bench, url: string, method: string, path: string, body?: object) {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: { authorization: `Bearer ${brand.key}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  if (!response.ok)
    throw new Error(`${method} ${path} answered ${response.status}: ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** One with a rule, limits of every kind and a budget, so that every check has something to do. */
async function makeCampaign(bench: Bench, url: string): Promise<string> {
  const { id } = await call<{ id: string }>(bench, url, 'POST', '/v1/campaigns', {
    name: 'Simulated',
    audience: { rule: 'player.deposit_count >= 1 && player.age >= 21' },
    limits: [
      { scope: 'player', max: 1 },
      { scope: 'campaign', period: 'day', max: PLAYERS.count },
      { scope: 'campaign', max: PLAYERS.count },
    ],
    budget: { EUR: PLAYERS.count * 1_000 },
    rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_500 } }],
    terms: { significant: 'For the bench.' },
  });
  return id;
}

interface Answer {
  id: string;
  jobId: string;
  status: string;
  createdAt: string;
  finishedAt: string | null;
  result: { activePlayers: number } | null;
}

/** @returns players per second, from asking for it until its result is written. */
async function simulate(bench: Bench, url: string, campaignId: string): Promise<number> {
  const path = `/v1/campaigns/${campaignId}/simulations`;
  const started = performance.now();
  const { id } = await call<Answer>(bench, url, 'POST', path, PERIOD);
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    const { status, result } = await call<Answer>(bench, url, 'GET', `/v1/simulations/${id}`);
    if (status === 'failed') throw new Error('a simulation failed');
    if (status !== 'succeeded') continue;
    const players = result?.activePlayers ?? 0;
    if (players !== PLAYERS.count) throw new Error(`${players} players were simulated, not ${PLAYERS.count}`);
    return (players / (performance.now() - started)) * 1_000;
  }
}
