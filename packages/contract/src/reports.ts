import { z } from 'zod';
import { CalendarDate, Id, Instant, PlayerExternalId, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

/** What a column of a report holds. Money is minor units, with its currency in a column beside it. */
export const ReportUnit = z.enum(['text', 'id', 'count', 'minor_units', 'day', 'instant']);
export type ReportUnit = z.infer<typeof ReportUnit>;

export const ReportFilterName = z.enum(['campaignId', 'player']);
export type ReportFilterName = z.infer<typeof ReportFilterName>;

/** What reports can be of. */
export const ReportKind = z.object({
  kind: z.string(),
  title: z.string(),
  description: z.string(),
  permission: z.string().describe('That it takes to read one, besides `reports:write`'),
  columns: z.array(z.object({ name: z.string(), unit: ReportUnit, definition: z.string() })),
  filters: z.array(ReportFilterName).describe('What it can be filtered by, besides the period'),
});
export type ReportKind = z.infer<typeof ReportKind>;

/** Days of the brand’s clock. Those that are not named by date are counted from the day a report is made on. */
export const ReportPeriod = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('days'), from: CalendarDate, to: CalendarDate }),
  z
    .strictObject({ kind: z.literal('last_days'), days: z.int().min(1).max(400) })
    .describe('So many days that are over'),
  z.strictObject({ kind: z.literal('last_month') }).describe('The month before'),
]);
export type ReportPeriod = z.infer<typeof ReportPeriod>;

export const ReportFilters = z.strictObject({
  period: ReportPeriod,
  campaignId: Id.optional(),
  player: PlayerExternalId.optional().describe('The platform’s id of a player'),
});
export type ReportFilters = z.infer<typeof ReportFilters>;

export const ReportFormat = z.enum(['csv', 'xlsx', 'parquet']);
export type ReportFormat = z.infer<typeof ReportFormat>;

const when = { hour: z.int().min(0).max(23).describe('By the brand’s clock') };
const MOST_RECIPIENTS = 20;

/** When a report is sent by e-mail, and to whom. */
export const ReportSchedule = z.strictObject({
  every: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('day'), ...when }),
    z.strictObject({
      kind: z.literal('week'),
      weekday: z.int().min(1).max(7).describe('1 is Monday'),
      ...when,
    }),
    z.strictObject({
      kind: z.literal('month'),
      day: z.int().min(1).max(31).describe('The last one of a month that has fewer'),
      ...when,
    }),
  ]),
  format: ReportFormat,
  recipients: z
    .array(Id)
    .min(1)
    .max(MOST_RECIPIENTS)
    .describe('Members of staff of the brand, whose roles may read what the report is of'),
});
export type ReportSchedule = z.infer<typeof ReportSchedule>;

export const ReportInput = z.strictObject({
  name: z.string().trim().min(1).max(200),
  kind: z
    .string()
    .max(64)
    .describe('One of `GET /v1/report-kinds`; of another, whose permission one lacks, it is refused'),
  filters: ReportFilters,
  columns: z
    .array(z.string().max(64))
    .min(1)
    .max(100)
    .nullable()
    .default(null)
    .describe('null: all, in their order'),
  shared: z
    .boolean()
    .default(false)
    .describe('Whether others of the brand see it; only its owner changes it'),
  schedule: ReportSchedule.nullable().default(null),
});
export type ReportInput = z.infer<typeof ReportInput>;

/** A report that was saved. */
export const Report = ReportInput.extend({
  id: Id,
  owner: Actor,
  nextDueAt: Instant.nullable().describe('When it is sent next'),
  revision: z.int(),
  createdAt: Instant,
  updatedAt: Instant,
});
export type Report = z.infer<typeof Report>;

export const ReportCell = z.union([z.string(), z.number(), z.null()]);

export const ReportRows = z.object({
  columns: z.array(z.string()),
  rows: z.array(z.array(ReportCell)).describe('In the order of `columns`'),
  period: z.object({ from: CalendarDate, to: CalendarDate, timeZone: z.string() }),
  nextCursor: z.string().nullable(),
});
export type ReportRows = z.infer<typeof ReportRows>;

/** One e-mail of a report to one recipient. */
export const ReportMail = z.object({
  dueAt: Instant.describe('The time it was due at'),
  staffId: Id,
  status: z
    .enum(['waiting', 'sent', 'failed', 'dropped'])
    .describe(
      'waiting: not sent yet, or tried again; failed: given up; dropped: the recipient left the brand, or may not read any more what it is of',
    ),
  attempts: z.int(),
  lastError: z.string().nullable(),
  nextAttemptAt: Instant.nullable(),
  sentAt: Instant.nullable(),
});
export type ReportMail = z.infer<typeof ReportMail>;

const tag = 'Reports';
const access = { permission: 'reports:write' } as const;
const params = z.strictObject({ reportId: Id });
const one = { tag, access, params, problems: [404] } as const;

export const listReportKinds = defineRoute({
  id: 'listReportKinds',
  method: 'GET',
  path: '/v1/report-kinds',
  tag,
  summary: 'What reports can be of, with the definition of every column',
  description: 'Those kinds that the caller may read: each takes a permission of its own.',
  access,
  success: { 200: z.object({ items: z.array(ReportKind) }) },
});

export const createReport = defineRoute({
  id: 'createReport',
  method: 'POST',
  path: '/v1/reports',
  tag,
  summary: 'Save a report',
  access,
  body: ReportInput,
  success: { 201: Report },
});

export const listReports = defineRoute({
  id: 'listReports',
  method: 'GET',
  path: '/v1/reports',
  tag,
  summary: 'Reports of one’s own and those that are shared, newest first',
  access,
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(Report) },
});

export const getReport = defineRoute({
  ...one,
  id: 'getReport',
  method: 'GET',
  path: '/v1/reports/:reportId',
  summary: 'A saved report',
  success: { 200: Report },
});

export const updateReport = defineRoute({
  ...one,
  id: 'updateReport',
  method: 'PUT',
  path: '/v1/reports/:reportId',
  summary: 'Change a report of one’s own',
  description: 'All of it is replaced. A schedule that is changed is due next at its next time.',
  body: ReportInput.extend({
    revision: z.int().optional().describe('That the change was made on; another one in force is a conflict'),
  }),
  success: { 200: Report },
  problems: [404, 409],
});

export const deleteReport = defineRoute({
  ...one,
  id: 'deleteReport',
  method: 'DELETE',
  path: '/v1/reports/:reportId',
  summary: 'Delete a report of one’s own, with what is still to be sent of it',
  success: { 204: null },
});

export const getReportRows = defineRoute({
  ...one,
  id: 'getReportRows',
  method: 'GET',
  path: '/v1/reports/:reportId/rows',
  summary: 'The rows of a report, by pages',
  query: z.strictObject(pageQuery),
  success: { 200: ReportRows },
});

const exporting = {
  ...one,
  method: 'GET',
  description: 'As it is read it is written: as long as it may be.',
} as const;

export const exportReportCsv = defineRoute({
  ...exporting,
  id: 'exportReportCsv',
  path: '/v1/reports/:reportId/csv',
  summary: 'A report as CSV; cells that a spreadsheet would run as a formula begin with an apostrophe',
  success: { 200: 'text/csv; charset=utf-8' },
});

export const exportReportXlsx = defineRoute({
  ...exporting,
  id: 'exportReportXlsx',
  path: '/v1/reports/:reportId/xlsx',
  summary: 'A report as a workbook, as many sheets as it takes',
  success: { 200: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
});

export const exportReportParquet = defineRoute({
  ...exporting,
  id: 'exportReportParquet',
  path: '/v1/reports/:reportId/parquet',
  summary: 'A report as Parquet, for data tools',
  success: { 200: 'application/vnd.apache.parquet' },
});

export const listReportMails = defineRoute({
  ...one,
  id: 'listReportMails',
  method: 'GET',
  path: '/v1/reports/:reportId/mails',
  summary: 'What was sent of a report, and what became of it; the latest first',
  query: z.strictObject(pageQuery),
  success: { 200: pageOf(ReportMail) },
});
