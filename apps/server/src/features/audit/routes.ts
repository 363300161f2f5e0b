import { listAuditEntries, verifyAudit } from '@promosmith/contract';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { AuditLog } from './service.ts';

export function mountAuditRoutes(http: HttpServer, log: AuditLog): void {
  http.mount(listAuditEntries, async ({ query }, { caller }) => {
    const page = await log.list(caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });
  http.mount(verifyAudit, async ({ query }, { caller }) => {
    const lines = log.verification(caller.brandId, query);
    return lines.ok ? reply(200, lines.value) : lines;
  });
}
