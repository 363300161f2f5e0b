import {
  ATTENTION_KINDS,
  type AttentionItem,
  type AttentionKind,
  type Permission,
} from '@promosmith/contract';
import type { Database } from '../../platform/db.ts';
import type { Caller } from '../../platform/http/context.ts';
import { findStuckEnrolments } from '../journeys/index.ts';
import type { Staff } from '../staff/index.ts';
import * as views from './views.ts';

/** Whoever may do something about it is told of it. */
const WHO: Readonly<Record<AttentionKind, Permission>> = {
  approvals: 'approvals:decide',
  code_alarms: 'cases:decide',
  guess_wave: 'cases:decide',
  cases_waiting: 'cases:decide',
  reconciliation: 'ledger:adjust',
  deliveries_failed: 'bonuses:change',
  adjustments_open: 'ledger:adjust',
  enrolments_stuck: 'journeys:write',
  webhooks_failing: 'webhooks:write',
  jobs_failed: 'jobs:cancel',
  budgets_nearly_used: 'campaigns:write',
};

const MOST = 99;
const MOST_IDS = 5;

/** @returns what tells what waits for a caller, in bounded work. */
export function createAttention(db: Database, staff: Pick<Staff, 'principalOf'>) {
  const find: Record<AttentionKind, (caller: Caller) => Promise<views.Waiting[]>> = {
    approvals: async ({ brandId, actor }) =>
      views.approvals(db, brandId, await staff.principalOf(db, actor), MOST + 1),
    code_alarms: ({ brandId }) => views.codeAlarms(db, brandId, MOST + 1),
    guess_wave: ({ brandId }) => views.guessWaves(db, brandId, MOST + 1),
    cases_waiting: ({ brandId }) => views.waitingCases(db, brandId, MOST + 1),
    reconciliation: ({ brandId }) => views.reconciliation(db, brandId),
    deliveries_failed: ({ brandId }) => views.failedDeliveries(db, brandId, MOST + 1),
    adjustments_open: ({ brandId }) => views.openAdjustments(db, brandId, MOST + 1),
    enrolments_stuck: ({ brandId }) => findStuckEnrolments(db, brandId, MOST + 1),
    webhooks_failing: ({ brandId }) => views.failingWebhooks(db, brandId, MOST + 1),
    jobs_failed: ({ brandId }) => views.failedJobs(db, brandId, MOST + 1),
    budgets_nearly_used: ({ brandId }) => views.budgetsNearlyUsed(db, brandId),
  };

  return async (caller: Caller): Promise<AttentionItem[]> => {
    const items: AttentionItem[] = [];
    // One after another: a screen that everybody opens must not take the pool's connections.
    for (const kind of ATTENTION_KINDS) {
      if (!caller.permissions.has(WHO[kind])) continue;
      const waiting = await find[kind](caller);
      if (waiting.length > 0) items.push(itemOf(kind, waiting));
    }
    return items;
  };
}

function itemOf(kind: AttentionKind, waiting: readonly views.Waiting[]): AttentionItem {
  const times = waiting.slice(0, MOST).flatMap(({ since }) => (since ? [since.getTime()] : []));
  return {
    kind,
    count: Math.min(waiting.length, MOST),
    more: waiting.length > MOST,
    since: times.length === 0 ? null : new Date(Math.min(...times)).toISOString(),
    ids: [...new Set(waiting.map(({ id }) => id))].slice(0, MOST_IDS),
  };
}
