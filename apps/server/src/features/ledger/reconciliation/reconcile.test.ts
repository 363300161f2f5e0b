import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import type { Queryable } from '../../../platform/db.ts';
import type { NewJob } from '../../../platform/jobs/index.ts';
import { createMetrics } from '../../../platform/metrics.ts';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { createAlert } from './alert.ts';
import { startDue } from './daily.ts';
import { reconcile } from './reconcile.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const DEPOSIT = {
  kind: 'deposit' as const,
  matchBps: 10_000,
  cap: { EUR: 20_000 },
  minDeposit: { EUR: 2_000 },
  wagering: { multiplier: 3_500 },
};

const CASHBACK = {
  kind: 'cashback' as const,
  rateBps: 1_000,
  period: 'month' as const,
  cap: { EUR: 20_000 },
  wagering: { multiplier: 500 },
};

/** One activation of each outcome, on limits of both homes and a budget. */
beforeAll(async () => {
  const definition = { limits: [{ scope: 'player' as const, max: 1 }], budget: { EUR: 100_000 } };
  const direct = await createOffer(app, { definition, maxUses: 10 });
  const deposit = await createOffer(app, { definition: { ...definition, rewards: [DEPOSIT] }, maxUses: 10 });
  const unlimited = await createOffer(app);
  const open = await createOffer(app, { definition: { budget: definition.budget, rewards: [CASHBACK] } });
  const activate = (code: string, id: string) =>
    app.request('POST', '/v1/activations', { body: { code, player: { id, currency: 'EUR' } } });
  const accepted = await activate(direct.code, 'accepted');
  const answers = [
    accepted,
    await activate(direct.code, 'accepted'),
    await activate(deposit.code, 'awaiting'),
    await activate(unlimited.code, 'unlimited'),
    await activate(open.code, 'open'),
    await activate('NO-SUCH-CODE', 'unknown'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 422, 201, 201, 201, 422]);
  const reversed = await activate(direct.code, 'reversed');
  await app.request('POST', `/v1/activations/${reversed.body.id}/reversals`, { body: { reason: 'test' } });
});

/** A player who deposited 10.00, staked 1.50 of both kinds of money and won 0.60. */
beforeAll(async () => {
  const { code } = await createOffer(app);
  const { body } = await app.request('POST', '/v1/activations', {
    body: { code, player: { id: 'playing', currency: 'EUR' } },
  });
  const grantId = body.grants[0].id;
  const player = `(select player_id from players where external_id = 'playing')`;
  const brand = `'${app.brand.brandId}'`;
  for (const sql of [
    `insert into postings (player_id, posting_id, transaction_id, brand_id, kind, debit, credit, amount, currency, created_at)
     values (${player}, gen_random_uuid(), gen_random_uuid(), ${brand}, 'deposit', 'platform:cash', 'player:real', 1000, 'EUR', now())`,
    `insert into bets (player_id, bet_id, brand_id, round_id, game, currency, stake, win, bonus_stake, bonus_win, grant_id, at)
     values (${player}, 'bet', ${brand}, 'round', 'book', 'EUR', 150, 60, 50, 10, '${grantId}', now())`,
    `insert into wallets (player_id, currency, brand_id, real) values (${player}, 'EUR', ${brand}, 950)`,
    `update grants set balance = 960 where grant_id = '${grantId}'`,
  ])
    await app.db.query(sql);
});

it('finds nothing where everything adds up', async () => {
  expect(await reconcile(app.db)).toEqual([]);
});

describe('finds', () => {
  const undo: string[] = [];
  afterEach(async () => {
    for (const sql of undo.splice(0)) await app.db.query(sql);
    expect(await reconcile(app.db)).toEqual([]);
  });

  test.each<[what: string, change: string, back: string, found: string[]]>([
    [
      'a posting to an account nobody knows',
      `update postings set debit = 'house:pocket' where kind = 'bonus_granted'`,
      `update postings set debit = 'house:bonus_expense' where kind = 'bonus_granted'`,
      Array(4).fill('entries move a positive amount between two known accounts'),
    ],
    [
      'a balance that was never booked',
      `update grants set balance = balance + 1 where status = 'active'`,
      `update grants set balance = balance - 1 where status = 'active'`,
      Array(4).fill('the bonus account of a grant is its balance'),
    ],
    [
      'a booking without its balance',
      `update postings set amount = amount + 1 where kind = 'bonus_reversed'`,
      `update postings set amount = amount - 1 where kind = 'bonus_reversed'`,
      ['the bonus account of a grant is its balance'],
    ],
    [
      'a bet whose parts are more than the bonuses staked',
      `update bets set further = json_build_array(json_build_array(grant_id, 60, 0))`,
      'update bets set further = null',
      ['entries move a positive amount between two known accounts'],
    ],
    [
      'bonus money staked of no bonus',
      'update bets set counted_for = grant_id, grant_id = null',
      'update bets set grant_id = counted_for, counted_for = null',
      [
        ...Array(2).fill('entries move a positive amount between two known accounts'),
        'the bonus account of a grant is its balance',
      ],
    ],
    [
      'a stake that did not reach the bonus',
      'update bets set stake = stake + 1, bonus_stake = bonus_stake + 1',
      'update bets set stake = stake - 1, bonus_stake = bonus_stake - 1',
      ['the bonus account of a grant is its balance'],
    ],
    [
      'a win that did not reach the wallet',
      'update bets set win = win + 1',
      'update bets set win = win - 1',
      ['the real account of a player is the balance of the wallet'],
    ],
    [
      'a bet that was taken out of the books',
      'update bets set unbooked = true',
      'update bets set unbooked = false',
      [
        'the bonus account of a grant is its balance',
        'the real account of a player is the balance of the wallet',
      ],
    ],
    [
      'real money nobody booked',
      'update wallets set real = real + 1 where real = 950',
      'update wallets set real = real - 1 where real = 951',
      ['the real account of a player is the balance of the wallet'],
    ],
    [
      'a wallet that is gone',
      `update wallets set currency = 'SEK' where real = 950`,
      `update wallets set currency = 'EUR' where real = 950`,
      Array(2).fill('the real account of a player is the balance of the wallet'),
    ],
    [
      'a bonus that ended with a balance',
      `update grants set status = 'lost' where balance = 960`,
      `update grants set status = 'active' where balance = 960`,
      ['only bonuses under way have a balance'],
    ],
    [
      'a conversion that was never booked',
      'update grants set converted = 1 where balance = 960',
      'update grants set converted = 0 where balance = 960',
      ['what a bonus converted is what was booked'],
    ],
    [
      'a budget that a bonus of no activation holds alone',
      `insert into grants (player_id, grant_id, brand_id, campaign_id, campaign_version, reward_index, kind, status, currency,
         budget_reserved, source, created_at, changed_at)
       select player_id, gen_random_uuid(), brand_id, campaign_id, 1, 0, 'bonus_balance', 'active', 'EUR', 5, 'staff',
         now(), now() from grants where balance = 960`,
      `delete from grants where source = 'staff'`,
      ['limit and budget counters are what activations hold'],
    ],
    [
      'a seat nobody took',
      `insert into tournaments (tournament_id, brand_id, key, name, ends_at, seats_taken, created_by)
       select gen_random_uuid(), brand_id, 'spring', 'Spring', now(), 1, '{}' from brands limit 1`,
      'delete from tournaments',
      ['seats taken of a tournament are its tickets in use'],
    ],
    [
      'a use too many on a counter',
      `update counters set used = used + 1 where counter_key like '%:p:%' and used = 1`,
      `update counters set used = used - 1 where counter_key like '%:p:%' and used = 2`,
      ['counters are within their maximum', 'limit and budget counters are what activations hold'],
    ],
    [
      'a reservation that was lost',
      `update counters set reserved = 0 where counter_key like '%:b:%'`,
      `update counters set reserved = 20000 where counter_key like '%:b:%' and used = 0`,
      Array(2).fill('limit and budget counters are what activations hold'),
    ],
    [
      'a cost that is counted before it is known',
      `update counters set used = 20000, reserved = 0 where campaign_id in (select campaign_id from grants where kind = 'cashback')`,
      `update counters set used = 0, reserved = 20000 where campaign_id in (select campaign_id from grants where kind = 'cashback')`,
      ['limit and budget counters are what activations hold'],
    ],
    [
      'a counter nobody took from',
      `insert into counters (counter_key, campaign_id, used) values ('extra', gen_random_uuid(), 1)`,
      `delete from counters where counter_key = 'extra'`,
      ['limit and budget counters are what activations hold'],
    ],
    [
      'a code with more uses than activations',
      'update codes set uses = uses + 1 where max_uses is not null and uses = 1',
      'update codes set uses = uses - 1 where max_uses is not null and uses = 2',
      ['uses of codes are what activations hold'],
    ],
    [
      'a grant that holds another budget than its activation',
      `update grants set budget_reserved = budget_reserved + 1 where status = 'pending'`,
      `update grants set budget_reserved = budget_reserved - 1 where status = 'pending'`,
      ['budgets held by activations are those of their grants'],
    ],
    [
      'a refused activation that holds something',
      `update activations set takes = '[["extra", "counter", 1]]' where player_external_id = 'unknown'`,
      `update activations set takes = '[]' where player_external_id = 'unknown'`,
      [
        'activations that are over hold nothing that could be given back',
        'limit and budget counters are what activations hold',
      ],
    ],
    [
      'a bonus of a refused activation',
      `update activations set outcome = 'refused', takes = '[]' where player_external_id = 'unlimited'`,
      `update activations set outcome = 'accepted' where player_external_id = 'unlimited'`,
      ['activations have the grants of their outcome'],
    ],
    [
      'an accepted activation without its bonus',
      `update grants set player_id = gen_random_uuid() where status = 'cancelled'`,
      `update grants g set player_id = a.player_id from activations a where a.activation_id = g.activation_id`,
      ['activations have the grants of their outcome', 'grants belong to an activation of theirs'],
    ],
    [
      'a waiting activation whose bonus does not wait',
      `update grants set status = 'expired' where status = 'pending'`,
      `update grants set status = 'pending' where status = 'expired'`,
      ['activations have the grants of their outcome'],
    ],
  ])('%s', async (_, change, back, found) => {
    undo.push(back);
    await app.db.query(change);
    expect((await reconcile(app.db)).map(({ check }) => check).sort()).toEqual(found);
  });
});

describe('POST /v1/ledger/reconciliations', () => {
  async function result(key = app.ownerKey) {
    const started = await app.request('POST', '/v1/ledger/reconciliations', { key });
    expect(started.status).toBe(202);
    for (;;) {
      const { body } = await app.request('GET', `/v1/jobs/${started.body.jobId}`, { key });
      if (body.finishedAt !== null) return body;
      await delay(20);
    }
  }

  it('finds the books balanced', async () => {
    expect(await result()).toMatchObject({
      kind: 'ledger.reconcile',
      status: 'succeeded',
      result: { balanced: true, differences: [] },
    });
  });

  it('tells of the brand’s own differences, aloud, and of nobody else’s', async () => {
    const { ownerKey } = await app.anotherBrand();
    await app.db.query(`update grants set balance = balance + 1 where status = 'active'`);
    const [mine, theirs] = [await result(), await result(ownerKey)];
    await app.db.query(`update grants set balance = balance - 1 where status = 'active'`);
    expect(mine.result).toMatchObject({
      balanced: false,
      differences: expect.arrayContaining([
        expect.objectContaining({ expected: '1001 EUR', actual: '1000 EUR' }),
        expect.objectContaining({ expected: '961 EUR', actual: '960 EUR' }),
      ]),
    });
    expect(theirs.result).toEqual({ balanced: true, differences: [] });
    const alarms = (await app.request('GET', '/metrics')).body;
    expect(alarms).toContain('promosmith_ledger_reconciliations_total{outcome="different"} 1');
  });

  it('is for those who may read the ledger', async () => {
    const start = async (key: string) =>
      (await app.request('POST', '/v1/ledger/reconciliations', { key })).status;
    expect(await start(await app.key(['bonuses:read']))).toBe(403);
    expect(await start(await app.playerToken('accepted'))).toBe(403);
    expect(await start(await app.key(['ledger:read']))).toBe(202);
  });
});

describe('every day', () => {
  const runs = async () =>
    (
      await app.db.query<{ brand_id: string; actor: string; status: string; balanced: boolean }>(
        `select brand_id, created_by->>'id' as actor, status, (result->>'balanced')::boolean as balanced from jobs
         where kind = 'ledger.reconcile' and created_by->>'kind' = 'system' order by job_id`,
      )
    ).rows;
  const starter = {
    start: (tx: Queryable, { brandId, actor }: NewJob<Record<string, never>>) =>
      tx
        .query(
          `insert into jobs (job_id, brand_id, kind, status, input, result, created_by)
           values (gen_random_uuid(), $1, 'ledger.reconcile', 'succeeded', '{}', '{"balanced":true}', $2)`,
          [brandId, JSON.stringify(actor)],
        )
        .then(() => ''),
  };

  it('a brand is reconciled once, whoever looks', async () => {
    await startDue(app.db, starter);
    expect(await runs()).toEqual([]);
    await app.db.query(
      `update reconciliations set started_at = now() - interval '1 day' where brand_id = $1`,
      [app.brand.brandId],
    );
    const started = await Promise.all(Array.from({ length: 8 }, () => startDue(app.db, starter)));
    expect(started.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await runs()).toEqual([
      { brand_id: app.brand.brandId, actor: 'reconciliation', status: 'succeeded', balanced: true },
    ]);
    expect(await startDue(app.db, starter)).toBe(0);
  });

  it('differences are counted and logged with their rows', async () => {
    const lines: string[] = [];
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) });
    const metrics = createMetrics();
    const tell = createAlert(log, metrics);
    tell('brand', []);
    expect(lines).toEqual([]);
    const difference = { check: 'c', subject: 's', expected: '1', actual: '2' };
    tell('brand', [difference]);
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({
      level: 50,
      brandId: 'brand',
      differences: [difference],
    });
    const text = await metrics.text();
    expect(text).toContain('promosmith_ledger_reconciliations_total{outcome="balanced"} 1');
    expect(text).toContain('promosmith_ledger_reconciliations_total{outcome="different"} 1');
  });
});

it('tells what it expected, of whom', async () => {
  await app.db.query(`update codes set uses = 5 where max_uses is not null and uses = 1`);
  const { rows } = await app.db.query('select code_key from codes where uses = 5');
  expect(await reconcile(app.db)).toEqual([
    {
      check: 'uses of codes are what activations hold',
      subject: rows[0]?.code_key,
      expected: 'used 1, reserved 0',
      actual: 'used 5, reserved 0',
    },
  ]);
});

it('keeps its answer short however much is wrong', async () => {
  await app.db.query(
    `insert into counters (counter_key, campaign_id, used) select n::text, gen_random_uuid(), 1 from generate_series(1, 100) n`,
  );
  expect((await reconcile(app.db)).length).toBeLessThan(30);
});
