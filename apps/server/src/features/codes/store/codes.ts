import type { CodeKind } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import type { CodeRecord } from '../code.ts';

/** How a code works now: stored states, plus what its end and its uses make of it. */
export const STATE = `case
  when c.state in ('generated', 'active') and c.ends_at <= now() then 'expired'
  when c.state = 'active' and c.uses + c.reserved >= c.max_uses then 'exhausted'
  else c.state end`;

/** Columns of `CodeRecord` from `SOURCE`. */
export const RECORD = `c.code_key as "codeId", c.brand_id as "brandId", c.campaign_id as "campaignId",
  c.batch_id as "madeIn", c.position, b.batch_id as "batchId", c.kind, c.state as "storedState", ${STATE} as state, c.uses, c.reserved,
  c.max_uses as "maxUses", c.holder_id as "holderId", p.external_id as holder, c.starts_at as "startsAt",
  c.ends_at as "endsAt", c.last4, c.shared_text as "sharedText", c.disabled_reason as "disabledReason",
  c.distributed_at as "distributedAt", c.created_at as "createdAt"`;

export const SOURCE = `codes c left join code_batches b on b.batch_id = c.batch_id
  left join players p on p.player_id = c.holder_id`;

/** Codes of the brand under these keys, the first key first. */
export async function findCodes(
  db: Queryable,
  brandId: string,
  codeKeys: readonly string[],
): Promise<CodeRecord[]> {
  const { rows } = await db.query<CodeRecord>(
    `select ${RECORD} from ${SOURCE} where c.code_key = any($1::uuid[]) and c.brand_id = $2
     order by array_position($1::uuid[], c.code_key)`,
    [codeKeys, brandId],
  );
  return rows;
}

export async function findCode(
  db: Queryable,
  brandId: string,
  codeKey: string,
): Promise<CodeRecord | undefined> {
  return (await findCodes(db, brandId, [codeKey]))[0];
}

export interface NewCode {
  codeKey: string;
  brandId: string;
  campaignId: string;
  batchId: string;
  /** Its number within the batch. */
  position: number;
  kind: CodeKind;
  maxUses: number | null;
  holderId: string | null;
  /** ISO 8601. */
  startsAt: string | null;
  endsAt: string | null;
  last4: string;
  sharedText: string | null;
  sealedText: Buffer | null;
}

/** Stores the codes that nobody has yet. @returns their keys; taken ones are left out. */
export async function insertCodes(tx: Queryable, codes: readonly NewCode[]): Promise<Set<string>> {
  const column = <Field extends keyof NewCode>(field: Field) => codes.map((code) => code[field]);
  const { rows } = await tx.query<{ codeKey: string }>(
    `insert into codes (code_key, brand_id, campaign_id, batch_id, position, kind, max_uses, holder_id, starts_at, ends_at,
                        last4, shared_text, sealed_text, distributed_at)
     select code.*, case when code.holder_id is not null then now() end
     from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::integer[], $6::text[], $7::bigint[], $8::uuid[],
                 $9::timestamptz[], $10::timestamptz[], $11::text[], $12::text[], $13::bytea[])
       as code (code_key, brand_id, campaign_id, batch_id, position, kind, max_uses, holder_id, starts_at, ends_at,
                last4, shared_text, sealed_text)
     order by code_key
     on conflict do nothing
     returning code_key as "codeKey"`,
    [
      column('codeKey'),
      column('brandId'),
      column('campaignId'),
      column('batchId'),
      column('position'),
      column('kind'),
      column('maxUses'),
      column('holderId'),
      column('startsAt'),
      column('endsAt'),
      column('last4'),
      column('sharedText'),
      column('sealedText'),
    ],
  );
  return new Set(rows.map(({ codeKey }) => codeKey));
}

/** @returns whether the code was still one that can be disabled. */
export async function disableCode(tx: Queryable, codeKey: string, reason: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update codes set state = 'disabled', disabled_reason = $2
     where code_key = $1 and state in ('generated', 'active')`,
    [codeKey, reason],
  );
  return rowCount === 1;
}

/** Only ever up: of two raises at once the higher one stays. @returns whether this one was a raise. */
export async function raiseLimit(tx: Queryable, codeKey: string, maxUses: number): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update codes set max_uses = $2 where code_key = $1 and max_uses < $2 and state in ('generated', 'active')`,
    [codeKey, maxUses],
  );
  return rowCount === 1;
}

/** The encrypted texts of codes that have one. */
export async function sealedTexts(db: Queryable, codeKeys: readonly string[]): Promise<Map<string, Buffer>> {
  const { rows } = await db.query<{ codeKey: string; sealed: Buffer }>(
    `select code_key as "codeKey", sealed_text as sealed from codes
     where code_key = any($1::uuid[]) and sealed_text is not null`,
    [codeKeys],
  );
  return new Map(rows.map(({ codeKey, sealed }) => [codeKey, sealed]));
}
