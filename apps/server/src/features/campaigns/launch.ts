import type { CampaignDefinition } from '@promosmith/contract';
import { type FieldError, type Result, refuse } from '@promosmith/core';
import { type CampaignState, campaignLifecycle, move } from '@promosmith/core/lifecycle';
import type { Queryable } from '../../platform/db.ts';
import type { CampaignRecord } from './campaign.ts';
import type { Plan } from './change.ts';
import type { RewardChecks } from './reward-checks.ts';
import { phaseOf } from './store.ts';
import { runnableFaults } from './validation/runnable.ts';

/** A definition that may be saved, but not run as it stands. */
export const notReady = (faults: readonly FieldError[]) =>
  refuse('campaign_not_ready', `${faults[0]?.field}: ${faults[0]?.reason}`, faults);

/** Why a definition that may be saved may not be run yet, and where now stands in its schedule. */
export async function readiness(
  tx: Queryable,
  checks: RewardChecks,
  brandId: string,
  definition: CampaignDefinition,
): Promise<{ faults: FieldError[]; phase: 'before' | 'during' | 'after' }> {
  const phase = await phaseOf(tx, definition.schedule);
  const missing = await checks.runnable(tx, brandId, definition.rewards);
  return { faults: [...runnableFaults(definition, phase), ...missing], phase };
}

/** The state an approved campaign goes on to: active when its start has come, scheduled before. */
export async function launchOf(
  tx: Queryable,
  checks: RewardChecks,
  { brandId, definition }: CampaignRecord,
): Promise<Result<CampaignState>> {
  const { faults, phase } = await readiness(tx, checks, brandId, definition);
  if (faults.length > 0) return notReady(faults);
  const scheduled = move(campaignLifecycle, 'pending_approval', 'scheduled', ['approval']);
  if (!scheduled.ok || phase === 'before') return scheduled;
  return move(campaignLifecycle, scheduled.value, 'active');
}

/** The event that tells of a campaign's new state. */
export const announced = (status: CampaignState) =>
  status === 'active' ? (['campaign.activated'] as const) : [];

/** What is left when a request was rejected or taken back: a submitted draft is a draft again, an edit is dropped. */
export const refused = ({ status }: CampaignRecord): Plan['change'] => ({
  approvalId: null,
  pendingVersion: null,
  ...(status === 'pending_approval' ? { status: 'draft' } : {}),
});
