import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';
import { eventsOf, exported, jobEnd, newBatch, newCampaign, readyBatch } from './testing.ts';

let app: TestApp;
let campaignId: string;
beforeAll(async () => {
  app = await startTestApp();
  campaignId = await newCampaign(app);
});
afterAll(() => app.close());

const count = async (batchId: string, more = '') => {
  const { rows } = await app.db.query<{ n: number }>(
    `select count(*) n from codes where batch_id = $1 ${more}`,
    [batchId],
  );
  return rows[0]?.n;
};
const batchOf = async (id: string) => (await app.request('GET', `/v1/code-batches/${id}`)).body;

describe('100,000 unique codes', () => {
  test('are all different, look like the pattern and are told of once', async () => {
    const batch = await readyBatch(app, campaignId, {
      kind: 'unique',
      count: 100_000,
      pattern: 'SPRING-####-####',
    });
    expect(batch).toMatchObject({
      status: 'ready',
      size: 100_000,
      requested: 100_000,
      codeKind: 'unique',
      strength: { bits: 40, possibleCodes: String(32 ** 8) },
    });
    expect(await count(batch.id, "and state = 'active' and max_uses = 1 and holder_id is null")).toBe(
      100_000,
    );
    const codes = await exported(app, `/v1/code-batches/${batch.id}/export`);
    expect(new Set(codes.map(({ code }) => code)).size).toBe(100_000);
    expect(
      codes.filter(({ code }) => !/^SPRING-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$/.test(code ?? '')),
    ).toEqual([]);
    const told = (await eventsOf(app, 'code.generated')).filter(({ data }) => data.batchId === batch.id);
    expect(told).toMatchObject([{ subject: `batch/${batch.id}`, data: { count: 100_000, campaignId } }]);
    const found = await app.request('POST', '/v1/codes/lookup', { body: { code: codes[777]?.code } });
    expect(found.body).toMatchObject({
      batchId: batch.id,
      state: 'active',
      code: `••••${codes[777]?.code?.slice(-4)}`,
    });
  }, 60_000);
});

describe('a batch in the making', () => {
  test('shows its progress, hands nothing out, and leaves nothing when it is cancelled', async () => {
    const { id, jobId, status } = await newBatch(app, campaignId, { kind: 'unique', count: 3_000_000 });
    expect(status).toBe('making');
    await vi.waitFor(
      async () => {
        const { body } = await app.request('GET', `/v1/jobs/${jobId}`);
        expect(body.done).toBeGreaterThan(0);
        expect(body).toMatchObject({ total: 3_000_000, status: 'running', kind: 'codes.generate' });
      },
      { timeout: 30_000, interval: 20 },
    );
    expect((await app.request('GET', `/v1/code-batches/${id}/export`)).status).toBe(409);
    const drawn = await app.request('POST', '/v1/codes/distribution', {
      body: { batchId: id, players: ['p'] },
    });
    expect(drawn.status).toBe(409);
    expect((await app.request('POST', `/v1/jobs/${jobId}/cancel`)).status).toBe(202);
    await jobEnd(app, jobId, 'cancelled');
    expect(await count(id)).toBe(0);
    expect(await batchOf(id)).toMatchObject({ status: 'cancelled', size: 0 });
    expect((await app.request('POST', `/v1/jobs/${jobId}/cancel`)).status).toBe(409);
    expect((await eventsOf(app, 'code.generated')).filter(({ data }) => data.batchId === id)).toEqual([]);
  }, 60_000);
});

describe('a small space', () => {
  test('is filled with different codes although many draws repeat', async () => {
    const body = {
      kind: 'unique',
      count: 500,
      pattern: '###',
      alphabet: 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789ÄÖÜÉÈÊÇÑÅØÆ',
    };
    const refused = await app.request('POST', `/v1/campaigns/${campaignId}/code-batches`, { body });
    expect(refused.body).toMatchObject({
      key: 'pattern_too_weak',
      errors: [{ field: 'pattern', fix: expect.stringMatching(/use \d random symbols/) }],
    });
    const wide = { ...body, pattern: '####' };
    const one = await readyBatch(app, campaignId, wide);
    const two = await readyBatch(app, campaignId, wide);
    const codes = await Promise.all(
      [one, two].map(({ id }) => exported(app, `/v1/code-batches/${id}/export`)),
    );
    expect(new Set(codes.flat().map(({ code }) => code)).size).toBe(1000);
  });
});

describe('personal codes', () => {
  test('are one for each player', async () => {
    const holders = Array.from({ length: 5_500 }, (_, n) => `vip-${n}`);
    const { id, size } = await readyBatch(app, campaignId, { kind: 'personal', holders, maxUses: 2 });
    expect(size).toBe(5_500);
    const codes = await exported(app, `/v1/code-batches/${id}/export`);
    expect(codes.map(({ holder }) => holder).sort()).toEqual(holders.toSorted());
    expect(new Set(codes.map(({ code }) => code)).size).toBe(5_500);
    expect(await count(id, 'and max_uses = 2 and distributed_at is not null')).toBe(5_500);
  }, 60_000);

  test('are refused when a player is named twice', async () => {
    const { status } = await app.request('POST', `/v1/campaigns/${campaignId}/code-batches`, {
      body: { kind: 'personal', holders: ['a', 'b', 'a'] },
    });
    expect(status).toBe(422);
  });
});

describe('disabling a batch', () => {
  test('disables every live code, and is told once', async () => {
    const { id } = await readyBatch(app, campaignId, { kind: 'unique', count: 25_000 });
    await app.db.query(
      `update codes set state = 'expired' where code_key = (select code_key from codes where batch_id = $1 limit 1)`,
      [id],
    );
    const path = `/v1/code-batches/${id}/disable`;
    const { status, body } = await app.request('POST', path, { body: { reason: 'the list leaked' } });
    expect([status, body.status]).toEqual([202, 'disabled']);
    expect((await jobEnd(app, body.jobId, 'succeeded')).result).toMatchObject({ disabled: 24_999 });
    expect(await count(id, "and state = 'disabled' and disabled_reason = 'the list leaked'")).toBe(24_999);
    const told = (await eventsOf(app, 'code.disabled')).filter(({ data }) => data.batchId === id);
    expect(told).toMatchObject([{ data: { count: 24_999, reason: 'the list leaked' } }]);
    expect((await app.request('POST', path, { body: { reason: 'again' } })).status).toBe(409);

    const pages = [];
    for (let cursor: string | null = ''; cursor !== null; cursor = pages.at(-1).nextCursor) {
      const query: string = `batchId=${id}&state=expired${cursor && `&cursor=${cursor}`}`;
      pages.push((await app.request('GET', `/v1/codes?${query}`)).body);
    }
    expect(pages).toHaveLength(2);
    expect(pages.flatMap(({ items }) => items)).toMatchObject([{ state: 'expired', batchId: id }]);
  });
});

describe('a pattern', () => {
  test('is shown with its strength before a batch is made', async () => {
    const { status, body } = await app.request('POST', '/v1/code-patterns/check', {
      body: { pattern: 'HI-####-####@', count: 1_000_000 },
    });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      strength: { bits: 40, possibleCodes: '1099511627776', guessesPerHit: 1_099_511 },
      fits: true,
    });
    expect(body.examples).toHaveLength(5);
    const weak = await app.request('POST', '/v1/code-patterns/check', {
      body: { pattern: '####', count: 5_000 },
    });
    expect(weak.body.fits).toBe(false);
  });
});

test('batches of a brand are listed newest first', async () => {
  const mine = await newCampaign(app);
  const one = await readyBatch(app, mine, { kind: 'unique', count: 10 });
  const two = await readyBatch(app, mine, { kind: 'unique', count: 10 });
  const ids = async (query: string) =>
    (await app.request('GET', `/v1/code-batches?${query}`)).body.items.map(({ id }: { id: string }) => id);
  expect(await ids(`campaignId=${mine}`)).toEqual([two.id, one.id]);
  expect(await ids('limit=1')).toEqual([two.id]);
  expect(await ids(`campaignId=${mine}&status=making`)).toEqual([]);
  const { ownerKey: key } = await app.anotherBrand();
  expect((await app.request('GET', '/v1/code-batches', { key })).body.items).toEqual([]);
  for (const path of [`/v1/code-batches/${one.id}`, `/v1/code-batches/${one.id}/export`])
    expect((await app.request('GET', path, { key })).status).toBe(404);
  const disabled = await app.request('POST', `/v1/code-batches/${one.id}/disable`, {
    key,
    body: { reason: 'x' },
  });
  expect(disabled.status).toBe(404);
});

describe('above the threshold', () => {
  test('a batch waits for a second person, and is made once approved', async () => {
    const [asker, decider] = [await signInAs(app, 'marketing'), await signInAs(app, 'administrator')];
    const strict = { bulkGeneration: 1_000 };
    await decider.request('PATCH', '/v1/approvals/thresholds', { body: strict });
    const path = `/v1/campaigns/${campaignId}/code-batches`;
    const ask = () => asker.request('POST', path, { body: { kind: 'unique', count: 1_001 } });
    const asked = await ask();
    expect(asked.body).toMatchObject({ status: 'pending_approval', jobId: null });
    const decide = (approvalId: string, verb: string) =>
      decider.request('POST', `/v1/approvals/${approvalId}/${verb}`, { body: { reason: 'so' } });
    expect((await decide(asked.body.approvalId, 'approve')).body.status).toBe('approved');
    const { jobId } = await batchOf(asked.body.id);
    await jobEnd(app, jobId, 'succeeded');
    expect(await batchOf(asked.body.id)).toMatchObject({ status: 'ready', size: 1_001 });
    const second = await ask();
    await decide(second.body.approvalId, 'reject');
    expect(await batchOf(second.body.id)).toMatchObject({ status: 'rejected', size: 0, jobId: null });
    const small = await asker.request('POST', path, { body: { kind: 'unique', count: 1_000 } });
    expect(small.body.status).toBe('making');
    await jobEnd(app, small.body.jobId, 'succeeded');
  });
});
