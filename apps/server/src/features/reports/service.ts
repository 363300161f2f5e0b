import type { Readable } from 'node:stream';
import {
  type Actor,
  CalendarDate,
  type Permission,
  type Report,
  type ReportFormat,
  type ReportInput,
  type ReportRows,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { decodeCursor, encodeCursor } from '../../platform/http/cursor.ts';
import { newId } from '../../platform/ids.ts';
import type { Brands } from '../brands/index.ts';
import { FILES } from './files/index.ts';
import { admitTo, isStored } from './kinds/index.ts';
import type { Sources } from './kinds/kind.ts';
import { readPage, readRows } from './read.ts';
import { nextDue } from './schedule/next.ts';
import { selectionOf } from './selection.ts';
import {
  deleteReportRow,
  findReport,
  insertReport,
  keyOf,
  lockReport,
  type ReportRow,
  updateReportRow,
  viewOf,
  type Written,
} from './store.ts';
import { faultsOf } from './validation.ts';

export interface By {
  brandId: string;
  actor: Actor;
  /** What they may do: a report of what one may not read is refused, whoever saved it. */
  permissions: ReadonlySet<Permission>;
  requestId: string;
}

export interface ReportService {
  create(by: By, input: ReportInput): Promise<Result<Report>>;
  /** One's own, or one that is shared. */
  find(by: By, reportId: string): Promise<Result<Report>>;
  /** Only of one's own. @param revision that the change was made on. */
  update(by: By, reportId: string, input: ReportInput, revision: number | undefined): Promise<Result<Report>>;
  remove(by: By, reportId: string): Promise<Result<undefined>>;
  rows(
    by: By,
    reportId: string,
    page: { cursor?: string | undefined; limit: number },
  ): Promise<Result<ReportRows>>;
  file(by: By, reportId: string, format: ReportFormat): Promise<Result<Readable>>;
}

const noSuchReport = refuse('not_found', 'There is no such report.');
const ofSomebodyElse = refuse('forbidden', 'The report is somebody else’s: save one of your own.');

export function createReportService(db: Database, brands: Brands, sources: Sources): ReportService {
  const reading = { db, sources };

  async function writtenOf(
    tx: Queryable,
    { brandId, actor, permissions }: By,
    reportId: string,
    { name, kind, filters, columns, shared, schedule }: ReportInput,
  ): Promise<Result<Written>> {
    const faults = await faultsOf(tx, brandId, { name, kind, filters, columns, shared, schedule });
    if (faults[0]) return refuse('invalid_request', `${faults[0].field}: ${faults[0].reason}`, faults);
    const admitted = admitTo(kind, permissions);
    if (!admitted.ok) return admitted;
    const { timeZone } = await brands.read(tx, brandId);
    const nextDueAt = schedule && nextDue(schedule.every, timeZone, await databaseNow(tx));
    return ok({
      ...{ reportId, brandId, owner: actor, name, kind, filters, columns, shared, schedule, nextDueAt },
    });
  }

  /** One's own or one that is shared, of what the reader may see. */
  async function readable({ brandId, actor, permissions }: By, reportId: string): Promise<Result<ReportRow>> {
    const report = await findReport(db, brandId, actor, reportId);
    if (!report) return noSuchReport;
    const admitted = admitTo(report.kind, permissions);
    return admitted.ok ? ok(report) : admitted;
  }

  const record = (tx: Queryable, { brandId, actor, requestId }: By, action: string, report: ReportRow) =>
    audit(tx, {
      ...{ brandId, actor, requestId, action: `report.${action}`, targetKind: 'report' },
      ...{ targetId: report.reportId, after: viewOf(report) },
    });

  /** Whoever may not even see it is told that there is none. */
  async function own(tx: Queryable, { brandId, actor }: By, reportId: string): Promise<Result<ReportRow>> {
    const report = await lockReport(tx, brandId, reportId);
    if (!report) return noSuchReport;
    if (keyOf(report.owner) === keyOf(actor)) return ok(report);
    return report.shared ? ofSomebodyElse : noSuchReport;
  }

  return {
    async find({ brandId, actor }, reportId) {
      const report = await findReport(db, brandId, actor, reportId);
      return report ? ok(viewOf(report)) : noSuchReport;
    },

    create: (by, input) =>
      db.transaction(async (tx) => {
        const written = await writtenOf(tx, by, newId(), input);
        if (!written.ok) return written;
        const report = await insertReport(tx, written.value);
        await record(tx, by, 'created', report);
        return ok(viewOf(report));
      }),

    update: (by, reportId, input, revision) =>
      db.transaction(async (tx) => {
        const before = await own(tx, by, reportId);
        if (!before.ok) return before;
        if (revision !== undefined && revision !== before.value.revision)
          return refuse('revision_conflict', 'The report was changed in the meantime: load it again.');
        const written = await writtenOf(tx, by, reportId, input);
        if (!written.ok) return written;
        const report = await updateReportRow(tx, written.value);
        await record(tx, by, 'changed', report);
        return ok(viewOf(report));
      }),

    remove: (by, reportId) =>
      db.transaction(async (tx) => {
        const report = await own(tx, by, reportId);
        if (!report.ok) return report;
        await deleteReportRow(tx, reportId);
        await record(tx, by, 'deleted', report.value);
        return ok(undefined);
      }),

    async rows(by, reportId, { cursor, limit }) {
      const report = await readable(by, reportId);
      if (!report.ok) return report;
      const { timeZone } = await brands.get(by.brandId);
      const selection = selectionOf(report.value, timeZone, await databaseNow(db));
      const after = decodeCursor(
        cursor,
        shapeOf(isStored(selection.kind) ? selection.kind.key : COUNTED_KEY),
      );
      if (!after.ok) return after;
      const { rows, next } = await readPage(reading, selection, after.value ?? null, limit);
      const { fromDay: from, toDay: to } = selection.scope;
      return ok({
        columns: selection.columns.map(({ name }) => name),
        rows: rows.map((row) => row.map((cell) => (cell instanceof Date ? cell.toISOString() : cell))),
        period: { from, to, timeZone },
        nextCursor: next && encodeCursor(next),
      });
    },

    async file(by, reportId, format) {
      const report = await readable(by, reportId);
      if (!report.ok) return report;
      const { timeZone } = await brands.get(by.brandId);
      const selection = selectionOf(report.value, timeZone, await databaseNow(db));
      await record(db, by, 'exported', report.value);
      return ok(FILES[format].write(selection.columns, readRows(reading, selection)));
    },
  };
}

/** Longer than what any row is ordered by: keys of refusals, currencies. */
const LONGEST_TEXT = 1_000;

/** What PostgreSQL reads as such: neither a year 0 nor a NUL. */
const PART = {
  uuid: z.uuid(),
  date: CalendarDate,
  text: z
    .string()
    .max(LONGEST_TEXT)
    .refine((text) => !text.includes('\0')),
};

const COUNTED_KEY = [{ type: 'text' }] as const;

/** What a cursor of rows in this order holds. */
const shapeOf = (key: readonly { type: keyof typeof PART }[]) =>
  z
    .array(z.string())
    .refine(
      (parts) =>
        parts.length === key.length && key.every(({ type }, n) => PART[type].safeParse(parts[n]).success),
    );

export async function databaseNow(db: Queryable): Promise<Date> {
  const { rows } = await db.query<{ now: Date }>('select now()');
  return rows[0]?.now ?? new Date(Number.NaN);
}
