import type { Queryable } from '../../../platform/db.ts';
import { COLUMNS, type ReportRow } from '../store.ts';

/** Longer than a mail takes, so that one of a process that died is taken up by another. */
const LEASE_SECONDS = 600;

export type DueReport = ReportRow & { now: Date };

/** Holds some of the reports that are due; none that another process holds. */
export async function lockDue(tx: Queryable, most: number): Promise<DueReport[]> {
  const { rows } = await tx.query<DueReport>(
    `select ${COLUMNS}, now() as now from reports
     where next_due_at <= now() order by next_due_at limit $1 for update skip locked`,
    [most],
  );
  return rows;
}

export async function moveOn(tx: Queryable, reportId: string, nextDueAt: Date | null): Promise<void> {
  await tx.query('update reports set next_due_at = $2 where report_id = $1', [reportId, nextDueAt]);
}

export async function insertMails(
  tx: Queryable,
  { reportId, brandId, dueAt }: { reportId: string; brandId: string; dueAt: Date },
  mails: readonly { staffId: string; mailId: string }[],
): Promise<void> {
  await tx.query(
    `insert into report_mails (report_id, due_at, staff_id, brand_id, mail_id)
     select $1, $2, t.staff_id, $3, t.mail_id from unnest($4::uuid[], $5::uuid[]) t (staff_id, mail_id)
     on conflict do nothing`,
    [reportId, dueAt, brandId, mails.map(({ staffId }) => staffId), mails.map(({ mailId }) => mailId)],
  );
}

/** A mail in the hands of this process. */
export interface ClaimedMail {
  reportId: string;
  dueAt: Date;
  staffId: string;
  brandId: string;
  mailId: string;
  attempts: number;
}

/** Takes the mail that has waited longest. */
export async function claimMail(db: Queryable): Promise<ClaimedMail | undefined> {
  const { rows } = await db.query<ClaimedMail>(
    `update report_mails m set attempts = attempts + 1, next_attempt_at = now() + make_interval(secs => $1)
     from (select report_id, due_at, staff_id from report_mails
           where status = 'waiting' and next_attempt_at <= now()
           order by next_attempt_at limit 1 for update skip locked) next
     where m.report_id = next.report_id and m.due_at = next.due_at and m.staff_id = next.staff_id
     returning m.report_id as "reportId", m.due_at as "dueAt", m.staff_id as "staffId", m.brand_id as "brandId",
       m.mail_id as "mailId", m.attempts`,
    [LEASE_SECONDS],
  );
  return rows[0];
}

/** How a mail came off. @param retryInMs null when it is not tried again. */
export type Ended =
  | { status: 'sent' }
  | { status: 'dropped' }
  | { status: 'failed' | 'waiting'; error: string; retryInMs: number | null };

/** Writes nothing when another process has taken it over meanwhile. */
export async function endMail(db: Queryable, mail: ClaimedMail, ended: Ended): Promise<void> {
  const { error = null, retryInMs = null } = 'error' in ended ? ended : {};
  await db.query(
    `update report_mails set status = $5::text, last_error = coalesce($6, last_error),
       next_attempt_at = now() + make_interval(secs => $7::double precision / 1000),
       sent_at = case when $5::text = 'sent' then now() end
     where report_id = $1 and due_at = $2 and staff_id = $3 and attempts = $4 and status = 'waiting'`,
    [mail.reportId, mail.dueAt, mail.staffId, mail.attempts, ended.status, error, retryInMs],
  );
}

export async function findForMail(db: Queryable, reportId: string): Promise<ReportRow | undefined> {
  const { rows } = await db.query<ReportRow>(`select ${COLUMNS} from reports where report_id = $1`, [
    reportId,
  ]);
  return rows[0];
}
