import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it, test } from 'vitest';
import { createOffer } from '../../../testing/fixtures.ts';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
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

/** One activation of each outcome, on limits of both homes and a budget. */
beforeAll(async () => {
  const definition = { limits: [{ scope: 'player' as const, max: 1 }], budget: { EUR: 100_000 } };
  const direct = await createOffer(app, { definition, maxUses: 10 });
  const deposit = await createOffer(app, { definition: { ...definition, rewards: [DEPOSIT] }, maxUses: 10 });
  const unlimited = await createOffer(app);
  const activate = (code: string, id: string) =>
    app.request('POST', '/v1/activations', { body: { code, player: { id, currency: 'EUR' } } });
  const accepted = await activate(direct.code, 'accepted');
  const answers = [
    accepted,
    await activate(direct.code, 'accepted'),
    await activate(deposit.code, 'awaiting'),
    await activate(unlimited.code, 'unlimited'),
    await activate('NO-SUCH-CODE', 'unknown'),
  ];
  expect(answers.map(({ status }) => status)).toEqual([201, 422, 201, 201, 422]);
  const reversed = await activate(direct.code, 'reversed');
  await app.request('POST', `/v1/activations/${reversed.body.id}/reversals`, { body: { reason: 'test' } });
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
      Array(3).fill('postings move a positive amount between two known accounts'),
    ],
    [
      'a balance that was never booked',
      `update grants set balance = balance + 1 where status = 'active'`,
      `update grants set balance = balance - 1 where status = 'active'`,
      Array(2).fill('the bonus account of a grant is its balance'),
    ],
    [
      'a booking without its balance',
      `update postings set amount = amount + 1 where kind = 'bonus_reversed'`,
      `update postings set amount = amount - 1 where kind = 'bonus_reversed'`,
      ['the bonus account of a grant is its balance'],
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

  it('tells of the brand’s own differences, and of nobody else’s', async () => {
    const { ownerKey } = await app.anotherBrand();
    await app.db.query(`update grants set balance = balance + 1 where status = 'active'`);
    const [mine, theirs] = [await result(), await result(ownerKey)];
    await app.db.query(`update grants set balance = balance - 1 where status = 'active'`);
    expect(mine.result).toMatchObject({
      balanced: false,
      differences: [{ expected: '1001 EUR', actual: '1000 EUR' }, {}],
    });
    expect(theirs.result).toEqual({ balanced: true, differences: [] });
  });

  it('is for those who may read the ledger', async () => {
    const start = async (key: string) =>
      (await app.request('POST', '/v1/ledger/reconciliations', { key })).status;
    expect(await start(await app.key(['bonuses:read']))).toBe(403);
    expect(await start(await app.playerToken('accepted'))).toBe(403);
    expect(await start(await app.key(['ledger:read']))).toBe(202);
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
