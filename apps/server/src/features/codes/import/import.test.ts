import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startTestApp, type TestApp } from '../../../testing/test-app.ts';
import { signInAs } from '../../../testing/test-staff.ts';
import { eventsOf, exported, jobEnd, newCampaign, readyBatch, sendCsv } from '../testing.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const bytes = (...parts: (string | number[])[]) =>
  Buffer.concat(parts.map((part) => Buffer.from(part as string))) as Uint8Array<ArrayBuffer>;

/** Codes of the campaign as an export shows them, in the order of their texts. */
async function codesOf(campaignId: string) {
  const codes = await exported(app, `/v1/campaigns/${campaignId}/codes/export`);
  return codes.toSorted((one, other) => (one.code ?? '').localeCompare(other.code ?? ''));
}
const reportOf = async (batchId: string): Promise<string[]> =>
  (await app.request('GET', `/v1/code-batches/${batchId}/import-report`)).body.trimEnd().split('\r\n');

describe('a good file', () => {
  test('becomes codes as its columns say', async () => {
    const id = await newCampaign(app);
    const csv = [
      'code,kind,holder,max_uses,starts_at,ends_at',
      'OPEN-1,shared,,500,,2099-01-01T00:00:00Z',
      'one-only,unique,,,2026-01-01T00:00:00+02:00,',
      'MINE-1,personal,anna,3,,',
      'GIFT-1,unique,ben,1,,',
      '',
    ].join('\n');
    const { status, body } = await sendCsv(app, id, csv);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      report: [],
      batch: {
        kind: 'imported',
        status: 'ready',
        size: 4,
        lines: 4,
        badLines: 0,
        campaignId: id,
        jobId: null,
      },
    });
    expect(await codesOf(id)).toMatchObject([
      { code: 'GIFT-1', kind: 'unique', holder: 'ben', max_uses: '1' },
      { code: 'MINE-1', kind: 'personal', holder: 'anna', max_uses: '3' },
      { code: 'one-only', kind: 'unique', holder: '', max_uses: '1', starts_at: '2025-12-31T22:00:00.000Z' },
      { code: 'OPEN-1', kind: 'shared', max_uses: '500', ends_at: '2099-01-01T00:00:00.000Z' },
    ]);
    const found = await app.request('POST', '/v1/codes/lookup', { body: { code: 'ONE ONLY' } });
    expect(found.body).toMatchObject({ campaignId: id, batchId: body.batch.id, code: '••••NLY' });
    const told = (await eventsOf(app, 'code.generated')).filter(({ data }) => data.batchId === body.batch.id);
    expect(told).toMatchObject([{ data: { count: 4, campaignId: id } }]);
  });

  test.each([
    ['with a byte order mark', bytes([0xef, 0xbb, 0xbf], 'code\nBOM-')],
    ['with CRLF', bytes('code\r\nCRLF-')],
    ['with lone CR', bytes('code\rCR-')],
    ['without an end at its last line', bytes('code\n\n\nEND-')],
    ['with quotes and semicolons', bytes('"code";"kind"\n"QU-9";unique\n"QUO-')],
    ['with tabs', bytes('kind\tcode\nunique\tTAB-')],
    ['in capitals with spaces', bytes(' CODE , Kind \nunused-1,unique\n CAP-')],
  ])('%s is read', async (name, start) => {
    const id = await newCampaign(app);
    const end = name.includes('quotes') ? '1";unique' : name.includes('capitals') ? '1 , unique' : '1';
    const { status, body } = await sendCsv(app, id, bytes([...start], end));
    expect([status, body.report]).toEqual([200, []]);
    const codes = (await codesOf(id)).map(({ code }) => code);
    expect(codes).toHaveLength(body.batch.size);
    expect(codes.some((code) => /^[A-Z]+-1$/.test(code ?? ''))).toBe(true);
  });
});

describe('bad lines', () => {
  test('are told one by one with all their faults, and the good ones kept', async () => {
    const id = await newCampaign(app);
    await app.request('POST', `/v1/campaigns/${id}/codes`, { body: { kind: 'shared', code: 'TAKEN' } });
    const csv = bytes(
      'code,kind,holder,max_uses,starts_at,ends_at\n',
      'BL-GOOD-1,unique,,,,\n', // 2
      ',unique,,,,\n', // 3
      'WIN🎰,unique,,,,\n', // 4
      'ABCאבג,unique,,,,\n', // 5
      'BL-KIND,single,,,,\n', // 6
      'BL-NOBODY,personal,,,,\n', // 7
      'BL-ALL,shared,anna,0,,\n', // 8
      'BL-TWO,unique,,2,,\n', // 9
      'BL-WHEN,unique,,,yesterday,2026-13-01\n', // 10
      'BL-BACK,unique,,,2026-02-01T00:00:00Z,2026-01-01T00:00:00Z\n', // 11
      'BL-SHORT,unique\n', // 12
      'BL-LONG,unique,,,,,,\n', // 13
      '"BL-QUOTE,unique,,,,\n', // 14
      'BL-UTF8-',
      [0xff, 0xfe],
      ',unique,,,,\n', // 15
      'taken,unique,,,,\n', // 16
      'bl good 1,unique,,,,\n', // 17
      `${'X'.repeat(1_000_000)},unique,,,,\n`, // 18
      `${'Y'.repeat(65)},unique,,,,\n`, // 19
      'BL-GOOD-2,unique,,,,\n', // 20
    );
    const { body } = await sendCsv(app, id, csv);
    const batch = body.batch ?? (await settled(body));
    expect(batch).toMatchObject({ lines: 19, badLines: 17, size: 2 });
    const report = (await reportOf(batch.id)).slice(1).map((line) => line.split(',').slice(0, 2).join(' '));
    expect(report).toEqual([
      '3 code',
      '4 code',
      '5 code',
      '6 kind',
      '7 holder',
      '8 holder',
      '8 max_uses',
      '9 max_uses',
      '10 ends_at',
      '10 starts_at',
      '11 ends_at',
      '12 line',
      '13 line',
      '14 line',
      '15 line',
      '16 code',
      '17 code',
      '18 line',
      '19 code',
    ]);
    expect((await reportOf(batch.id)).find((line) => line.startsWith('17'))).toContain('same code as');
    expect((await codesOf(id)).map(({ code }) => code)).toEqual(['BL-GOOD-1', 'BL-GOOD-2', 'TAKEN']);
  });

  /** A file past the size that is answered at once. */
  async function settled({ id, jobId }: { id: string; jobId: string }) {
    await jobEnd(app, jobId, 'succeeded');
    return (await app.request('GET', `/v1/code-batches/${id}`)).body;
  }
});

describe('a file that is none', () => {
  test.each([
    ['empty', ''],
    ['without a code column', 'kode,kind\nA,unique\n'],
    ['with a column nobody knows', 'code,max_use\nA,1\n'],
    ['with a column twice', 'code,code\nA,B\n'],
    ['in UTF-16', Buffer.from('\ufeffcode\nABC\n', 'utf16le').toString('latin1')],
    ['without a header', 'SUMMER\nWINTER\n'],
  ])('is refused when it is %s', async (_, csv) => {
    const id = await newCampaign(app);
    const { status, body } = await sendCsv(app, id, Buffer.from(csv, 'latin1') as Uint8Array<ArrayBuffer>);
    expect(status).toBe(422);
    expect(body.key).toMatch(/^import_(empty|header_invalid)$/);
    expect(await codesOf(id)).toEqual([]);
    const { rows } = await app.db.query('select 1 from import_parts');
    expect(rows).toEqual([]);
  });

  test('is refused for a campaign of another brand, and as JSON', async () => {
    const id = await newCampaign(app);
    const { ownerKey } = await app.anotherBrand();
    expect((await sendCsv(app, id, 'code\nA-1\n', '', ownerKey)).status).toBe(404);
    const json = await app.request('POST', `/v1/campaigns/${id}/codes/import`, { body: { code: 'A' } });
    expect(json.status).toBe(415);
  });
});

describe('a large file', () => {
  const large = (prefix: string, count: number) =>
    `code,holder\n${Array.from({ length: count }, (_, n) => `${prefix}${n},player-${n % 50}`).join('\n')}\n`;

  test('is imported as a job, with its progress in bytes', async () => {
    const id = await newCampaign(app);
    const csv = `${large('BIG', 20_000)}BIG7,\n,\n`;
    const { status, body } = await sendCsv(app, id, csv);
    expect([status, body.status]).toEqual([202, 'making']);
    const job = await jobEnd(app, body.jobId, 'succeeded');
    expect(job).toMatchObject({
      done: csv.length,
      total: csv.length,
      result: { lines: 20_002, imported: 20_000, bad: 2 },
    });
    expect((await app.request('GET', `/v1/code-batches/${body.id}`)).body).toMatchObject({
      status: 'ready',
      size: 20_000,
      badLines: 2,
    });
    expect(await reportOf(body.id)).toEqual([
      'line,field,reason',
      '20002,code,is the same code as an earlier line',
      '20003,code,Enter a code.',
    ]);
    expect((await app.db.query('select 1 from import_parts')).rows).toEqual([]);
  }, 60_000);

  test('that is cancelled leaves only the codes that were used meanwhile', async () => {
    const id = await newCampaign(app);
    const { body } = await sendCsv(app, id, large('STOP', 200_000));
    await vi.waitFor(
      async () => {
        const { rowCount } = await app.db.query(
          'update codes set uses = 1 where code_key = (select code_key from codes where batch_id = $1 limit 1)',
          [body.id],
        );
        expect(rowCount).toBe(1);
      },
      { timeout: 20_000, interval: 20 },
    );
    await app.request('POST', `/v1/jobs/${body.jobId}/cancel`);
    await jobEnd(app, body.jobId, 'cancelled');
    const { rows } = await app.db.query<{ n: number }>('select count(*) n from codes where batch_id = $1', [
      body.id,
    ]);
    expect(rows).toEqual([{ n: 1 }]);
    expect((await app.request('GET', `/v1/code-batches/${body.id}`)).body).toMatchObject({
      status: 'cancelled',
      size: 1,
    });
    expect((await app.db.query('select 1 from import_parts')).rows).toEqual([]);
  }, 60_000);
});

describe('an export', () => {
  test('can be imported again, formulas and all', async () => {
    const from = await newCampaign(app);
    const csv = [
      'code,kind,holder,max_uses',
      '+CASH,shared,,5',
      '@HOME,unique,,1',
      "F-1,personal,=cmd()|'x',2",
      "F-2,personal,''=already guarded,1",
      'F-3,personal,"Anna, ""the"" Great",1',
    ].join('\r\n');
    const { body } = await sendCsv(app, from, csv);
    expect(body.report).toEqual([]);
    const first = (await app.request('GET', `/v1/code-batches/${body.batch.id}/export`)).body as string;
    for (const guarded of ["'+CASH", "'@HOME", "'=cmd()|'x'", "''=already guarded", '"Anna, ""the"" Great"'])
      expect(first).toContain(guarded);
    await app.db.query('delete from codes where batch_id = $1', [body.batch.id]);
    const again = await sendCsv(app, await newCampaign(app), first);
    expect(again.body).toMatchObject({ report: [], batch: { size: 5 } });
    expect((await app.request('GET', `/v1/code-batches/${again.body.batch.id}/export`)).body).toBe(first);
  });

  test('is written down in the audit log, and needs its permission', async () => {
    const id = await newCampaign(app);
    const { id: batchId } = await readyBatch(app, id, { kind: 'unique', count: 2_500 });
    expect(await exported(app, `/v1/code-batches/${batchId}/export`)).toHaveLength(2_500);
    const { rows } = await app.db.query(
      "select target_id from audit_log where action = 'codes.exported' and target_id = $1",
      [batchId],
    );
    expect(rows).toHaveLength(1);
    const reader = await app.key(['codes:read', 'codes:write']);
    for (const path of [`/v1/code-batches/${batchId}/export`, `/v1/campaigns/${id}/codes/export`])
      expect((await app.request('GET', path, { key: reader })).status).toBe(403);
  });
});

describe('above the threshold', () => {
  test('an import waits for a second person, however small its file is', async () => {
    const id = await newCampaign(app);
    const [asker, decider] = [await signInAs(app, 'marketing'), await signInAs(app, 'administrator')];
    await decider.request('PATCH', '/v1/approvals/thresholds', { body: { bulkGeneration: 2 } });
    const send = (csv: string) =>
      asker.request('POST', `/v1/campaigns/${id}/codes/import`, {
        body: csv,
        headers: { 'content-type': 'text/csv' },
      });
    const asked = await send('code\nWAIT-1\nWAIT-2\nWAIT-3\n');
    expect(asked).toMatchObject({ status: 202, body: { status: 'pending_approval', jobId: null } });
    expect(await codesOf(id)).toEqual([]);
    await decider.request('POST', `/v1/approvals/${asked.body.approvalId}/approve`, { body: {} });
    const { jobId } = (await app.request('GET', `/v1/code-batches/${asked.body.id}`)).body;
    await jobEnd(app, jobId, 'succeeded');
    expect(await codesOf(id)).toHaveLength(3);
  });
});
