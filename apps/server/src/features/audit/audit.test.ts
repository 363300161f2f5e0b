import type { AuditEntry } from '@promosmith/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { signInAs } from '../../testing/test-staff.ts';
import { earliestIdAt } from './id-time.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

async function list(query: string, key?: string): Promise<AuditEntry[]> {
  const { status, body } = await app.request('GET', `/v1/audit?${query}`, { key });
  expect(status).toBe(200);
  return body.items;
}

describe('the audit log', () => {
  test('shows who changed what, from what to what', async () => {
    const owner = await signInAs(app, 'owner');
    const { body: brand } = await owner.request('GET', '/v1/brand');
    await owner.request('PATCH', '/v1/brand', { body: { revision: brand.revision, name: 'Luckier Star' } });
    const [entry] = await list('action=brand.updated');
    expect(entry).toMatchObject({
      actor: { kind: 'staff', id: owner.staffId },
      target: { kind: 'brand', id: app.brand.brandId },
      before: { name: 'Lucky Star', revision: brand.revision },
      after: { name: 'Luckier Star', revision: brand.revision + 1 },
      requestId: expect.any(String),
    });
  });

  test('is filtered by actor, action and target', async () => {
    const owner = await signInAs(app, 'owner');
    const { body: key } = await owner.request('POST', '/v1/keys', {
      body: { name: 'a', scopes: ['brands:read'] },
    });
    await owner.request('POST', `/v1/keys/${key.keyId}/revoke`, { body: {} });
    const actions = (entries: AuditEntry[]) => entries.map(({ action }) => action);
    const target = `targetKind=api_key&targetId=${key.keyId}`;
    expect(actions(await list(target))).toEqual(['api_key.revoked', 'api_key.created']);
    expect(actions(await list(`${target}&action=api_key.created`))).toEqual(['api_key.created']);
    expect(actions(await list(`actorId=${owner.staffId}&limit=2`))).toEqual([
      'api_key.revoked',
      'api_key.created',
    ]);
    expect(await list(`${target}&actorId=somebody-else`)).toEqual([]);
  });

  test('is filtered by time, from inclusive and to exclusive', async () => {
    const all = await list('limit=200');
    const times = all.map(({ at }) => at);
    const middle = times[Math.floor(times.length / 2)]!;
    const since = await list(`limit=200&from=${middle}`);
    const until = await list(`limit=200&to=${middle}`);
    expect(since.map(({ at }) => at)).toEqual(times.filter((at) => at >= middle));
    expect(until.map(({ at }) => at)).toEqual(times.filter((at) => at < middle));
    expect(since.length + until.length).toBe(all.length);
    expect(await list('from=2999-01-01T00:00:00Z')).toEqual([]);
    expect(await list('to=1970-01-01T00:00:00Z')).toEqual([]);
  });

  test('pages without a gap', async () => {
    const all = (await list('limit=200')).map(({ entryId }) => entryId);
    const paged: string[] = [];
    let cursor = '';
    do {
      const { body } = await app.request('GET', `/v1/audit?limit=3${cursor && `&cursor=${cursor}`}`);
      paged.push(...body.items.map(({ entryId }: AuditEntry) => entryId));
      cursor = body.nextCursor;
    } while (cursor);
    expect(paged).toEqual(all);
  });

  test('is for those who may read it, and each brand sees its own', async () => {
    const support = await signInAs(app, 'support');
    expect((await support.request('GET', '/v1/audit')).status).toBe(403);
    expect((await support.request('GET', '/v1/audit/verification')).status).toBe(403);
    const other = await app.anotherBrand();
    const theirs = await list('limit=200', other.ownerKey);
    expect(theirs.map(({ action }) => action)).toEqual(['api_key.created', 'brand.created']);
  });

  test.each(['cursor=nonsense', 'from=yesterday', 'limit=0', 'limit=201', `cursor=${btoa('["x"]')}`])(
    'refuses %s',
    async (query) => {
      expect((await app.request('GET', `/v1/audit?${query}`)).status).toBe(422);
    },
  );
});

describe('verification over HTTP', () => {
  const verify = async (query = '') => {
    const { status, headers, body } = await app.request('GET', `/v1/audit/verification${query}`);
    expect(status).toBe(200);
    expect(headers.get('content-type')).toContain('application/x-ndjson');
    const lines: string[] = body.trim().split('\n');
    return lines.map((line) => JSON.parse(line));
  };

  test('ends with the verdict, which is the anchor of the next', async () => {
    await expect.poll(async () => (await verify()).at(-1).position, { timeout: 10_000 }).toBeGreaterThan(0);
    const verdict = (await verify()).at(-1);
    expect(verdict).toMatchObject({ ok: true, hash: expect.stringMatching(/^[0-9a-f]{64}$/) });
    const next = await verify(`?position=${verdict.position}&hash=${verdict.hash}`);
    expect(next.at(-1).ok).toBe(true);
    const other = await verify(`?position=${verdict.position}&hash=${'0'.repeat(64)}`);
    expect(other.at(-1)).toMatchObject({ ok: false, problem: 'anchor_differs', position: verdict.position });
    expect((await verify('?chain=outbox')).at(-1)).toMatchObject({ ok: true });
  });

  test('shows the first position that was tampered with', async () => {
    await app.db.query(`update audit_log set reason = 'x' where brand_id = $1 and position = 2`, [
      app.brand.brandId,
    ]);
    expect((await verify()).at(-1)).toMatchObject({ ok: false, position: 2, problem: 'altered' });
  });

  test.each(['?position=1', `?hash=${'0'.repeat(64)}`, '?position=0&hash=x', '?chain=other'])(
    'refuses %s',
    async (query) => {
      expect((await app.request('GET', `/v1/audit/verification${query}`)).status).toBe(422);
    },
  );
});

test('ids of a time sort before every id made after it', () => {
  expect(earliestIdAt(0)).toBe('00000000-0000-7000-8000-000000000000');
  expect(earliestIdAt(-5)).toBe(earliestIdAt(0));
  expect(earliestIdAt(0x0123456789ab)).toBe('01234567-89ab-7000-8000-000000000000');
  expect(earliestIdAt(Number.MAX_SAFE_INTEGER)).toMatch(/^ffffffff-ffff-/);
});
