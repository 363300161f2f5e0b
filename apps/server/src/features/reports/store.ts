import type { Actor, Report, ReportFilters, ReportSchedule } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

/** A report as it is stored. */
export interface ReportRow {
  reportId: string;
  brandId: string;
  owner: Actor;
  name: string;
  kind: string;
  filters: ReportFilters;
  columns: string[] | null;
  shared: boolean;
  schedule: ReportSchedule | null;
  nextDueAt: Date | null;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
}

export const COLUMNS = `report_id as "reportId", brand_id as "brandId", owner, name, kind, filters, columns, shared, schedule,
  next_due_at as "nextDueAt", revision, created_at as "createdAt", updated_at as "updatedAt"`;

/** Who may change a report. */
export const keyOf = ({ kind, id }: Actor): string => `${kind}:${id}`;

export const viewOf = (row: ReportRow): Report => ({
  ...{ id: row.reportId, name: row.name, kind: row.kind, filters: row.filters, columns: row.columns },
  ...{ shared: row.shared, schedule: row.schedule, owner: row.owner, revision: row.revision },
  nextDueAt: row.nextDueAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
  updatedAt: row.updatedAt.toISOString(),
});

export type Written = Omit<ReportRow, 'revision' | 'createdAt' | 'updatedAt'>;

const valuesOf = (report: Written): unknown[] => [
  ...[
    report.reportId,
    report.brandId,
    report.name,
    report.kind,
    JSON.stringify(report.filters),
    report.columns,
  ],
  ...[report.shared, report.schedule && JSON.stringify(report.schedule), report.nextDueAt],
];

export async function insertReport(tx: Queryable, report: Written): Promise<ReportRow> {
  const { rows } = await tx.query<ReportRow>(
    `insert into reports (report_id, brand_id, name, kind, filters, columns, shared, schedule, next_due_at, owner, owner_key)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) returning ${COLUMNS}`,
    [...valuesOf(report), JSON.stringify(report.owner), keyOf(report.owner)],
  );
  return written(rows);
}

/** Whose row the caller holds. */
export async function updateReportRow(tx: Queryable, report: Written): Promise<ReportRow> {
  const { rows } = await tx.query<ReportRow>(
    `update reports set name = $3, kind = $4, filters = $5, columns = $6, shared = $7, schedule = $8, next_due_at = $9,
       revision = revision + 1, updated_at = now()
     where report_id = $1 and brand_id = $2 returning ${COLUMNS}`,
    valuesOf(report),
  );
  return written(rows);
}

function written(rows: readonly ReportRow[]): ReportRow {
  const [row] = rows;
  if (!row) throw new Error('a report was not written');
  return row;
}

/** With what is still to be sent of it, and what was. */
export async function deleteReportRow(tx: Queryable, reportId: string): Promise<void> {
  await tx.query('delete from report_mails where report_id = $1', [reportId]);
  await tx.query('delete from reports where report_id = $1', [reportId]);
}

export async function lockReport(
  tx: Queryable,
  brandId: string,
  reportId: string,
): Promise<ReportRow | undefined> {
  const { rows } = await tx.query<ReportRow>(
    `select ${COLUMNS} from reports where report_id = $1 and brand_id = $2 for update`,
    [reportId, brandId],
  );
  return rows[0];
}

/** One that the reader owns, or that is shared. */
export async function findReport(
  db: Queryable,
  brandId: string,
  reader: Actor,
  reportId: string,
): Promise<ReportRow | undefined> {
  const { rows } = await db.query<ReportRow>(
    `select ${COLUMNS} from reports where report_id = $1 and brand_id = $2 and (shared or owner_key = $3)`,
    [reportId, brandId, keyOf(reader)],
  );
  return rows[0];
}
