import type { Queryable } from '../../../platform/db.ts';
import { lastSymbols } from '../mask.ts';
import type { SealedCode } from '../sealed/code.ts';
import type { Sealing } from '../sealing.ts';
import { insertCodes, STATE } from './codes.ts';

/** A sealed batch whose codes exist. */
export interface SealedBatchRecord {
  batchId: string;
  brandId: string;
  campaignId: string;
  status: 'ready' | 'disabled';
  pattern: string;
  alphabet: string | null;
  size: number;
  startsAt: Date | null;
  endsAt: Date | null;
  createdAt: Date;
}

export async function listSealed(db: Queryable, brandId: string): Promise<SealedBatchRecord[]> {
  const { rows } = await db.query<SealedBatchRecord>(
    `select batch_id as "batchId", brand_id as "brandId", campaign_id as "campaignId", status, pattern, alphabet, size,
       starts_at as "startsAt", ends_at as "endsAt", created_at as "createdAt"
     from code_batches where brand_id = $1 and kind = 'sealed' and status in ('ready', 'disabled')
     order by batch_id desc`,
    [brandId],
  );
  return rows;
}

/** Every pattern the brand's batches are or will be made of, and whether by a sealed one. */
export async function patternsOf(
  db: Queryable,
  brandId: string,
): Promise<{ pattern: string; alphabet: string | null; sealed: boolean }[]> {
  const { rows } = await db.query<{ pattern: string; alphabet: string | null; sealed: boolean }>(
    `select pattern, alphabet, bool_or(kind = 'sealed') as sealed from code_batches
     where brand_id = $1 and pattern is not null and status not in ('rejected', 'cancelled', 'failed')
     group by pattern, alphabet`,
    [brandId],
  );
  return rows;
}

/** Gives codes of sealed batches their rows; those that have one keep it. @returns the keys of new ones. */
export function storeSealed(
  tx: Queryable,
  sealing: Sealing,
  codes: readonly SealedCode[],
  holderOf: (code: SealedCode) => string | null = () => null,
): Promise<Set<string>> {
  const sealed = sealing.seal(codes.map(({ text }) => text));
  return insertCodes(
    tx,
    codes.map((code, at) => ({
      codeKey: code.codeKey,
      brandId: code.brandId,
      campaignId: code.campaignId,
      batchId: code.batchId,
      position: code.index,
      kind: 'unique',
      maxUses: 1,
      holderId: holderOf(code),
      startsAt: code.startsAt?.toISOString() ?? null,
      endsAt: code.endsAt?.toISOString() ?? null,
      last4: lastSymbols(code.text),
      sharedText: null,
      sealedText: sealed[at] ?? null,
    })),
  );
}

/** Takes the next indexes of a batch to hand out. @returns the first of them; undefined when too few are left. */
export async function takeIndexes(
  tx: Queryable,
  batchId: string,
  count: number,
): Promise<number | undefined> {
  const { rows } = await tx.query<{ first: number }>(
    `update code_batches set drawn = drawn + $2
     where batch_id = $1 and status = 'ready' and drawn + $2 <= size returning drawn - $2 as first`,
    [batchId, count],
  );
  return rows[0]?.first;
}

export interface SealedRow {
  index: number;
  state: string;
  uses: number;
  holder: string | null;
}

/** The rows of codes of a sealed batch within a range of indexes, `[from, to)`. */
export async function sealedRows(
  db: Queryable,
  { brandId, campaignId, batchId }: Pick<SealedBatchRecord, 'brandId' | 'campaignId' | 'batchId'>,
  from: number,
  to: number,
): Promise<SealedRow[]> {
  const { rows } = await db.query<SealedRow>(
    `select c.position as index, ${STATE} as state, c.uses, p.external_id as holder
     from codes c left join players p on p.player_id = c.holder_id
     where c.brand_id = $1 and c.campaign_id = $2 and c.batch_id = $3 and c.position >= $4 and c.position < $5`,
    [brandId, campaignId, batchId, from, to],
  );
  return rows;
}
