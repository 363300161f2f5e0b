import { createHash } from 'node:crypto';
import { auditText } from '../../platform/audit.ts';
import { type Chain, GENESIS, link } from '../../platform/chain.ts';
import type { Database, Queryable } from '../../platform/db.ts';

/**
 * What is wrong at a position: `altered`, its content is not what its digest says; `relinked`, its hash does not follow
 * from the one before, so rows were put in, swapped or given new digests; `misplaced`, a position is missing or comes
 * twice; `truncated`, the chain ends before its head; `beyond_head`, it goes on after its head; `head_changed`, the head
 * is not the hash of the last row; `anchor_differs`, the row is not the one that was noted down.
 */
export type ChainProblem =
  | 'altered'
  | 'relinked'
  | 'misplaced'
  | 'truncated'
  | 'beyond_head'
  | 'head_changed'
  | 'anchor_differs';

export type Verdict =
  /** `hash` in hex. Note both down outside the database: they are the anchor of a later verification. */
  | { ok: true; position: number; hash: string }
  | { ok: false; position: number; problem: ChainProblem; detail: string };

export interface Progress {
  verified: number;
  of: number;
}

/** A verdict kept from before. */
export interface Anchor {
  position: number;
  /** In hex. */
  hash: string;
}

interface Link {
  id: string;
  position: number;
  digest: Buffer;
  hash: Buffer;
  /** The digest recomputed from the content; undefined when the content contradicts itself. */
  content: Buffer | undefined;
}

const PAGE = 500;
const FIRST_ID = '00000000-0000-0000-0000-000000000000';
const broken = (position: number, problem: ChainProblem, detail: string): Verdict => ({
  ok: false,
  position,
  problem,
  detail,
});
const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Recomputes one brand's chain from its first row, in pages: every digest from the content, every hash from the one
 * before. Stops at the first position that is wrong. What is sealed meanwhile is left to the next verification.
 * @yields the progress after each page.
 */
export async function* verifyChain(
  db: Queryable,
  chain: Chain,
  brandId: string,
  anchor?: Anchor,
): AsyncGenerator<Progress, Verdict> {
  const head = await readHead(db, chain, brandId);
  let last = { position: 0, id: FIRST_ID, hash: GENESIS };
  while (last.position < head.position) {
    const page = await PAGE_OF[chain](db, brandId, last, head.position);
    if (page.length === 0) break;
    for (const row of page) {
      const problem = problemOf(row, last, anchor);
      if (problem) return problem;
      last = row;
    }
    yield { verified: last.position, of: head.position };
  }
  return verdictAtEnd(last, head, anchor);
}

/**
 * Verifies the chains of all brands, or of one.
 * @returns one verdict per brand, by the brand's id.
 */
export async function verifyChains(
  db: Database,
  { chain, brandId }: { chain: Chain; brandId?: string },
): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>();
  for (const brand of brandId ? [brandId] : await listBrands(db, chain)) {
    const steps = verifyChain(db, chain, brand);
    let step = await steps.next();
    while (!step.done) step = await steps.next();
    verdicts.set(brand, step.value);
  }
  return verdicts;
}

function problemOf(
  row: Link,
  last: { position: number; hash: Buffer },
  anchor: Anchor | undefined,
): Verdict | undefined {
  const expected = last.position + 1;
  if (row.position > expected)
    return broken(expected, 'misplaced', `nothing is here; the next row is at ${row.position}`);
  if (row.position < expected) return broken(row.position, 'misplaced', 'the position comes twice');
  if (!row.content?.equals(row.digest))
    return broken(expected, 'altered', `the content of row ${row.id} is not what its digest says`);
  if (!link(last.hash, row.digest).equals(row.hash))
    return broken(expected, 'relinked', `the hash of row ${row.id} does not follow from the one before`);
  if (anchor?.position === expected && anchor.hash !== row.hash.toString('hex'))
    return broken(expected, 'anchor_differs', `row ${row.id} is not the one that was noted down`);
  return undefined;
}

interface Head {
  position: number;
  hash: Buffer;
  /** Position of the last sealed row. */
  lastRow: number;
}

function verdictAtEnd(
  last: { position: number; hash: Buffer },
  head: Head,
  anchor: Anchor | undefined,
): Verdict {
  if (last.position < head.position)
    return broken(last.position + 1, 'truncated', `the chain ends here, but its head is at ${head.position}`);
  if (head.lastRow > head.position)
    return broken(head.position + 1, 'beyond_head', `the head is at ${head.position}, but rows follow it`);
  if (!last.hash.equals(head.hash))
    return broken(head.position, 'head_changed', 'the head is not the hash of the last row');
  if (anchor && anchor.position > head.position)
    return broken(head.position + 1, 'truncated', `the chain once reached position ${anchor.position}`);
  return { ok: true, position: head.position, hash: head.hash.toString('hex') };
}

const TABLE = { audit: 'audit_log', outbox: 'outbox' } as const;

/** In one statement, so that a sealer at work is seen either before or after. A chain with no head has no rows. */
async function readHead(db: Queryable, chain: Chain, brandId: string): Promise<Head> {
  const { rows } = await db.query<{ position: number | null; hash: Buffer | null; lastRow: number | null }>(
    `select head.position, head.hash,
       (select max(position) from ${TABLE[chain]} where brand_id = $2 and position is not null) as "lastRow"
     from (values ($2::uuid)) as brand (brand_id)
     left join chain_heads head on head.brand_id = brand.brand_id and head.chain = $1`,
    [chain, brandId],
  );
  const row = rows[0];
  return { position: row?.position ?? 0, hash: row?.hash ?? GENESIS, lastRow: row?.lastRow ?? 0 };
}

async function listBrands(db: Queryable, chain: Chain): Promise<string[]> {
  const { rows } = await db.query<{ brand_id: string }>(
    `select brand_id from brands union select brand_id from chain_heads where chain = $1 order by brand_id`,
    [chain],
  );
  return rows.map((row) => row.brand_id);
}

type ReadPage = (
  db: Queryable,
  brandId: string,
  after: { position: number; id: string },
  upTo: number,
) => Promise<Link[]>;

const PAGE_OF: Record<Chain, ReadPage> = {
  async audit(db, brandId, after, upTo) {
    const { rows } = await db.query<
      Omit<Link, 'content'> & Omit<Parameters<typeof auditText>[0], 'at'> & { at: Date }
    >(
      `select entry_id as id, position, digest, hash, entry_id as "entryId", brand_id as "brandId",
         actor::text, action, target_kind as "targetKind", target_id as "targetId",
         before::text, after::text, reason, request_id as "requestId", at
       from audit_log
       where brand_id = $1 and (position, entry_id) > ($2, $3::uuid) and position <= $4
       order by position, entry_id limit ${PAGE}`,
      [brandId, after.position, after.id, upTo],
    );
    return rows.map((row) => ({ ...row, content: sha256(auditText({ ...row, at: row.at.toISOString() })) }));
  },

  /** The count is outside the digest but decides where a reader's page ends, so it is checked against the events. */
  async outbox(db, brandId, after, upTo) {
    const { rows } = await db.query<Omit<Link, 'content'> & { events: string; counted: boolean }>(
      `select batch_id as id, position, digest, hash, events::text,
         event_count = json_array_length(events -> 'events') as counted
       from outbox
       where brand_id = $1 and (position, batch_id) > ($2, $3::uuid) and position <= $4
       order by position, batch_id limit ${PAGE}`,
      [brandId, after.position, after.id, upTo],
    );
    return rows.map((row) => ({ ...row, content: row.counted ? sha256(row.events) : undefined }));
  },
};
