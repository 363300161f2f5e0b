import { randomUUID } from 'node:crypto';
import type { AttentionItem } from '@promosmith/contract';
import { budgetKey } from '@promosmith/core/activation';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { createCampaign } from '../../testing/fixtures.ts';
import { plansOf } from '../../testing/plans.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';
import * as views from './views.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

/** A brand of each test's own. */
let brandId: string;
let key: string;
beforeEach(async () => {
  const other = await app.anotherBrand();
  brandId = other.brand.brandId;
  key = other.ownerKey;
});

const attention = async (as = key): Promise<AttentionItem[]> => {
  const { status, body } = await app.request('GET', '/v1/attention', { key: as });
  expect(status).toBe(200);
  return body.items;
};
const run = (sql: string, ...values: unknown[]) => app.db.query(sql, values);
const insertJob = (job: { status: string; kind?: string; result?: object; ago?: string }) => {
  const id = newId();
  return run(
    `insert into jobs (job_id, brand_id, kind, status, input, result, created_by, finished_at)
     values ($1, $2, $3, $4, '{}', $5, '{}', now() - $6::interval)`,
    ...[
      id,
      brandId,
      job.kind ?? 'codes.generate',
      job.status,
      JSON.stringify(job.result ?? {}),
      job.ago ?? '1 hour',
    ],
  ).then(() => id);
};

test('a brand where all is well has nothing', async () => {
  await createCampaign({ ...app, brand: { brandId } });
  expect(await attention()).toEqual([]);
});

test('requests wait for who may decide them: not for who asked', async () => {
  const asking = await signInAs(app, 'owner', brandId);
  const deciding = await signInAs(app, 'administrator', brandId);
  const other = await signInAs(app, 'marketing', brandId);
  for (const limitRaises of ['always', 'never'])
    await asking.request('PATCH', '/v1/approvals/thresholds', { body: { limitRaises } });
  const waitsFor = async (person: typeof asking) => (await person.request('GET', '/v1/attention')).body.items;
  expect(await waitsFor(deciding)).toMatchObject([
    { kind: 'approvals', count: 1, more: false, since: expect.any(String) },
  ]);
  expect(await waitsFor(asking)).toEqual([]);
  expect(await waitsFor(other)).toEqual([]);
});

describe('one thing of a kind', () => {
  test('a job that failed lately, not one that is old or went well', async () => {
    const failed = await insertJob({ status: 'failed' });
    await insertJob({ status: 'failed', ago: '8 days' });
    await insertJob({ status: 'succeeded' });
    expect(await attention()).toMatchObject([{ kind: 'jobs_failed', count: 1, ids: [failed] }]);
  });

  test('books that do not add up, until they do', async () => {
    const kind = 'ledger.reconcile';
    await insertJob({ kind, status: 'succeeded', result: { balanced: true } });
    const alarm = await insertJob({ kind, status: 'succeeded', result: { balanced: false } });
    expect(await attention()).toMatchObject([{ kind: 'reconciliation', count: 1, ids: [alarm] }]);
    await insertJob({ kind, status: 'succeeded', result: { balanced: true } });
    expect(await attention()).toEqual([]);
  });

  test('a delivery that was given up, not one that was refused for good', async () => {
    for (const state of ['failed', 'refused', 'waiting'])
      await run(
        `insert into deliveries (player_id, delivery_id, brand_id, grant_id, target, operation, payload, state)
         values ($1, $2, $3, $1, 'special', 'issue', '{}', $4)`,
        ...[randomUUID(), newId(), brandId, state],
      );
    expect(await attention()).toMatchObject([{ kind: 'deliveries_failed', count: 1 }]);
  });

  test('an alarm about a code until it is decided, another case until it is taken', async () => {
    const insertCase = (kind: string, state: string, assignee: object | null) => {
      const id = newId();
      return run(
        `insert into risk_cases (brand_id, case_id, kind, subject, state, priority, assignee, evidence, opened_at, changed_at)
         values ($1, $2, $3, $4, $5, 90, $6, '{}', now(), now())`,
        ...[brandId, id, kind, `code/${id}`, state, assignee && JSON.stringify(assignee)],
      ).then(() => id);
    };
    const taken = { kind: 'staff', id: 'anna' };
    const leak = await insertCase('code_leak', 'assigned', taken);
    await insertCase('code_burst', 'decided', taken);
    await insertCase('activation_held', 'assigned', taken);
    const held = await insertCase('activation_held', 'open', null);
    expect(await attention()).toMatchObject([
      { kind: 'code_alarms', count: 1, ids: [leak] },
      { kind: 'cases_waiting', count: 1, ids: [held] },
    ]);
  });

  test('codes that are tried at random, as long as they are', async () => {
    const campaignId = newId();
    for (const [target, campaign, ago] of [
      [brandId, null, '2 minutes'],
      [campaignId, campaignId, '1 minute'],
    ])
      await run(
        `insert into guess_waves (target_id, brand_id, campaign_id, since, until, wrong, known)
         values ($1, $2, $3, now() - $4::interval, now() + interval '1 minute', 200, 3)`,
        ...[target, brandId, campaign, ago],
      );
    expect(await attention()).toMatchObject([{ kind: 'guess_wave', count: 2, ids: [brandId, campaignId] }]);
    await run('update guess_waves set until = now() where brand_id = $1', brandId);
    expect(await attention()).toEqual([]);
  });

  test('an adjustment that is open', async () => {
    for (const closed of [null, new Date()])
      await run(
        `insert into adjustments (player_id, adjustment_id, brand_id, kind, currency, detail, closed_at)
         values ($1, $2, $3, 'x', 'EUR', '{}', $4)`,
        ...[randomUUID(), newId(), brandId, closed],
      );
    expect(await attention()).toMatchObject([{ kind: 'adjustments_open', count: 1 }]);
  });

  test('a webhook that fails, or whose address is gone', async () => {
    for (const [status, reason, failing] of [
      ['enabled', null, new Date()],
      ['enabled', null, null],
      ['disabled', 'gone', null],
      ['disabled', 'by_hand', new Date()],
    ])
      await run(
        `insert into webhook_endpoints (endpoint_id, brand_id, url, description, status, disabled_reason, secret, failing_since)
         values ($1, $2, 'https://x.example', '', $3, $4, '', $5)`,
        ...[newId(), brandId, status, reason, failing],
      );
    expect(await attention()).toMatchObject([{ kind: 'webhooks_failing', count: 2 }]);
  });

  test('a budget of which more than nine tenths are taken', async () => {
    const budget = { EUR: 1_000_000 };
    for (const taken of [900_000, 900_001]) {
      const { campaignId } = await createCampaign({ ...app, brand: { brandId } }, { budget });
      await run(
        'insert into counters (counter_key, campaign_id, used, reserved) values ($1, $2, $3, 1)',
        ...[budgetKey(campaignId, 'EUR'), campaignId, taken - 1],
      );
    }
    const items = await attention();
    expect(items).toMatchObject([{ kind: 'budgets_nearly_used', count: 1, since: null }]);
  });

  test('players who are stuck in a running journey, not in a paused one', async () => {
    const journeys = await Promise.all(
      ['active', 'paused'].map(async (status) => {
        const journeyId = newId();
        await run(
          `insert into journeys (brand_id, journey_id, name, product, status, draft, version, created_by)
           values ($1, $2, 'J', 'casino', $3, '{}', 1, '{}')`,
          ...[brandId, journeyId, status],
        );
        const place = [randomUUID(), newId(), brandId, journeyId];
        await run(
          `insert into journey_enrolments (player_id, enrolment_id, brand_id, player_external_id, journey_id, version,
             entry_key, status, node_id, seq, entered_at, visit_began, waiting_for)
           values ($1, $2, $3, 'ann', $4, 1, 'once', 'active', 'n', 1, now(), now(), 'outcome')`,
          ...place,
        );
        await run(
          `insert into journey_effects (player_id, enrolment_id, seq, brand_id, journey_id, version, kind, effect, effect_key,
             status, ended_at)
           values ($1, $2, 1, $3, $4, 1, 'webhook', '{}', $2, 'failed', now())`,
          ...place,
        );
        return journeyId;
      }),
    );
    expect(await attention()).toMatchObject([{ kind: 'enrolments_stuck', count: 1, ids: [journeys[0]] }]);
  });
});

test('more than ninety-nine are not counted', async () => {
  for (let nth = 0; nth < 101; nth++) await insertJob({ status: 'failed' });
  const [item] = await attention();
  expect(item).toMatchObject({ kind: 'jobs_failed', count: 99, more: true });
  expect(item?.ids).toHaveLength(5);
});

test('nobody is told of what is not theirs to do', async () => {
  await insertJob({ status: 'failed' });
  const analyst = await signInAs(app, 'data_analyst', brandId);
  expect((await analyst.request('GET', '/v1/attention')).body).toEqual({ items: [] });
});

test('big tables are read through indexes', async () => {
  await run(
    `insert into adjustments (player_id, adjustment_id, brand_id, kind, currency, detail, closed_at)
     select gen_random_uuid(), gen_random_uuid(), $1, 'x', 'EUR', '{}', now() from generate_series(1, 5000)`,
    brandId,
  );
  await run(
    `insert into deliveries (player_id, delivery_id, brand_id, grant_id, target, operation, payload, state)
     select gen_random_uuid(), gen_random_uuid(), $1, gen_random_uuid(), 'special', 'issue', '{}', 'delivered'
     from generate_series(1, 5000)`,
    brandId,
  );
  await run(
    `insert into jobs (job_id, brand_id, kind, status, input, created_by)
     select gen_random_uuid(), gen_random_uuid(), 'x', 'failed', '{}', '{}' from generate_series(1, 5000)`,
  );
  await run(
    `insert into risk_cases (brand_id, case_id, kind, subject, state, priority, evidence, opened_at, changed_at)
     select $1, gen_random_uuid(), 'activation_held', n::text, 'decided', 70, '{}', now(), now() from generate_series(1, 5000) n`,
    brandId,
  );
  await run('analyze adjustments, deliveries, jobs, risk_cases');
  const reads = (db: Queryable) =>
    Promise.all([
      views.openAdjustments(db, brandId, 100),
      views.failedDeliveries(db, brandId, 100),
      views.failedJobs(db, brandId, 100),
      views.codeAlarms(db, brandId, 100),
      views.waitingCases(db, brandId, 100),
      views.reconciliation(db, brandId),
    ]);
  expect(await plansOf(app.db, reads)).not.toMatch(/Seq Scan on (adjustments|deliveries|jobs|risk_cases)/);
});
