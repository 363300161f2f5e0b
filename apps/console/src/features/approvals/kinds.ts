import type { ApprovalStatus } from '@promosmith/contract';

/** What a second person is asked about. */
export const KINDS = [
  'campaign.publish',
  'campaign.edit',
  'campaign.extend',
  'codes.generate',
  'codes.import',
  'code.raise_limit',
  'grant.issue',
  'case.take_back',
  'code.take_back',
  'approval_thresholds.change',
] as const;

export const STATUSES: readonly ApprovalStatus[] = ['pending', 'approved', 'rejected', 'withdrawn', 'failed'];
