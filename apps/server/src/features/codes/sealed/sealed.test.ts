import { normaliseCode } from '@promosmith/core/codes';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type App, createApp } from '../../../app.ts';
import { must, startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { signInAs } from '../../../testing/test-staff.ts';
import { eventsOf, exported, jobEnd, newBatch, newCampaign, sendCsv } from '../testing.ts';
import { takeFromCodes } from '../use.ts';
import { sealedState } from './code.ts';

let app: TestApp;
/** A second process, for the face the activations use. */
let other: App;
let campaignId: string;
beforeAll(async () => {
  app = await startTestApp();
  other = await createApp(app.config, app.db);
  campaignId = await newCampaign(app);
});
afterAll(async () => {
  await other.close();
  await app.close();
});

let series = 0;
const sealed = (count: number, more: object = {}) =>
  newBatch(app, campaignId, { kind: 'sealed', count, pattern: `SEAL${series++}-#####-####@`, ...more });
const rows = async (batchId: string) => {
  const { rows: found } = await app.db.query<{ n: number }>(
    'select count(*) n from codes where batch_id = $1',
    [batchId],
  );
  return found[0]?.n;
};
const textsOf = async (batchId: string) =>
  (await exported(app, `/v1/code-batches/${batchId}/export`)).map(({ code }) => code ?? '');
const lookUp = (code: string) => app.request('POST', '/v1/codes/lookup', { body: { code } });
const open = (code: string) => other.codes.openSealed(app.brand.brandId, must(normaliseCode(code)));

describe('a sealed batch', () => {
  test('of a thousand million codes is ready at once, and streams out', async () => {
    const batch = await sealed(1_000_000_000, { pattern: 'HUGE-#####-#####-####@' });
    expect(batch).toMatchObject({
      status: 'ready',
      kind: 'sealed',
      codeKind: 'unique',
      size: 1_000_000_000,
      jobId: null,
    });
    expect(await eventsOf(app, 'code.generated')).toMatchObject([
      { data: { batchId: batch.id, count: 1_000_000_000 } },
    ]);
    const response = await fetch(`${app.url}/v1/code-batches/${batch.id}/export`, {
      headers: { authorization: `Bearer ${app.ownerKey}` },
    });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk).toString();
      if (text.length > 200_000) break;
    }
    const codes = text
      .split('\r\n')
      .slice(1, 3_001)
      .map((line) => line.split(',')[0]);
    expect(new Set(codes).size).toBe(3_000);
    expect(codes.filter((code) => !/^HUGE(-[0-9A-HJKMNP-TV-Z]{5}){3}$/.test(code ?? ''))).toEqual([]);
    expect(await rows(batch.id)).toBe(0);
  });

  test('knows its codes however they are typed, and no others', async () => {
    const { id } = await sealed(5_000);
    const texts = await textsOf(id);
    expect(new Set(texts).size).toBe(5_000);
    const [first = ''] = texts;
    expect(await lookUp(first.toLowerCase().replaceAll('-', ' '))).toMatchObject({
      status: 200,
      body: { batchId: id, campaignId, state: 'active', maxUses: 1, uses: 0, code: `••••${first.slice(-4)}` },
    });
    const last = first.at(-1) === 'A' ? 'B' : 'A';
    expect((await lookUp(first.slice(0, -1) + last)).status).toBe(404);
    expect(await rows(id)).toBe(0);
    const { ownerKey: key } = await app.anotherBrand();
    expect((await app.request('POST', '/v1/codes/lookup', { key, body: { code: first } })).status).toBe(404);
  });

  test('gives a code its row when it is used, and lets it be used once', async () => {
    const { id } = await sealed(1_000);
    const [text = ''] = await textsOf(id);
    const use = async () => {
      const code = await open(text);
      if (!code) throw new Error(`${text} is not open`);
      expect(sealedState(code)).toMatchObject({ kind: 'unique', state: 'active', maxUses: 1, campaignId });
      return app.db.transaction(async (tx) => {
        await other.codes.storeSealed(tx, [code]);
        const taken = await takeFromCodes(tx, [{ key: code.codeKey, used: 1, reserved: 0, maximum: 1 }]);
        return taken.size;
      });
    };
    const uses = await Promise.all(Array.from({ length: 20 }, use));
    expect(uses.reduce((sum, n) => sum + n, 0)).toBe(1);
    expect(await rows(id)).toBe(1);
    expect((await lookUp(text)).body).toMatchObject({ state: 'exhausted', uses: 1 });
    const lines = await exported(app, `/v1/code-batches/${id}/export`);
    expect(lines[0]).toMatchObject({ code: text, state: 'exhausted', uses: '1' });
    expect(lines.filter(({ state }) => state === 'active')).toHaveLength(999);
    const { items } = (await app.request('GET', `/v1/codes?batchId=${id}`)).body;
    expect(items).toHaveLength(1);
  });

  test('can have one code disabled by its text, and all of them with the batch', async () => {
    const { id } = await sealed(1_000);
    const [one = '', two = ''] = await textsOf(id);
    const disable = (code: string) =>
      app.request('POST', '/v1/codes/disable', { body: { code, reason: 'printed twice' } });
    expect(await disable(one)).toMatchObject({
      status: 200,
      body: { state: 'disabled', disabledReason: 'printed twice' },
    });
    expect((await disable(one)).status).toBe(422);
    expect((await disable('NO-SUCH-CODE')).status).toBe(404);
    expect((await lookUp(two)).body.state).toBe('active');
    const { status, body } = await app.request('POST', `/v1/code-batches/${id}/disable`, {
      body: { reason: 'leaked' },
    });
    expect([status, body.status]).toEqual([202, 'disabled']);
    await jobEnd(app, body.jobId, 'succeeded');
    await expect.poll(async () => (await lookUp(two)).body.state, { timeout: 5_000 }).toBe('disabled');
    const told = (await eventsOf(app, 'code.disabled')).filter(
      ({ data }) => data.batchId === id && data.count,
    );
    expect(told).toMatchObject([{ data: { count: 1_000 } }]);
  });

  test('hands its codes out, each to one player', async () => {
    const { id } = await sealed(60);
    const [, second = ''] = await textsOf(id);
    const used = await open(second);
    if (!used) throw new Error('the second code is not open');
    await app.db.transaction((tx) => other.codes.storeSealed(tx, [used]));
    const answers = await Promise.all(
      Array.from({ length: 30 }, (_, n) =>
        app.request('POST', '/v1/codes/distribution', { body: { batchId: id, players: [`a${n}`, `b${n}`] } }),
      ),
    );
    const codes = answers.flatMap(({ body }) => body.codes ?? []);
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(29);
    expect(new Set(codes.map(({ text }) => text)).size).toBe(58);
    expect(new Set(codes.map(({ holder }) => holder)).size).toBe(58);
    expect(codes.some(({ text }) => text === second)).toBe(false);
  });
});

describe('a code', () => {
  const ask = (body: object) => app.request('POST', `/v1/campaigns/${campaignId}/code-batches`, { body });

  test('is never made by two batches when one is sealed', async () => {
    await ask({ kind: 'sealed', count: 10, pattern: 'OWN-######-####' });
    const refused = [
      ask({ kind: 'sealed', count: 10, pattern: 'OWN##########' }),
      ask({ kind: 'unique', count: 10, pattern: '##########-###' }),
      app.request('POST', `/v1/campaigns/${campaignId}/codes`, {
        body: { kind: 'unique', pattern: '0WN-#####-#####' },
      }),
    ];
    for (const { status, body } of await Promise.all(refused))
      expect([status, body.key]).toEqual([422, 'pattern_taken']);
    expect((await ask({ kind: 'unique', count: 10, pattern: 'MINE-######-####' })).status).toBe(202);
    expect((await ask({ kind: 'sealed', count: 10, pattern: 'MINE-##########' })).body.key).toBe(
      'pattern_taken',
    );
  });

  test('of a sealed batch can be neither typed in nor imported again', async () => {
    const { id } = await sealed(100);
    const [one = '', two = ''] = await textsOf(id);
    const typed = await app.request('POST', `/v1/campaigns/${campaignId}/codes`, {
      body: { kind: 'shared', code: one },
    });
    expect([typed.status, typed.body.key]).toEqual([409, 'conflict']);
    const { body } = await sendCsv(app, campaignId, `code\n${two}\nSEALFREE\n`);
    expect(body).toMatchObject({
      report: [{ line: 2, field: 'code', reason: 'a sealed batch has this code' }],
      batch: { size: 1 },
    });
  });

  test('is refused a sealed batch when its pattern leaves no room to guess in vain', async () => {
    expect((await ask({ kind: 'sealed', count: 100_000, pattern: 'SMALL-#####' })).body.key).toBe(
      'pattern_too_weak',
    );
    expect((await ask({ kind: 'sealed', count: 10, pattern: 'TINY-###' })).body.key).toBe(
      'sealed_pattern_too_short',
    );
  });
});

describe('above the threshold', () => {
  test('a sealed batch waits for a second person', async () => {
    const [asker, decider] = [await signInAs(app, 'administrator'), await signInAs(app, 'administrator')];
    await asker.request('PATCH', '/v1/approvals/thresholds', { body: { bulkGeneration: 10 } });
    const asked = await asker.request('POST', `/v1/campaigns/${campaignId}/code-batches`, {
      body: { kind: 'sealed', count: 11, pattern: 'FOUR-EYES-########' },
    });
    expect(asked.body).toMatchObject({ status: 'pending_approval', size: 0 });
    await decider.request('POST', `/v1/approvals/${asked.body.approvalId}/approve`, { body: {} });
    expect((await app.request('GET', `/v1/code-batches/${asked.body.id}`)).body).toMatchObject({
      status: 'ready',
      size: 11,
    });
  });
});
