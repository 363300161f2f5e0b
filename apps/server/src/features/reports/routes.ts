import * as contract from '@promosmith/contract';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { KINDS, shownKind } from './kinds/index.ts';
import type { By, ReportService } from './service.ts';
import { listMailsOf, listReportsFor } from './views.ts';

const byOf = ({ caller: { brandId, actor, permissions }, requestId }: RequestContext): By => ({
  ...{ brandId, actor, permissions, requestId },
});

export function mountReportRoutes(http: HttpServer, db: Database, service: ReportService): void {
  http.mount(contract.listReportKinds, async (_, { caller: { permissions } }) =>
    reply(200, { items: KINDS.filter(({ permission }) => permissions.has(permission)).map(shownKind) }),
  );

  http.mount(contract.createReport, async ({ body }, context) => {
    const created = await service.create(byOf(context), body);
    return created.ok ? reply(201, created.value) : created;
  });

  http.mount(contract.listReports, async ({ query }, { caller: { brandId, actor } }) => {
    const page = await listReportsFor(db, brandId, actor, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(contract.getReport, async ({ params }, context) => {
    const report = await service.find(byOf(context), params.reportId);
    return report.ok ? reply(200, report.value) : report;
  });

  http.mount(contract.updateReport, async ({ params, body: { revision, ...input } }, context) => {
    const updated = await service.update(byOf(context), params.reportId, input, revision);
    return updated.ok ? reply(200, updated.value) : updated;
  });

  http.mount(contract.deleteReport, async ({ params }, context) => {
    const removed = await service.remove(byOf(context), params.reportId);
    return removed.ok ? reply(204, undefined) : removed;
  });

  http.mount(contract.getReportRows, async ({ params, query }, context) => {
    const page = await service.rows(byOf(context), params.reportId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(contract.exportReportCsv, async ({ params }, context) => {
    const file = await service.file(byOf(context), params.reportId, 'csv');
    return file.ok ? reply(200, file.value) : file;
  });

  http.mount(contract.exportReportXlsx, async ({ params }, context) => {
    const file = await service.file(byOf(context), params.reportId, 'xlsx');
    return file.ok ? reply(200, file.value) : file;
  });

  http.mount(contract.exportReportParquet, async ({ params }, context) => {
    const file = await service.file(byOf(context), params.reportId, 'parquet');
    return file.ok ? reply(200, file.value) : file;
  });

  http.mount(contract.listReportMails, async ({ params: { reportId }, query }, context) => {
    const report = await service.find(byOf(context), reportId);
    if (!report.ok) return report;
    const page = await listMailsOf(db, reportId, query);
    return page.ok ? reply(200, page.value) : page;
  });
}
