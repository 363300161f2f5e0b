import { type Approval, type ApprovalThresholds, ApprovalThresholdsPatch } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { Brands } from '../brands/index.ts';
import type { Approvals, By } from './service.ts';

const KIND = 'approval_thresholds.change';

export interface Thresholds {
  read(brandId: string): Promise<ApprovalThresholds>;
  /** Asking for more approvals takes effect at once. Asking for fewer waits: else one person could switch the check off. */
  change(
    brandId: string,
    patch: ApprovalThresholdsPatch,
    by: By,
  ): Promise<Result<{ thresholds: ApprovalThresholds } | { approval: Approval }>>;
}

export function createThresholds(db: Database, brands: Brands, approvals: Approvals): Thresholds {
  approvals.register(KIND, {
    approved: (tx, { brandId, payload }, by) =>
      brands.changeApprovalThresholds(tx, brandId, ApprovalThresholdsPatch.parse(payload), by),
  });

  return {
    read: async (brandId) => (await brands.read(db, brandId)).settings.approvals,
    change: (brandId, patch, by) =>
      db.transaction(async (tx): ReturnType<Thresholds['change']> => {
        const { settings } = await brands.lock(tx, brandId);
        const after = { ...settings.approvals, ...patch };
        if (!isLooser(settings.approvals, after)) {
          const brand = await brands.changeApprovalThresholds(tx, brandId, patch, by);
          return brand.ok ? ok({ thresholds: brand.value.settings.approvals }) : brand;
        }
        const approval = await approvals.request(tx, {
          brandId,
          kind: KIND,
          subject: `brand/${brandId}`,
          payload: patch,
          summary: 'Ask for fewer approvals',
          requestedBy: by.actor,
          requestId: by.requestId,
        });
        return approval.ok ? ok({ approval: approval.value }) : approval;
      }),
  };
}

/** Whether anything that needs a second person now would not need one any more. */
export function isLooser(before: ApprovalThresholds, after: ApprovalThresholds): boolean {
  return (
    isHigher(before.bulkGeneration, after.bulkGeneration) ||
    (before.limitRaises === 'always' && after.limitRaises === 'never') ||
    isHigherSomewhere(before.campaignBudget, after.campaignBudget) ||
    isHigherSomewhere(before.manualGrant, after.manualGrant)
  );
}

/** Null asks for no approval at all, so it is above every number. */
const isHigher = (before: number | null, after: number | null): boolean =>
  before !== null && (after === null || after > before);

type ByCurrency = ApprovalThresholds['campaignBudget'];

function isHigherSomewhere(before: ByCurrency, after: ByCurrency): boolean {
  if (before === null || after === null) return before !== null && after === null;
  return Object.entries(after).some(([currency, amount]) => amount > (before[currency] ?? 0));
}
