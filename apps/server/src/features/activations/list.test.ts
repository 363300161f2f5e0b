import type { ActivationRecord } from '@promosmith/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { LOOKED_THROUGH } from '../../platform/http/cursor.ts';
import { activate } from '../../testing/actions.ts';
import { createOffer } from '../../testing/fixtures.ts';
import { plansOf } from '../../testing/plans.ts';
import { startTestApp, type TestApp } from '../../testing/test-app.ts';
import { findActivations } from './list.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp();
});
afterAll(() => app.close());

const list = async (query: string, key?: string) => {
  const { status, body } = await app.request('GET', `/v1/activations?${query}`, { key });
  expect(status).toBe(200);
  return body as { items: ActivationRecord[]; nextCursor: string | null };
};
const csv = async (query: string, key?: string): Promise<string[]> => {
  const { status, body, headers } = await app.request('GET', `/v1/activations/export?${query}`, { key });
  expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
  return body.trimEnd().split('\r\n');
};

/** Two players, two codes, one of which is used up. */
async function someActivations() {
  const open = await createOffer(app, { code: 'OPEN' });
  const single = await createOffer(app, { code: 'SINGLE', maxUses: 1 });
  for (const [code, player] of [
    ['OPEN', 'ann'],
    ['SINGLE', 'ann'],
    ['SINGLE', '=1+1'],
    ['NOSUCHCODE', 'ann'],
  ] as const)
    await activate(app, code, player);
  return { open, single };
}

test('each filter alone and together, in the list as in the file', async () => {
  const { open, single } = await someActivations();
  const now = new Date().toISOString();
  for (const [query, expected] of [
    ['', 4],
    ['outcome=refused', 2],
    ['outcome=accepted', 2],
    ['key=quantity_exceeded', 1],
    ['player=ann', 3],
    [`campaignId=${single.campaignId}`, 2],
    [`codeId=${open.codeId}`, 1],
    [`campaignId=${single.campaignId}&outcome=refused&player=ann`, 0],
    [`from=${now}`, 0],
    [`to=${now}&outcome=refused`, 2],
  ] as const) {
    const { items, nextCursor } = await list(query);
    expect([query, items.length, nextCursor]).toEqual([query, expected, null]);
    const [header, ...lines] = await csv(query);
    expect(header).toMatch(/^activation,at,outcome,refusal,player,code,/);
    expect(lines.map((line) => line.split(',', 1)[0])).toEqual(items.map(({ id }) => id));
  }
  const [, line] = await csv('key=quantity_exceeded');
  expect(line).toMatch(/,refused,quantity_exceeded,'=1\+1,/);
  const { ownerKey } = await app.anotherBrand();
  expect(await list('', ownerKey)).toEqual({ items: [], nextCursor: null });
  expect(await csv('', ownerKey)).toHaveLength(1);
});

test('a page looks through a bounded number, and the pages have everything', async () => {
  const { brand, ownerKey } = await app.anotherBrand();
  const rare = [1, 2, LOOKED_THROUGH + 100];
  await app.db.query(
    `insert into activations (player_id, activation_id, brand_id, player_external_id, idempotency_key, request_digest, outcome,
       decided, refusal_key, issued, code_shown, entry, outline_id, seen, takes, created_at, changed_at)
     select gen_random_uuid(), ('01932f0e-7a4c-7c3e-9d55-' || lpad(to_hex(n), 12, '0'))::uuid, $1, n, n, '', 'refused',
       'refused', case when n = any($2::int[]) then 'rate_limited' else 'code_not_found' end, '[]', '', '{"channel":"web"}',
       gen_random_uuid(), '[]', '[]', now(), now()
     from generate_series(1, $3::int) n`,
    [brand.brandId, rare, LOOKED_THROUGH + 200],
  );
  await app.db.query('analyze activations');
  const first = await list('key=rate_limited&limit=10', ownerKey);
  expect(first.items.map(({ player }) => player)).toEqual([String(LOOKED_THROUGH + 100)]);
  const rest = await list(`key=rate_limited&limit=10&cursor=${first.nextCursor}`, ownerKey);
  expect(rest.items.map(({ player }) => player)).toEqual(['2', '1']);
  expect(rest.nextCursor).toBeNull();
  expect(await csv('key=rate_limited', ownerKey)).toHaveLength(4);
  expect(await csv('', ownerKey)).toHaveLength(LOOKED_THROUGH + 201);

  const plan = await plansOf(app.db, async (db) => {
    const { endOfLook } = await findActivations(db, brand.brandId, { key: 'rate_limited' }, undefined, 51);
    await endOfLook();
  });
  expect(plan).not.toMatch(/Seq Scan on activations/);
});
