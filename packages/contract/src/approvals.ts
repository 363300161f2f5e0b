import { z } from 'zod';
import { ApprovalThresholds } from './brands.ts';
import { Id, Instant, pageOf, pageQuery } from './common.ts';
import { Actor } from './events.ts';
import { defineRoute } from './route.ts';

export const ApprovalStatus = z
  .enum(['pending', 'approved', 'rejected', 'withdrawn', 'failed'])
  .describe('`failed`: approved, but it could no longer be carried out');
export type ApprovalStatus = z.infer<typeof ApprovalStatus>;

export const Approval = z.object({
  approvalId: Id,
  kind: z.string().describe('What is asked for, such as `campaign.publish`'),
  subject: z.string().describe('What it is about: `campaign/…`, `batch/…`'),
  summary: z.string().describe('One line for whoever decides'),
  payload: z.unknown().describe('The change itself'),
  reason: z.string().nullable(),
  status: ApprovalStatus,
  requestedBy: Actor,
  decidedBy: Actor.nullable(),
  decisionReason: z.string().nullable(),
  failure: z.object({ key: z.string(), message: z.string() }).nullable(),
  createdAt: Instant,
  decidedAt: Instant.nullable(),
});
export type Approval = z.infer<typeof Approval>;

const approvalPath = { params: z.object({ approvalId: Id }), tag: 'Approvals', problems: [404] } as const;
const decision = {
  ...approvalPath,
  access: { permission: 'approvals:decide' },
  success: { 200: Approval },
  problems: [404, 409],
} as const;
const Reason = z.string().trim().min(1).max(500);

export const listApprovals = defineRoute({
  id: 'listApprovals',
  method: 'GET',
  path: '/v1/approvals',
  tag: 'Approvals',
  summary: 'Requests for a second pair of eyes, newest first',
  access: { permission: 'approvals:read' },
  query: z.strictObject({
    ...pageQuery,
    status: ApprovalStatus.optional(),
    kind: z.string().max(64).optional(),
    subject: z.string().max(128).optional(),
  }),
  success: { 200: pageOf(Approval) },
});

export const getApproval = defineRoute({
  ...approvalPath,
  id: 'getApproval',
  method: 'GET',
  path: '/v1/approvals/:approvalId',
  summary: 'One request',
  access: { permission: 'approvals:read' },
  success: { 200: Approval },
});

export const approveRequest = defineRoute({
  ...decision,
  id: 'approveRequest',
  method: 'POST',
  path: '/v1/approvals/:approvalId/approve',
  summary: 'Approve: it is carried out at once',
  description:
    'Never by whoever asked, nor through an API key of theirs. What can no longer be carried out is answered as `failed`.',
  body: z.strictObject({ reason: Reason.optional() }),
});

export const rejectRequest = defineRoute({
  ...decision,
  id: 'rejectRequest',
  method: 'POST',
  path: '/v1/approvals/:approvalId/reject',
  summary: 'Reject',
  description: 'Never by whoever asked: they withdraw.',
  body: z.strictObject({ reason: Reason }),
});

export const withdrawRequest = defineRoute({
  ...approvalPath,
  id: 'withdrawRequest',
  method: 'POST',
  path: '/v1/approvals/:approvalId/withdraw',
  summary: 'Withdraw your own request',
  access: { permission: 'approvals:read' },
  body: z.strictObject({ reason: Reason.optional() }),
  success: { 200: Approval },
  problems: [404, 409],
});

export const getApprovalThresholds = defineRoute({
  id: 'getApprovalThresholds',
  method: 'GET',
  path: '/v1/approvals/thresholds',
  tag: 'Approvals',
  summary: 'What needs a second person',
  description: 'The brand’s `settings.approvals`, as they are in force.',
  access: { permission: 'brands:read' },
  success: { 200: ApprovalThresholds },
});

/** The thresholds to change; the others stay. */
export const ApprovalThresholdsPatch = z.strictObject({
  campaignBudget: ApprovalThresholds.shape.campaignBudget.unwrap().optional(),
  bulkGeneration: ApprovalThresholds.shape.bulkGeneration.unwrap().optional(),
  limitRaises: ApprovalThresholds.shape.limitRaises.unwrap().optional(),
  manualGrant: ApprovalThresholds.shape.manualGrant.unwrap().optional(),
});
export type ApprovalThresholdsPatch = z.infer<typeof ApprovalThresholdsPatch>;

export const changeApprovalThresholds = defineRoute({
  id: 'changeApprovalThresholds',
  method: 'PATCH',
  path: '/v1/approvals/thresholds',
  tag: 'Approvals',
  summary: 'Change what needs a second person',
  description:
    'Asking for more approvals takes effect at once (200); asking for fewer waits for a second person itself (202).',
  access: { permission: 'brands:write' },
  body: ApprovalThresholdsPatch,
  success: { 200: ApprovalThresholds, 202: Approval },
  problems: [409],
});
