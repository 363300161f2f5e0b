import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Staff } from '../staff/index.ts';
import { mountApprovalRoutes } from './routes.ts';
import { type Approvals, createApprovalService } from './service.ts';
import { createThresholds } from './thresholds.ts';

export type { ApprovalKind, ApprovalRequest, Approvals, By } from './service.ts';
export type { ApprovalRecord } from './store.ts';

/**
 * Four-eyes approval (DOMAIN §7): a change waits until a second person agrees, and is then carried out in the
 * transaction of the decision. What waits is decided by `ApprovalThresholds` of the brand's settings.
 */
export function createApprovals({ db, http }: Platform, brands: Brands, staff: Staff): Approvals {
  const { desk, ...approvals } = createApprovalService(db, staff);
  mountApprovalRoutes(http, desk, createThresholds(db, brands, approvals));
  return approvals;
}
