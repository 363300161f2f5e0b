import type { AuditEntry } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { earliestIdAt } from './id-time.ts';

export interface AuditFilter {
  actorId?: string;
  action?: string;
  targetKind?: string;
  targetId?: string;
  /** Inclusive, ISO 8601. */
  from?: string;
  /** Exclusive, ISO 8601. */
  to?: string;
  /** The last entry of the page before. */
  before?: string;
}

interface Row extends Omit<AuditEntry, 'at' | 'target' | 'hash'> {
  at: Date;
  targetKind: string;
  targetId: string;
  hash: Buffer | null;
}

/** An entry's id and its instant are taken one after the other; a change may also name an instant of its own. */
const SLACK_MS = 600_000;

export async function listEntries(
  db: Queryable,
  brandId: string,
  { actorId, action, targetKind, targetId, from, to, before }: AuditFilter,
  limit: number,
): Promise<AuditEntry[]> {
  const { rows } = await db.query<Row>(
    `select entry_id as "entryId", at, actor, action, target_kind as "targetKind", target_id as "targetId",
       before, after, reason, request_id as "requestId", position, hash
     from audit_log
     where brand_id = $1
       and ($2::text is null or actor ->> 'id' = $2)
       and ($3::text is null or action = $3)
       and ($4::text is null or target_kind = $4)
       and ($5::text is null or target_id = $5)
       and ($6::timestamptz is null or at >= $6)
       and ($7::timestamptz is null or at < $7)
       and ($8::uuid is null or entry_id >= $8)
       and ($9::uuid is null or entry_id < $9)
       and ($10::uuid is null or entry_id < $10)
     order by entry_id desc limit $11`,
    [
      brandId,
      actorId ?? null,
      action ?? null,
      targetKind ?? null,
      targetId ?? null,
      from ?? null,
      to ?? null,
      from === undefined ? null : earliestIdAt(Date.parse(from) - SLACK_MS),
      to === undefined ? null : earliestIdAt(Date.parse(to) + SLACK_MS),
      before ?? null,
      limit,
    ],
  );
  return rows.map(({ at, targetKind: kind, targetId: id, hash, ...entry }) => ({
    ...entry,
    at: at.toISOString(),
    target: { kind, id },
    hash: hash?.toString('hex') ?? null,
  }));
}
