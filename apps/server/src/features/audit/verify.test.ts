import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { audit } from '../../platform/audit.ts';
import { type Chain, seal } from '../../platform/chain.ts';
import type { Database } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { type Verdict, verifyChain, verifyChains } from './verify.ts';

let created: TestDatabase;
let db: Database;
beforeAll(async () => {
  created = await createTestDatabase();
  db = created.db;
});
afterAll(() => created.drop());

const actor = { kind: 'staff', id: newId(), name: 'Zoë "quote" ✓' } as const;

async function sealAll(chain: Chain): Promise<void> {
  while (await seal(db, chain));
}

async function writeAudit(brandId: string, count: number): Promise<void> {
  await db.transaction(async (tx) => {
    for (let n = 1; n <= count; n++)
      await audit(tx, {
        brandId,
        actor,
        action: 'thing.changed',
        targetKind: 'thing',
        targetId: String(n),
        before: n % 2 ? undefined : { n, text: 'ünïcode 1.10', nested: [1.5, null] },
        after: { n: n + 1 },
        reason: n % 3 ? undefined : 'because',
        requestId: newId(),
      });
  });
  await sealAll('audit');
}

async function writeOutbox(brandId: string, count: number): Promise<void> {
  const origin = { brandId, actor, correlationId: newId(), time: new Date().toISOString() };
  for (let n = 1; n <= count; n++)
    await publish(db, origin, [
      { type: 'code.generated', subject: `code/${n}`, data: { n } },
      { type: 'code.expired', subject: `code/${n}`, data: {} },
    ]);
  await sealAll('outbox');
}

async function verdict(chain: Chain, brandId: string): Promise<Verdict> {
  return (await verifyChains(db, { chain, brandId })).get(brandId)!;
}

let brandId: string;
beforeEach(() => {
  brandId = newId();
});

describe('an untouched chain', () => {
  test('is whole, and tells its head', async () => {
    await writeAudit(brandId, 5);
    const { rows } = await db.query<{ hash: Buffer }>('select hash from chain_heads where brand_id = $1', [
      brandId,
    ]);
    expect(await verdict('audit', brandId)).toEqual({
      ok: true,
      position: 5,
      hash: rows[0]!.hash.toString('hex'),
    });
  });

  test('that is empty is whole', async () => {
    expect(await verdict('audit', brandId)).toEqual({ ok: true, position: 0, hash: '0'.repeat(64) });
  });

  test('over several pages is read in pages', async () => {
    await writeAudit(brandId, 1001);
    const pages = [];
    const steps = verifyChain(db, 'audit', brandId);
    let step = await steps.next();
    for (; !step.done; step = await steps.next()) pages.push(step.value);
    expect(pages).toEqual([
      { verified: 500, of: 1001 },
      { verified: 1000, of: 1001 },
      { verified: 1001, of: 1001 },
    ]);
    expect(step.value).toMatchObject({ ok: true, position: 1001 });
  });

  test('stays whole while it grows', async () => {
    await writeAudit(brandId, 3);
    const steps = verifyChain(db, 'audit', brandId);
    await steps.next();
    await writeAudit(brandId, 2);
    expect((await steps.next()).value).toMatchObject({ ok: true, position: 3 });
    expect(await verdict('audit', brandId)).toMatchObject({ ok: true, position: 5 });
  });

  test('has entries that are not sealed yet left out', async () => {
    await writeAudit(brandId, 2);
    await audit(db, { brandId, actor, action: 'thing.changed', targetKind: 'thing', targetId: '3' });
    expect(await verdict('audit', brandId)).toMatchObject({ ok: true, position: 2 });
  });
});

describe('tampering with the audit log is found', () => {
  const ROW = `brand_id = $1 and position = `;
  const cases: [name: string, statements: string[], position: number, problem: string][] = [
    [
      'another actor',
      [`update audit_log set actor = '{"kind":"staff","id":"x"}' where ${ROW} 4`],
      4,
      'altered',
    ],
    ['another action', [`update audit_log set action = 'thing.read' where ${ROW} 4`], 4, 'altered'],
    ['another target', [`update audit_log set target_id = '5' where ${ROW} 4`], 4, 'altered'],
    ['another target kind', [`update audit_log set target_kind = 'x' where ${ROW} 4`], 4, 'altered'],
    ['another state before', [`update audit_log set before = '{"n":0}' where ${ROW} 4`], 4, 'altered'],
    [
      'a space in the state',
      [`update audit_log set after = (after::text || ' ')::json where ${ROW} 4`],
      4,
      'altered',
    ],
    ['a state removed', [`update audit_log set after = null where ${ROW} 4`], 4, 'altered'],
    ['another reason', [`update audit_log set reason = 'x' where ${ROW} 4`], 4, 'altered'],
    ['another request', [`update audit_log set request_id = 'x' where ${ROW} 4`], 4, 'altered'],
    ['another time', [`update audit_log set at = at + interval '1 ms' where ${ROW} 4`], 4, 'altered'],
    ['the first row', [`update audit_log set reason = 'x' where ${ROW} 1`], 1, 'altered'],
    ['the last row', [`update audit_log set reason = 'x' where ${ROW} 9`], 9, 'altered'],
    ['another hash', [`update audit_log set hash = sha256(hash) where ${ROW} 4`], 4, 'relinked'],
    ['another digest', [`update audit_log set digest = sha256(digest) where ${ROW} 4`], 4, 'altered'],
    ['a row deleted', [`delete from audit_log where ${ROW} 4`], 4, 'misplaced'],
    ['the first row deleted', [`delete from audit_log where ${ROW} 1`], 1, 'misplaced'],
    [
      'a row deleted and the gap closed',
      [
        `delete from audit_log where ${ROW} 4`,
        'update audit_log set position = position - 1 where brand_id = $1 and position > 4',
      ],
      4,
      'relinked',
    ],
    [
      'two rows swapped',
      ['update audit_log set position = 9 - position where brand_id = $1 and position in (4, 5)'],
      4,
      'relinked',
    ],
    [
      'a row put in at a position that is taken',
      [
        `insert into audit_log select 'ffffffff-ffff-7fff-bfff-ffffffffffff', brand_id, position, actor, action, target_kind, target_id, before,
           after, reason, request_id, at, digest, hash from audit_log where ${ROW} 4`,
      ],
      4,
      'misplaced',
    ],
    [
      'a row put in and the others moved up',
      [
        'update audit_log set position = position + 1 where brand_id = $1 and position > 4',
        `insert into audit_log select gen_random_uuid(), brand_id, 5, actor, action, target_kind, target_id, before,
           after, reason, request_id, at, digest, hash from audit_log where ${ROW} 4`,
      ],
      5,
      'altered',
    ],
    ['the last row deleted', [`delete from audit_log where ${ROW} 9`], 9, 'truncated'],
    ['the last rows deleted', ['delete from audit_log where brand_id = $1 and position > 3'], 4, 'truncated'],
    ['all rows deleted', ['delete from audit_log where brand_id = $1'], 1, 'truncated'],
    [
      'rows written past the head',
      [
        `insert into audit_log select gen_random_uuid(), brand_id, 10, actor, action, target_kind, target_id, before,
           after, reason, request_id, at, digest, hash from audit_log where ${ROW} 9`,
      ],
      10,
      'beyond_head',
    ],
    ['the head moved back', [`update chain_heads set position = 8 where brand_id = $1`], 9, 'beyond_head'],
    ['the head deleted', [`delete from chain_heads where brand_id = $1`], 1, 'beyond_head'],
    [
      'the hash of the head',
      [`update chain_heads set hash = sha256(hash) where brand_id = $1`],
      9,
      'head_changed',
    ],
  ];

  test.each(cases)('%s', async (_, statements, position, problem) => {
    await writeAudit(brandId, 9);
    for (const statement of statements) await db.query(statement, [brandId]);
    const found = await verdict('audit', brandId);
    expect(found).toEqual({ ok: false, position, problem, detail: expect.any(String) });
  });

  test('a row moved to another brand', async () => {
    const other = newId();
    await writeAudit(brandId, 9);
    await writeAudit(other, 9);
    await db.query('update audit_log set brand_id = $2 where brand_id = $1 and position = 9', [
      brandId,
      other,
    ]);
    expect(await verdict('audit', brandId)).toMatchObject({ ok: false, position: 9, problem: 'truncated' });
    expect(await verdict('audit', other)).toMatchObject({ ok: false });
  });

  test('in one brand only, and in every place of a page', async () => {
    const whole = newId();
    await writeAudit(whole, 2);
    await writeAudit(brandId, 502);
    for (const position of [502, 501, 500]) {
      await db.query(`update audit_log set reason = 'x' where brand_id = $1 and position = $2`, [
        brandId,
        position,
      ]);
      expect(await verdict('audit', brandId)).toMatchObject({ ok: false, position, problem: 'altered' });
    }
    const all = await verifyChains(db, { chain: 'audit' });
    expect(all.get(whole)).toMatchObject({ ok: true });
    expect(all.get(brandId)).toMatchObject({ ok: false, position: 500 });
  });
});

describe('tampering with the published events is found', () => {
  const cases: [name: string, statement: string, position: number, problem: string][] = [
    [
      'another event',
      `update outbox set events = replace(events::text, 'code/4', 'code/5')::json where brand_id = $1 and position = 4`,
      4,
      'altered',
    ],
    ['another count', 'update outbox set event_count = 1 where brand_id = $1 and position = 4', 4, 'altered'],
    ['a batch deleted', 'delete from outbox where brand_id = $1 and position = 4', 4, 'misplaced'],
    ['the last batch deleted', 'delete from outbox where brand_id = $1 and position = 9', 9, 'truncated'],
    [
      'two batches swapped',
      'update outbox set position = 9 - position where brand_id = $1 and position in (4, 5)',
      4,
      'relinked',
    ],
  ];

  test.each(cases)('%s', async (_, statement, position, problem) => {
    await writeOutbox(brandId, 9);
    expect(await verdict('outbox', brandId)).toMatchObject({ ok: true, position: 9 });
    await db.query(statement, [brandId]);
    expect(await verdict('outbox', brandId)).toMatchObject({ ok: false, position, problem });
  });
});

describe('with an anchor kept outside', () => {
  async function anchored(tamper: () => Promise<unknown>): Promise<Verdict> {
    await writeAudit(brandId, 9);
    const kept = await verdict('audit', brandId);
    if (!kept.ok) throw new Error(kept.detail);
    await tamper();
    const steps = verifyChain(db, 'audit', brandId, kept);
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    return step.value;
  }

  /** Somebody with full power over the database builds the chain anew from what they left or changed. */
  async function rebuild(): Promise<void> {
    await db.query('update audit_log set position = null, hash = null where brand_id = $1', [brandId]);
    await db.query('delete from chain_heads where brand_id = $1', [brandId]);
    await sealAll('audit');
  }

  test('a chain that only grew is whole', async () => {
    expect(await anchored(() => writeAudit(brandId, 3))).toMatchObject({ ok: true, position: 12 });
  });

  test('an end cut together with its head is found', async () => {
    const cut = () =>
      db.transaction(async (tx) => {
        await tx.query('delete from audit_log where brand_id = $1 and position > 5', [brandId]);
        await tx.query(
          `update chain_heads set position = 5, hash = (select hash from audit_log where brand_id = $1 and position = 5)
           where brand_id = $1`,
          [brandId],
        );
      });
    expect(await anchored(cut)).toMatchObject({ ok: false, position: 6, problem: 'truncated' });
    expect(await verdict('audit', brandId)).toMatchObject({ ok: true, position: 5 });
  });

  test('a chain rebuilt without a row is found', async () => {
    const found = await anchored(async () => {
      await db.query('delete from audit_log where brand_id = $1 and position = 3', [brandId]);
      await rebuild();
      await writeAudit(brandId, 1);
    });
    expect(found).toMatchObject({ ok: false, position: 9, problem: 'anchor_differs' });
    expect(await verdict('audit', brandId)).toMatchObject({ ok: true, position: 9 });
  });
});
