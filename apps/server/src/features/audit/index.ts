import type { Platform } from '../../platform/platform.ts';
import { mountAuditRoutes } from './routes.ts';
import { createAuditLog } from './service.ts';

export { type ChainProblem, type Verdict, verifyChains } from './verify.ts';

/** Reading the audit log, and verifying the hash chains of the audit log and the published events. */
export function createAudit({ db, http }: Platform): void {
  mountAuditRoutes(http, createAuditLog(db));
}
