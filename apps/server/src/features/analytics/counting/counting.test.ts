import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, test } from 'vitest';
import { createApp } from '../../../app.ts';
import { seal } from '../../../platform/chain.ts';
import { openDatabase } from '../../../platform/db.ts';
import { activate, deposit, expectBalanced, reverse } from '../../../testing/actions.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { countAll, happen, sumsOf } from '../testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ config: { backgroundWork: false } });
});
afterAll(() => app.close());

const NO_TURNOVER = { kind: 'bonus_balance', amount: { EUR: 700 }, wagering: { multiplier: 0 } } as const;
const MATCH = {
  kind: 'deposit',
  matchBps: 10_000,
  cap: { EUR: 5_000 },
  minDeposit: { EUR: 100 },
  wagering: { multiplier: 3_500 },
} as const;

const reverseDeposit = (of: TestApp, player: string, depositId: string, amount: number) =>
  of.request('POST', '/v1/events', {
    body: {
      events: [
        {
          ...{ id: randomUUID(), type: 'deposit.reversed', time: new Date().toISOString(), player },
          data: { depositId, amount, currency: 'EUR' },
        },
      ],
    },
  });

/** Of a campaign or, of a deposit's sums, all campaigns. */
async function deposited(of: TestApp, campaignId: string): Promise<[count: number, amount: number]> {
  await countAll(of);
  const { rows } = await of.db.query<{ count: number; amount: number }>(
    `select coalesce(sum(count), 0)::bigint as count, coalesce(sum(amount), 0)::bigint as amount
     from rollup_days where campaign_id = $1 and measure = 'deposited'`,
    [campaignId],
  );
  return [rows[0]?.count ?? 0, rows[0]?.amount ?? 0];
}

const minutesFromNow = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();

const DAY = 24 * 60;

/** As if the codes of a campaign that are counted had been taken so many minutes earlier. */
const takenEarlier = (campaignId: string, minutes: number) =>
  app.db.query(
    `update facts set at = at - make_interval(mins => $2) where campaign_id = $1 and measure = 'accepted'`,
    [campaignId, minutes],
  );

describe('a deposit', () => {
  it('counts for the last code of its player that was taken, for seven days', async () => {
    const [first, last] = [await createOffer(app), await createOffer(app)];
    await activate(app, first.code, 'anna');
    await activate(app, last.code, 'anna');
    await activate(app, 'NOSUCHCODE', 'anna');
    await deposit(app, 'anna', { amount: 500 });
    await deposit(app, 'ben', { amount: 900 });
    expect(await deposited(app, last.campaignId)).toEqual([1, 500]);
    expect(await deposited(app, first.campaignId)).toEqual([0, 0]);
    await takenEarlier(last.campaignId, 7 * DAY + 1);
    await deposit(app, 'anna', { amount: 50 });
    expect(await deposited(app, last.campaignId)).toEqual([1, 500]);
    expect(await deposited(app, first.campaignId)).toEqual([1, 50]);
  });

  it('that is told days late counts for what was taken last by its own time', async () => {
    const [first, last] = [await createOffer(app), await createOffer(app)];
    await activate(app, first.code, 'carl');
    await activate(app, last.code, 'carl');
    await countAll(app);
    await takenEarlier(first.campaignId, 3 * DAY);
    await deposit(app, 'carl', { amount: 500, time: minutesFromNow(-2 * DAY) });
    await deposit(app, 'carl', { amount: 30, time: minutesFromNow(-4 * DAY) });
    expect(await deposited(app, first.campaignId)).toEqual([1, 500]);
    expect(await deposited(app, last.campaignId)).toEqual([0, 0]);
    const { rows } = await app.db.query<{ day: string }>(
      `select (day - current_date)::text as day from rollup_days where campaign_id = $1 and measure = 'deposited'`,
      [first.campaignId],
    );
    expect(Math.abs(Number(rows[0]?.day) + 2)).toBeLessThanOrEqual(1);
  });

  it('that was looked at before an activation it counts for was committed is looked at again', async () => {
    const [before, after] = [await createOffer(app), await createOffer(app)];
    await activate(app, before.code, 'dora');
    await deposit(app, 'dora', { amount: 500, time: minutesFromNow(2) });
    expect(await deposited(app, before.campaignId)).toEqual([1, 500]);
    await activate(app, after.code, 'dora');
    expect(await deposited(app, after.campaignId)).toEqual([1, 500]);
    expect(await deposited(app, before.campaignId)).toEqual([0, 0]);
  });

  it('that paid for a bonus counts for it, whatever was taken since', async () => {
    const offer = await createOffer(app, { definition: { rewards: [MATCH] } });
    const other = await createOffer(app);
    await activate(app, offer.code, 'emma');
    await activate(app, other.code, 'emma');
    await deposit(app, 'emma', { amount: 500 });
    await deposit(app, 'emma', { amount: 40 });
    expect(await deposited(app, offer.campaignId)).toEqual([1, 500]);
    expect(await deposited(app, other.campaignId)).toEqual([1, 40]);
  });

  it('counts for the code that was given with it', async () => {
    const offer = await createOffer(app, { definition: { rewards: [MATCH] } });
    await app.request('PUT', '/v1/players/fay', { body: { currency: 'EUR' } });
    const time = minutesFromNow(-1);
    const id = randomUUID();
    const data = { depositId: id, amount: 500, currency: 'EUR', method: 'card', code: offer.code };
    const { body } = await app.request('POST', '/v1/events', {
      body: { events: [{ id, type: 'deposit.succeeded', time, player: 'fay', data }] },
    });
    expect(body.results[0].code.outcome).toBe('accepted');
    expect(await deposited(app, offer.campaignId)).toEqual([1, 500]);
  });

  it('that is reversed counts no longer, nor one whose reversal is told first', async () => {
    const offer = await createOffer(app);
    await activate(app, offer.code, 'gina');
    const [one, other, kept] = [randomUUID(), randomUUID(), randomUUID()];
    await deposit(app, 'gina', { amount: 500, id: one });
    await deposit(app, 'gina', { amount: 20, id: kept });
    expect(await deposited(app, offer.campaignId)).toEqual([2, 520]);
    await reverseDeposit(app, 'gina', one, 500);
    await reverseDeposit(app, 'gina', other, 80);
    await deposit(app, 'gina', { amount: 80, id: other });
    expect(await deposited(app, offer.campaignId)).toEqual([1, 20]);
  });
});

test('several servers count each event once, and so does one that follows another that died', async () => {
  await using one = await anotherServer(app);
  await using other = await anotherServer(app);
  const { campaignId, code } = await createOffer(app);
  const dying = await app.db.pool.connect();
  try {
    await dying.query('begin; lock table rollups in share mode');
    await Promise.all(Array.from({ length: 20 }, (_, n) => activate(app, code, `ivy-${n}`)));
    // It has counted, and is cut off where it writes the sums.
    const cut = countAll(app, one.analytics).catch((error: Error) => error);
    await expect
      .poll(async () => {
        const { rows } = await app.db.query<{ pid: number }>(
          `select pid from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'
             and query like '%insert into rollups%'`,
        );
        for (const { pid } of rows) await app.db.query('select pg_terminate_backend($1)', [pid]);
        return rows.length;
      })
      .toBe(1);
    await dying.query('rollback');
    await cut;
  } finally {
    dying.release();
  }
  const working = Promise.all(Array.from({ length: 60 }, (_, n) => activate(app, code, `jon-${n}`)));
  for (let round = 0; round < 10; round++)
    await Promise.all([one, other, one, other].map(({ analytics }) => countAll(app, analytics)));
  await working;
  await Promise.all([one, other].map(({ analytics }) => countAll(app, analytics)));
  await countAll(app);
  const { rows } = await app.db.query<{ count: number }>(
    `select sum(count)::bigint as count from rollups where campaign_id = $1 and measure = 'accepted'`,
    [campaignId],
  );
  expect(rows[0]?.count).toBe(80);
});

test('several servers count each bet once while it is told, and while its round is rolled back', async () => {
  await using one = await anotherServer(app);
  await using other = await anotherServer(app);
  const { campaignId, code } = await createOffer(app);
  const players = Array.from({ length: 6 }, (_, n) => `kai-${n}`);
  await Promise.all(players.map((player) => activate(app, code, player)));
  const told = (type: string, player: string, data: object) => ({
    ...{ id: randomUUID(), type, time: new Date().toISOString(), player, data },
  });
  const bet = (player: string, n: number) => {
    const name = `${player} ${n}`;
    const data = { betId: name, roundId: name, game: 'slot', stake: 100, win: 30, currency: 'EUR' };
    return told('bet.settled', player, data);
  };
  const send = (events: object[]) => app.request('POST', '/v1/events', { body: { events } });
  const telling = Promise.all(
    Array.from({ length: 20 }, async (_, n) => {
      await send(players.map((player) => bet(player, n)));
      if (n % 4 === 0) await send([told('round.rolled_back', 'kai-0', { roundId: `kai-0 ${n}` })]);
    }),
  );
  for (let round = 0; round < 10; round++)
    await Promise.all([one, other, one].map(({ analytics }) => countAll(app, analytics)));
  await telling;
  await Promise.all([one, other].map(({ analytics }) => countAll(app, analytics)));
  await countAll(app);
  const { rows } = await app.db.query<{ measure: string; count: number; amount: number }>(
    `select measure, sum(count)::int as count, sum(amount)::int as amount from rollups
     where campaign_id = $1 and measure in ('staked', 'won') group by measure order by measure`,
    [campaignId],
  );
  const bets = 6 * 20 - 5;
  expect(rows).toEqual([
    { measure: 'staked', count: bets, amount: bets * 100 },
    { measure: 'won', count: 0, amount: bets * 30 },
  ]);
  expect((await app.db.query('select from bet_marks')).rows).toEqual([]);
});

test('a bonus that is read while its try is counted is of who made the try', async () => {
  const [campaignId, activationId] = [randomUUID(), randomUUID()];
  const at = new Date().toISOString();
  const refused = { player: 'liv', campaignId, key: 'code_expired' };
  const enoughToBeApart = Array.from({ length: 2_500 }, () => ['activation.refused', refused] as const);
  await countAll(app);
  await happen(app, at, [
    'code.activated',
    { ...refused, activationId, channel: 'popup', outcome: 'accepted' },
  ]);
  await happen(app, at, ...enoughToBeApart);
  await happen(app, at, ['bonus.granted', { ...refused, activationId, grantId: randomUUID(), amount: 5 }]);
  while (await seal(app.db, 'outbox')) {}
  expect(await app.analytics.count()).toBe(false);
  const { rows } = await app.db.query<{ line: string; count: number }>(
    `select f.measure || ' ' || p.channel as line, sum(f.count)::int as count
     from facts f join fact_profiles p using (brand_id, profile_id) where f.campaign_id = $1 group by 1`,
    [campaignId],
  );
  const byLine = new Map(rows.map(({ line, count }) => [line, count]));
  expect([byLine.get('accepted popup'), byLine.get('granted popup')]).toEqual([1, 1]);
  expect(await sumsOf(app.db, 'rollup_days', app.brand.brandId)).toEqual(
    expect.arrayContaining([expect.stringContaining(`${campaignId} refused code_expired  2500`)]),
  );
});

/** On a pool of its own. */
async function anotherServer({ config, databaseUrl }: TestApp) {
  const db = openDatabase(databaseUrl, { poolSize: 10, onIdleError() {} });
  const { analytics, close } = await createApp(config, db);
  return {
    analytics,
    async [Symbol.asyncDispose]() {
      await close();
      await db.close();
    },
  };
}

describe('days', () => {
  const refused = (at: string) =>
    happen(app, at, ['activation.refused', { player: 'x', campaignId: CAMPAIGN, key: 'code_expired' }]);
  const CAMPAIGN = randomUUID();
  const days = async () => {
    await countAll(app);
    const { rows } = await app.db.query<{ line: string }>(
      `select day || ' ' || count as line from rollup_days where campaign_id = $1 order by day`,
      [CAMPAIGN],
    );
    const { rows: brandDays } = await app.db.query(KEPT_OF_BRAND);
    expect((await app.db.query(KEPT_OF_CAMPAIGNS)).rows).toEqual(brandDays);
    return rows.map(({ line }) => line);
  };

  it('begin and end by the brand’s clock, also when it is put forward or back', async () => {
    for (const at of [
      // In Malta the clock is put forward on 29 March 2026 at 01:00Z.
      ...['2026-03-28T22:59:59.999Z', '2026-03-28T23:00:00.000Z'],
      ...['2026-03-29T21:59:59.999Z', '2026-03-29T22:00:00.000Z'],
      // And back on 25 October 2026.
      ...['2026-10-24T21:59:59.999Z', '2026-10-24T22:00:00.000Z'],
      ...['2026-10-25T22:59:59.999Z', '2026-10-25T23:00:00.000Z'],
    ])
      await refused(at);
    expect(await days()).toEqual([
      ...['2026-03-28 1', '2026-03-29 2', '2026-03-30 1'],
      ...['2026-10-24 1', '2026-10-25 2', '2026-10-26 1'],
    ]);
  });

  it('are put together again when the brand’s clock is another one', async () => {
    const set = async (timeZone: string) => {
      const { revision } = (await app.request('GET', '/v1/brand')).body;
      return app.request('PATCH', '/v1/brand', { body: { revision, timeZone } });
    };
    const before = await days();
    expect((await set('Asia/Kathmandu')).status).toBe(200);
    // 5 h 45 min ahead all year: days begin at 18:15Z.
    await refused('2026-03-29T18:14:59.999Z');
    await refused('2026-03-29T18:15:00.000Z');
    expect(await days()).toEqual([...['2026-03-29 3', '2026-03-30 3', '2026-10-25 2', '2026-10-26 2']]);
    await set('Europe/Malta');
    expect(await days()).toEqual(before.map((line) => line.replace('03-29 2', '03-29 4')));
  });
});

/** What tables say that each number should be, in all: by the rows themselves, without the feed. */
const BRUTE_FORCE = `
  select coalesce(campaign_id::text, '-') as campaign, measure, sum(count)::int as count, sum(amount)::int as amount from (
    select campaign_id, 'accepted' as measure, 1 as count, 0 as amount from activations where decided <> 'refused'
    union all select campaign_id, 'refused ' || refusal_key, 1, 0 from activations where decided = 'refused'
    union all select campaign_id, outcome, 1, 0 from activations where outcome in ('lapsed', 'reversed')
    union all select campaign_id, 'granted', 1, 0 from grants where granted_at is not null
    union all select g.campaign_id, p.kind, (p.kind = 'converted')::int, p.amount
      from postings p join grants g on g.grant_id = p.grant_id where p.kind in ('bonus_granted', 'converted')
    union all
    select a.campaign_id, 'deposited', 1, (d.data ->> 'amount')::int
    from platform_events d cross join lateral (
      select a.campaign_id from activations a
      left join grants g on g.activation_id = a.activation_id and g.deposit_id = d.data ->> 'depositId'
      where a.player_id = d.player_id and a.decided <> 'refused'
        and (g.grant_id is not null or d.time between a.created_at and a.created_at + interval '7 days')
      order by g.grant_id is not null desc, a.created_at desc limit 1
    ) a
    where d.type = 'deposit.succeeded' and not exists (
      select from platform_events r where r.type = 'deposit.reversed' and r.data ->> 'depositId' = d.data ->> 'depositId')
  ) counted group by 1, 2 order by 1, 2`;

const KEPT = `
  select coalesce(campaign_id::text, '-') as campaign, measure, sum(count)::int as count, sum(amount)::int as amount from (
    select campaign_id, case measure when 'refused' then 'refused ' || detail else measure end as measure, count,
      case measure when 'granted' then 0 else amount end as amount from rollup_days where measure <> 'wagered'
    union all select campaign_id, 'bonus_granted', 0, amount from rollup_days where measure in ('granted', 'paid_out')
  ) counted where count <> 0 or amount <> 0 group by 1, 2 order by 1, 2`;

/** Everything that was told so far is days ago, in the log as in the rows. */
const LET_IT_BE_EARLIER = `
  with earlier as (
    select was, date_trunc('milliseconds', was - random() * interval '10 days') as now
    from (select distinct (events ->> 'time')::timestamptz as was from outbox) told
  ), activation as (
    update activations a set created_at = e.now from earlier e where a.created_at = e.was
  )
  update outbox o set events = regexp_replace(events::text, '"time":"[^"]*"',
    '"time":"' || to_char(e.now at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS') || 'Z"')::json
  from earlier e where (o.events ->> 'time')::timestamptz = e.was`;

const sumsFrom = (table: string) =>
  `select day, measure, detail, currency, sum(count) as count, sum(amount) as amount from ${table} group by 1, 2, 3, 4 order by 1, 2, 3, 4`;
const [KEPT_OF_BRAND, KEPT_OF_CAMPAIGNS] = [sumsFrom('rollup_brand_days'), sumsFrom('rollup_days')];

test('after a random mix of everything the sums are those of the rows themselves', async () => {
  await using running = await startTestApp();
  const offers = [
    await createOffer(running, { definition: { rewards: [NO_TURNOVER] } }),
    await createOffer(running, { definition: { limits: [{ scope: 'player', max: 1 }] } }),
    await createOffer(running, { definition: { rewards: [MATCH], limits: [{ scope: 'player', max: 3 }] } }),
    await createOffer(running, { maxUses: 10 }),
  ];
  const codes = [...offers.map(({ code }) => code), 'NOSUCHCODE'];
  const random = mulberry(20_260_301);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const [activations, deposits]: [string[], [string, string, number][]] = [[], []];
  const step = async (): Promise<void> => {
    const player = `p${Math.floor(random() * 25)}`;
    const kind = random();
    if (kind < 0.55) {
      const code = pick(codes);
      const { body } = await activate(running, code, player);
      if (body.id) activations.push(body.id);
    } else if (kind < 0.85) {
      const [id, amount] = [randomUUID(), Math.floor(random() * 10_000) + 1];
      const time = minutesFromNow(pick([0, 4.5 * random(), -9 * 24 * 60 * random()]));
      await deposit(running, player, { id, amount, time });
      if (random() < 0.2) await deposit(running, player, { id, amount, time });
      deposits.push([player, id, amount]);
    } else if (kind < 0.93 && activations.length > 0) await reverse(running, pick(activations));
    else if (deposits.length > 0) await reverseDeposit(running, ...pick(deposits));
  };
  // By random times, so that deposits come before and behind them.
  for (let round = 0; round < 30; round++) {
    await Promise.all(Array.from({ length: 8 }, step));
    if (round === 10) await running.db.query(LET_IT_BE_EARLIER);
    if (round === 10) await running.analytics.recount(running.brand.brandId);
  }
  const read = async (sql: string) => (await running.db.query(sql)).rows;
  await expect
    .poll(
      async () => (await read("select from grants where status = 'active' and wagering_required = 0")).length,
      { timeout: 10_000 },
    )
    .toBe(0);
  await expect
    .poll(async () => (await read('select from outbox where position is null')).length, { timeout: 10_000 })
    .toBe(0);
  await expect.poll(() => read(KEPT), { timeout: 10_000 }).toEqual(await read(BRUTE_FORCE));
  await expectBalanced(running);

  // The brand's days are those of all campaigns together.
  expect(await read(KEPT_OF_BRAND)).toEqual(await read(KEPT_OF_CAMPAIGNS));

  // Counted anew from the log they are the same, and so are the rows behind them.
  const { brandId } = running.brand;
  const kept = async () => [
    await sumsOf(running.db, 'rollups', brandId),
    await sumsOf(running.db, 'rollup_days', brandId),
    await sumsOf(running.db, 'rollup_brand_days', brandId),
    await read('select * from activation_deposits order by player_id, deposit_id'),
  ];
  const before = await kept();
  await read('update rollup_days set count = count + 1');
  await running.analytics.recount(brandId);
  expect(await kept()).toEqual(before);

  const counted = new Set((await read(KEPT)).map(({ measure }) => measure.split(' ')[0]));
  expect([...counted].sort()).toEqual(
    [
      ...['accepted', 'bonus_granted', 'converted', 'deposited', 'granted', 'refused', 'reversed'],
      'lapsed',
    ].sort(),
  );
}, 60_000);

/** Random numbers from a seed, so that a run that fails can be run again. */
function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
