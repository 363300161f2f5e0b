import { type Actor, Id, Instant, type Report, type ReportMail } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { COLUMNS, keyOf, type ReportRow, viewOf } from './store.ts';

interface PageQuery {
  cursor?: string | undefined;
  limit: number;
}

/** Reports of the reader's own, and those that are shared. */
export async function listReportsFor(
  db: Queryable,
  brandId: string,
  reader: Actor,
  { cursor, limit }: PageQuery,
): Promise<Result<{ items: Report[]; nextCursor: string | null }>> {
  const after = decodeCursor(cursor, z.tuple([Id]));
  if (!after.ok) return after;
  const { rows } = await db.query<ReportRow>(
    `select ${COLUMNS} from reports
     where brand_id = $1 and (shared or owner_key = $2) and ($3::uuid is null or report_id < $3)
     order by report_id desc limit $4`,
    [brandId, keyOf(reader), after.value?.[0] ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, ({ reportId }) => [reportId], viewOf));
}

type MailRow = Omit<ReportMail, 'dueAt' | 'nextAttemptAt' | 'sentAt'> & {
  dueAt: Date;
  nextAttemptAt: Date | null;
  sentAt: Date | null;
};

export async function listMailsOf(
  db: Queryable,
  reportId: string,
  { cursor, limit }: PageQuery,
): Promise<Result<{ items: ReportMail[]; nextCursor: string | null }>> {
  const after = decodeCursor(cursor, z.tuple([Instant, Id]));
  if (!after.ok) return after;
  const { rows } = await db.query<MailRow>(
    `select due_at as "dueAt", staff_id as "staffId", status, attempts, last_error as "lastError",
       next_attempt_at as "nextAttemptAt", sent_at as "sentAt"
     from report_mails
     where report_id = $1 and ($2::timestamptz is null or (due_at, staff_id) < ($2, $3::uuid))
     order by due_at desc, staff_id desc limit $4`,
    [reportId, after.value?.[0] ?? null, after.value?.[1] ?? null, limit + 1],
  );
  return ok(
    toPage(
      rows,
      limit,
      ({ dueAt, staffId }) => [dueAt.toISOString(), staffId],
      (row) => ({
        ...row,
        dueAt: row.dueAt.toISOString(),
        nextAttemptAt: row.nextAttemptAt?.toISOString() ?? null,
        sentAt: row.sentAt?.toISOString() ?? null,
      }),
    ),
  );
}
