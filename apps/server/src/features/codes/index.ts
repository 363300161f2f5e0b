import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Brands } from '../brands/index.ts';
import { createExpiry } from './expiry.ts';
import { mountCodeRoutes } from './routes.ts';
import { type CodesService, createCodesService } from './service.ts';
import { deleteAbandonedParts } from './store/imports.ts';

export { type By, type CodeRecord, codeView } from './code.ts';
export { codeKey } from './code-key.ts';
export { codeCommands } from './commands.ts';
export { type CodeFormat, findFormats, looksLike } from './formats.ts';
export type { CodesService } from './service.ts';
export { findCode, findCodes } from './store/codes.ts';
export { type CodeTake, loadCampaignsOf, loadCodes, moveOnCodes, takeFromCodes } from './use.ts';

const EXPIRE_EVERY_MS = 1_000;
const SWEEP_EVERY_MS = 3_600_000;

/** Codes: made one by one, in batches or from files; handed out, disabled, raised, expired. */
export function createCodes(
  platform: Platform,
  others: { brands: Brands; approvals: Approvals; jobs: Jobs },
): CodesService {
  const { db, http, ticker } = platform;
  const codes = createCodesService(platform, others);
  mountCodeRoutes(http, db, codes);
  ticker.every('expire codes', EXPIRE_EVERY_MS, createExpiry(db));
  ticker.every('delete abandoned uploads', SWEEP_EVERY_MS, async () => {
    await deleteAbandonedParts(db);
    return false;
  });
  return codes;
}
