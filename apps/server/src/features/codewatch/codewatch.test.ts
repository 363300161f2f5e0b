import { setTimeout as sleep } from 'node:timers/promises';
import { SLOT_MS, slotOf } from '@promosmith/core/codewatch';
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { activate, expectBalanced, grantsOf, reverse } from '../../testing/actions.ts';
import { createCampaign, createCode, createOffer } from '../../testing/fixtures.ts';
import { betEvent, tell } from '../../testing/money.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs, type TestMember } from '../../testing/test-staff.ts';
import { eventsOf, exported, jobEnd, readyBatch } from '../codes/testing.ts';
import { forgetTries } from './counting/store.ts';

let app: TestApp;
let analyst: TestMember;
let owner: TestMember;
beforeAll(async () => {
  app = await startTestApp();
  analyst = await signInAs(app, 'fraud_analyst');
  owner = await signInAs(app, 'owner');
});
afterAll(() => app.close());

const PATIENCE = { timeout: 20_000, interval: 50 };
let mark: string;
let tests = 0;
beforeEach(() => {
  mark = `t${++tests}`;
});

const watch = async (codeId: string) => (await analyst.request('GET', `/v1/code-watch/codes/${codeId}`)).body;
const act = (codeId: string, verb: string, by: TestMember = analyst) =>
  by.request('POST', `/v1/code-watch/codes/${codeId}/${verb}`, { body: { reason: 'it is out' } });
const casesOf = async (codeId: string) =>
  (await analyst.request('GET', `/v1/cases?codeId=${codeId}`)).body.items;
const setUp = async (settings: object) => {
  const { revision } = (await analyst.request('GET', '/v1/code-watch/settings')).body;
  const answer = await analyst.request('PUT', '/v1/code-watch/settings', { body: { ...settings, revision } });
  expect(answer.status).toBe(200);
};

/** Players whom the code is not meant for try it, and the watch has seen it. */
async function tryAsStrangers(codeId: string, code: string, names: readonly string[]): Promise<void> {
  const before = (await watch(codeId)).strangers;
  for (const name of names) await activate(app, code, `${mark}-${name}`);
  await vi.waitFor(async () => expect((await watch(codeId)).strangers).toBe(before + names.length), PATIENCE);
}

/** A day of tries in every slot, as it was counted. */
async function pretendHistory(codeId: string, campaignId: string, perSlot: number): Promise<void> {
  await app.db.query(
    `insert into code_tries (watched_id, slot, brand_id, campaign_id, is_code, tries, accepted)
     select $1, slot, $2, $3, true, $4, 0
     from generate_series($5::timestamptz, $6::timestamptz, interval '10 minutes') as slot`,
    [
      codeId,
      app.brand.brandId,
      campaignId,
      perSlot,
      new Date(slotOf(Date.now()) - 144 * SLOT_MS),
      new Date(slotOf(Date.now()) - SLOT_MS),
    ],
  );
}

describe('a leak', () => {
  test('is suspected when the third player tries whom a code was not meant for, and told of once', async () => {
    const { campaignId } = await createCampaign(app);
    const { code, codeId } = await createCode(app, {
      campaignId,
      kind: 'personal',
      holder: `${mark}-holder`,
    });
    await activate(app, code, `${mark}-holder`);
    await tryAsStrangers(codeId, code, ['a', 'b']);
    await activate(app, code, `${mark}-a`);
    expect(await casesOf(codeId)).toEqual([]);
    await tryAsStrangers(codeId, code, ['c']);
    const [leak] = await casesOf(codeId);
    expect(leak).toMatchObject({
      ...{ kind: 'code_leak', codeId, campaignId, priority: 95, player: null },
      evidence: { count: 3, players: [`${mark}-a`, `${mark}-b`, `${mark}-c`] },
    });
    await tryAsStrangers(codeId, code, ['d']);
    expect(await casesOf(codeId)).toHaveLength(1);
    const told = (await eventsOf(app, 'code.leak_suspected')).filter(({ data }) => data.codeId === codeId);
    expect(told).toMatchObject([{ subject: `code/${codeId}`, data: { players: 3, caseId: leak.id } }]);
    expect(await watch(codeId)).toMatchObject({
      strangers: 4,
      state: 'exhausted',
      alarms: [{ caseId: leak.id, kind: 'code_leak' }],
      strangersNamed: [{ player: `${mark}-a`, tries: 2 }, {}, {}, {}],
    });
  });

  test('that was looked into is one again when twice as many have tried', async () => {
    const { campaignId } = await createCampaign(app);
    const { code, codeId } = await createCode(app, {
      campaignId,
      kind: 'personal',
      holder: `${mark}-holder`,
    });
    await tryAsStrangers(codeId, code, ['a', 'b', 'c']);
    const [leak] = await casesOf(codeId);
    await analyst.request('POST', `/v1/cases/${leak.id}/decision`, {
      body: { decision: 'release', reason: 'a family', revision: 1 },
    });
    await tryAsStrangers(codeId, code, ['d', 'e']);
    expect(await casesOf(codeId)).toEqual([]);
    await tryAsStrangers(codeId, code, ['f']);
    expect(await casesOf(codeId)).toHaveLength(1);
  });

  test('freezes the code where its campaign says so, and only there', async () => {
    const [frozen, other] = await Promise.all([createCampaign(app), createCampaign(app)]);
    await setUp({ freeze: 'burst', campaigns: { [frozen.campaignId]: 'leak' } });
    for (const [{ campaignId }, state] of [
      [frozen, 'disabled'],
      [other, 'active'],
    ] as const) {
      const { code, codeId } = await createCode(app, {
        campaignId,
        kind: 'personal',
        holder: `${mark}-holder`,
      });
      await tryAsStrangers(codeId, code, ['a', 'b', 'c']);
      expect(await watch(codeId)).toMatchObject({ state, freeze: state === 'disabled' ? 'leak' : 'burst' });
    }
  });
});

describe('a burst', () => {
  const BURST = 6;
  const ONE_TEST_MS = 8_000;
  const tryMany = (code: string, count: number) =>
    Promise.all(Array.from({ length: count }, (_, nth) => activate(app, code, `${mark}-${nth}`)));

  beforeEach(async () => {
    await setUp({ minTries: 5, freeze: 'never' });
    // Tries of one test belong in one slot.
    const left = SLOT_MS - (Date.now() % SLOT_MS);
    if (left < ONE_TEST_MS) await sleep(left);
  });

  test('is more than five times what was usual the day before', async () => {
    const { campaignId, code, codeId } = await createOffer(app);
    await pretendHistory(codeId, campaignId, 1);
    await tryMany(code, BURST - 1);
    await vi.waitFor(async () => expect((await watch(codeId)).tries.now).toBe(BURST - 1), PATIENCE);
    expect(await watch(codeId)).toMatchObject({ watch: 'quiet', baseline: 1 });
    await activate(app, code, `${mark}-one-more`);
    await vi.waitFor(async () => {
      const [burst] = await casesOf(codeId);
      expect(burst).toMatchObject({
        kind: 'code_burst',
        evidence: { tries: BURST, accepted: BURST, baseline: 1, slots: 144 },
      });
      expect(await watch(codeId)).toMatchObject({ watch: 'burst', alarms: [{ caseId: burst.id }] });
    }, PATIENCE);
    const { items } = (await analyst.request('GET', `/v1/code-watch?campaignId=${campaignId}`)).body;
    expect(items).toMatchObject([{ codeId, tries: { now: BURST, hour: BURST + 5, day: BURST + 143 } }]);
  });

  test('is none of a code that nobody knows yet', async () => {
    const { code, codeId } = await createOffer(app);
    await tryMany(code, BURST);
    await vi.waitFor(async () => expect((await watch(codeId)).tries.now).toBe(BURST), PATIENCE);
    expect(await watch(codeId)).toMatchObject({ watch: 'learning', baseline: null, alarms: [] });
  });

  test('is seen of a code that has rested for longer than tries are kept', async () => {
    const { campaignId, code, codeId } = await createOffer(app);
    await app.db.query(
      `insert into code_tries (watched_id, slot, brand_id, campaign_id, is_code, tries, accepted)
       select $1, $2::timestamptz - n * interval '10 minutes', $3, $4, true, 3, 3 from generate_series(0, 5) n`,
      [codeId, new Date(slotOf(Date.now()) - 10 * 144 * SLOT_MS), app.brand.brandId, campaignId],
    );
    await forgetTries(app.db);
    await forgetTries(app.db);
    const { rows } = await app.db.query<{ tries: number }>(
      'select tries from code_tries where watched_id = $1',
      [codeId],
    );
    expect(rows).toEqual([{ tries: 3 }]);
    expect(await watch(codeId)).toMatchObject({ watch: 'quiet', baseline: 0 });
    await tryMany(code, BURST);
    await vi.waitFor(async () => expect(await casesOf(codeId)).toHaveLength(1), PATIENCE);
    expect(await casesOf(codeId)).toMatchObject([
      { kind: 'code_burst', evidence: { tries: BURST, baseline: 0, slots: 144 } },
    ]);
  });

  test('of codes of a campaign that are used once each is one of the campaign', async () => {
    const { campaignId } = await createCampaign(app);
    await app.db.query(
      `insert into code_tries (watched_id, slot, brand_id, campaign_id, is_code, tries, accepted)
       values ($1, $2, $3, $1, false, 1, 1)`,
      [campaignId, new Date(slotOf(Date.now()) - 100 * SLOT_MS), app.brand.brandId],
    );
    for (let nth = 0; nth < BURST; nth++) {
      const { code } = await createCode(app, { campaignId, kind: 'unique' });
      await activate(app, code, `${mark}-${nth}`);
    }
    await vi.waitFor(async () => {
      const { items } = (await analyst.request('GET', `/v1/cases?campaignId=${campaignId}`)).body;
      expect(items).toMatchObject([{ kind: 'code_burst', codeId: null, evidence: { slots: 100 } }]);
    }, PATIENCE);
  });
});

test('settings are changed by one of two at once', async () => {
  const { revision } = (await analyst.request('GET', '/v1/code-watch/settings')).body;
  const change = (minTries: number) =>
    analyst.request('PUT', '/v1/code-watch/settings', { body: { minTries, revision } });
  const answers = await Promise.all([change(60), change(70)]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect((await analyst.request('GET', '/v1/code-watch/settings')).body).toMatchObject({
    ...{ revision: revision + 1, burstFactor: 5, strangers: 3 },
    minTries: answers.find(({ status }) => status === 200)?.body.minTries,
  });
});

describe('what is done about a code that is out', () => {
  test('it is frozen, as often as one likes', async () => {
    const { code, codeId } = await createOffer(app);
    const answers = await Promise.all([act(codeId, 'freeze'), act(codeId, 'freeze')]);
    expect(answers).toMatchObject([
      { status: 200, body: { state: 'disabled' } },
      { status: 200, body: { state: 'disabled' } },
    ]);
    expect((await activate(app, code, mark)).body.key).toBe('code_disabled');
    expect((await eventsOf(app, 'code.disabled')).filter(({ data }) => data.codeId === codeId)).toHaveLength(
      1,
    );
    expect((await act(newId(), 'freeze')).status).toBe(404);
  });

  test('who used it is listed page by page, with what they hold of it', async () => {
    const { code, codeId } = await createOffer(app);
    for (const name of ['a', 'b', 'c']) await activate(app, code, `${mark}-${name}`);
    await activate(app, code, { id: `${mark}-d`, currency: 'USD' });
    const page = async (query: string) =>
      (await analyst.request('GET', `/v1/code-watch/codes/${codeId}/users?${query}`)).body;
    const first = await page('limit=2');
    expect(first.items).toMatchObject([
      { player: `${mark}-c`, outcome: 'accepted', bonuses: [{ status: 'active', balance: 1_000 }] },
      { player: `${mark}-b` },
    ]);
    const second = await page(`limit=2&cursor=${first.nextCursor}`);
    expect(second).toMatchObject({ items: [{ player: `${mark}-a` }], nextCursor: null });
  });

  async function takeBack(codeId: string): Promise<{ jobId: string; result: unknown }> {
    const asked = await act(codeId, 'take-backs');
    expect(asked).toMatchObject({ status: 202, body: { kind: 'code.take_back', status: 'pending' } });
    expect((await act(codeId, 'take-backs')).status).toBe(409);
    await owner.request('POST', `/v1/approvals/${asked.body.approvalId}/approve`, { body: {} });
    const [{ jobId }] = (await watch(codeId)).takeBacks;
    const { result } = await jobEnd(app, jobId, 'succeeded');
    return { jobId, result };
  }
  const itemsOf = async (jobId: string, query = '') =>
    (await analyst.request('GET', `/v1/take-backs/${jobId}?${query}`)).body.items;

  test('what it gave is taken back, but for what has become real money', async () => {
    const { campaignId, code, codeId } = await createOffer(app, {
      definition: {
        rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 100 } }],
      },
    });
    for (const name of ['a', 'b', 'c']) await activate(app, code, `${mark}-${name}`);
    const winner = `${mark}-a`;
    await tell(app, betEvent({ player: winner, id: `${mark}-bet`, stake: 1_000, win: 1_000 }));
    expect((await grantsOf(app, winner))[0].status).toBe('completed');
    const { jobId, result } = await takeBack(codeId);
    expect(result).toEqual({ activations: 3, taken: 2, paid: 1, nothing: 0, left: 0 });
    expect(await itemsOf(jobId, 'result=paid')).toMatchObject([{ player: winner, taken: 0, paid: 1 }]);
    expect(await itemsOf(jobId, 'result=taken')).toHaveLength(2);
    expect((await grantsOf(app, `${mark}-b`))[0].status).toBe('cancelled');
    expect((await grantsOf(app, winner))[0].status).toBe('completed');
    const reversed = (await eventsOf(app, 'activation.reversed')).filter(
      ({ data }) => data.campaignId === campaignId,
    );
    expect(reversed.map(({ data }) => data.reason)).toEqual(Array(3).fill('it is out'));
    await expectBalanced(app);
    expect((await analyst.request('GET', `/v1/take-backs/${newId()}`)).status).toBe(404);
  });

  test('while players play it through: each bonus is either real money or taken back, whole', async () => {
    const { code, codeId } = await createOffer(app, {
      definition: {
        rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 100 } }],
      },
    });
    const names = Array.from({ length: 40 }, (_, nth) => `${mark}-${nth}`);
    await Promise.all(names.map((name) => activate(app, code, name)));
    const playing = (async () => {
      for (const name of names)
        await tell(app, betEvent({ player: name, id: `bet-${name}`, stake: 1_000, win: 1_000 }));
    })();
    const [{ result }] = await Promise.all([takeBack(codeId), playing]);
    const statuses = await Promise.all(names.map(async (name) => (await grantsOf(app, name))[0].status));
    const count = (status: string) => statuses.filter((one) => one === status).length;
    expect(count('completed') + count('cancelled')).toBe(names.length);
    expect(result).toMatchObject({ activations: 40, taken: count('cancelled'), paid: count('completed') });
    await expectBalanced(app);
  });

  test('is stopped when somebody says so, and what was taken back until then stays so', async () => {
    const { code, codeId } = await createOffer(app);
    const names = Array.from({ length: 240 }, (_, nth) => `${mark}-${nth}`);
    await Promise.all(names.map((name) => activate(app, code, name)));
    const asked = await act(codeId, 'take-backs');
    await owner.request('POST', `/v1/approvals/${asked.body.approvalId}/approve`, { body: {} });
    const [{ jobId }] = (await watch(codeId)).takeBacks;
    await vi.waitFor(
      async () => expect((await itemsOf(jobId, 'result=taken')).length).toBeGreaterThan(0),
      PATIENCE,
    );
    expect((await analyst.request('POST', `/v1/jobs/${jobId}/cancel`)).status).toBeLessThan(300);
    const { result } = await jobEnd(app, jobId, 'cancelled');
    const statuses = await Promise.all(names.map(async (name) => (await grantsOf(app, name))[0].status));
    const taken = statuses.filter((status) => status === 'cancelled').length;
    expect(result).toMatchObject({ activations: 240, taken, paid: 0, left: 240 - taken });
    expect(taken).toBeLessThan(240);
    await expectBalanced(app);
  });

  test('who has not used theirs gets a fresh code, once, and the old ones work no more', async () => {
    const { campaignId } = await createCampaign(app);
    const batch = await readyBatch(app, campaignId, {
      kind: 'personal',
      holders: ['a', 'b', 'c'].map((name) => `${mark}-${name}`),
      pattern: 'OLD-########',
    });
    const lines = await exported(app, `/v1/code-batches/${batch.id}/export`);
    const [used, ...others] = lines.map(({ code = '' }) => code);
    const listed = await app.request('GET', `/v1/codes?batchId=${batch.id}`);
    const holderOf = new Map<string, string>(
      listed.body.items.map(({ id, holder }: { id: string; holder: string }) => [id, holder]),
    );
    const [first] = listed.body.items;
    const user = lines[0]?.holder ?? '';
    const taken = await activate(app, used ?? '', user);
    expect(taken.status).toBe(201);
    // Whoever lost a bonus again has had the code all the same.
    expect((await reverse(app, taken.body.id)).body.outcome).toBe('reversed');
    expect(holderOf.size).toBe(3);
    const answers = await Promise.all([act(first.id, 're-issues'), act(first.id, 're-issues')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 202]);
    const { batchId, players } = answers[0]!.body;
    expect(players).toBe(2);
    expect(answers[1]!.body).toEqual({ batchId, players });
    const fresh = (await app.request('GET', `/v1/code-batches/${batchId}`)).body;
    await jobEnd(app, fresh.jobId, 'succeeded');
    const given = await exported(app, `/v1/code-batches/${batchId}/export`);
    expect(given.map(({ holder }) => holder).sort()).toEqual(
      ['a', 'b', 'c'].map((name) => `${mark}-${name}`).filter((name) => name !== user),
    );
    const [one] = given;
    await vi.waitFor(
      async () =>
        expect((await activate(app, others[0] ?? '', lines[1]?.holder ?? '')).body.key).toBe('code_disabled'),
      PATIENCE,
    );
    expect((await activate(app, one?.code ?? '', one?.holder ?? '')).status).toBe(201);
    expect((await watch(first.id)).reissue).toMatchObject({ batchId, players: 2 });
    await vi.waitFor(async () => {
      const told = (await eventsOf(app, 'code.disabled')).filter(({ data }) => data.batchId === batch.id);
      expect(told).toMatchObject([{ data: { count: 3 } }]);
    }, PATIENCE);
  });

  test('while they use them: each has the bonus of the old code or a fresh one, and nobody both', async () => {
    const { campaignId } = await createCampaign(app);
    const holders = Array.from({ length: 60 }, (_, nth) => `${mark}-${nth}`);
    const batch = await readyBatch(app, campaignId, { kind: 'personal', holders });
    const lines = await exported(app, `/v1/code-batches/${batch.id}/export`);
    const [first] = (await app.request('GET', `/v1/codes?batchId=${batch.id}&limit=1`)).body.items;
    // The first ten never use theirs: however late the re-issue comes, there is somebody left for it.
    const using = lines.slice(10).map(async ({ code = '', holder = '' }, nth) => {
      await sleep(nth);
      return { holder, status: (await activate(app, code, holder)).status };
    });
    const [reissued, ...uses] = await Promise.all([act(first.id, 're-issues'), ...using]);
    expect(reissued.status).toBe(202);
    const { jobId } = (await app.request('GET', `/v1/code-batches/${reissued.body.batchId}`)).body;
    await jobEnd(app, jobId, 'succeeded');
    const given = (await exported(app, `/v1/code-batches/${reissued.body.batchId}/export`)).map(
      ({ holder = '' }) => holder,
    );
    const used = uses.filter(({ status }) => status === 201).map(({ holder }) => holder);
    expect([...given, ...used].sort()).toEqual([...holders].sort());
  });

  test('of a shared code nobody holds one', async () => {
    const { codeId } = await createOffer(app);
    expect(await act(codeId, 're-issues')).toMatchObject({ status: 409, body: { key: 'conflict' } });
  });

  test('a re-issue that came to nothing is made again', async () => {
    const { campaignId } = await createCampaign(app);
    const holders = ['a', 'b', 'c'].map((name) => `${mark}-${name}`);
    const batch = await readyBatch(app, campaignId, { kind: 'personal', holders });
    const [{ id: codeId }] = (await app.request('GET', `/v1/codes?batchId=${batch.id}`)).body.items;
    await owner.request('PATCH', '/v1/approvals/thresholds', { body: { bulkGeneration: 2 } });
    const reissue = async () => {
      const { status, body } = await act(codeId, 're-issues');
      expect([status, body.players]).toEqual([202, 3]);
      return (await app.request('GET', `/v1/code-batches/${body.batchId}`)).body;
    };
    const decide = (approvalId: string, verb: string) =>
      owner.request('POST', `/v1/approvals/${approvalId}/${verb}`, { body: { reason: 'so' } });
    const rejected = await reissue();
    expect(rejected.status).toBe('pending_approval');
    expect((await act(codeId, 're-issues')).body).toEqual({ batchId: rejected.id, players: 3 });
    await decide(rejected.approvalId, 'reject');
    expect((await watch(codeId)).reissue).toBeNull();
    for (const status of ['cancelled', 'failed']) {
      const { id } = await reissue();
      await app.db.query('update code_batches set status = $2 where batch_id = $1', [id, status]);
    }
    const answers = await Promise.all([act(codeId, 're-issues'), act(codeId, 're-issues')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 202]);
    expect(answers[1]!.body).toEqual(answers[0]!.body);
    const { batchId } = answers[0]!.body;
    const { approvalId } = (await app.request('GET', `/v1/code-batches/${batchId}`)).body;
    await decide(approvalId, 'approve');
    const { jobId } = (await app.request('GET', `/v1/code-batches/${batchId}`)).body;
    await jobEnd(app, jobId, 'succeeded');
    const given = await exported(app, `/v1/code-batches/${batchId}/export`);
    expect(given.map(({ holder }) => holder).sort()).toEqual(holders);
  });
});
