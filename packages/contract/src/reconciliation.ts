import { z } from 'zod';
import { Id } from './common.ts';
import { defineRoute } from './route.ts';

/** One row that breaks an invariant of the books. */
export const Difference = z.object({
  check: z.string().describe('The invariant, in words'),
  subject: z.string().describe('Id of the entry, grant, wallet, counter or activation it is about'),
  expected: z.string(),
  actual: z.string(),
});
export type Difference = z.infer<typeof Difference>;

/** What the job leaves as its `result`. */
export const ReconciliationResult = z.object({
  balanced: z.boolean(),
  differences: z.array(Difference).describe('At most twenty per check; empty when balanced'),
});
export type ReconciliationResult = z.infer<typeof ReconciliationResult>;

export const startReconciliation = defineRoute({
  id: 'startReconciliation',
  method: 'POST',
  path: '/v1/ledger/reconciliations',
  tag: 'Ledger',
  summary: 'Check that the books agree with everything that happened',
  description:
    'Compares the ledger, wallets, bonuses, limit counters, budgets and activations of the brand, as a background job: ' +
    'follow it at `/v1/jobs/{jobId}`. Its result is `balanced`, and the `differences` if it is not. Nothing is changed or ' +
    'held up. Once a day it happens by itself; differences then show in the log and the metrics as well.',
  access: { permission: 'ledger:read' },
  success: { 202: z.object({ jobId: Id }) },
});
