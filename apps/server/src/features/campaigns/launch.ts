import type { CampaignDefinition } from '@promosmith/contract';
import { type FieldError, ok, type Result, refuse } from '@promosmith/core';
import { type CampaignState, campaignLifecycle, move } from '@promosmith/core/lifecycle';
import type { Queryable } from '../../platform/db.ts';
import type { CampaignRecord } from './campaign.ts';
import type { Plan } from './change.ts';
import type { Policies } from './policies.ts';
import type { RewardChecks } from './reward-checks.ts';
import { phaseOf } from './store.ts';
import { policyFaults } from './validation/policy.ts';
import { runnableFaults } from './validation/runnable.ts';

/** A definition that may be saved, but not run as it stands. */
export const notReady = (faults: readonly FieldError[]) =>
  refuse('campaign_not_ready', first(faults), faults);

/** A definition that the law where it would run does not allow. */
export const forbidden = (faults: readonly FieldError[]) =>
  refuse('jurisdiction_forbidden', first(faults), faults);

/** The message of several faults. */
export const first = ([fault]: readonly FieldError[]): string => `${fault?.field}: ${fault?.reason}`;

/** What decides whether a campaign may run. */
export interface Judges {
  readonly checks: RewardChecks;
  readonly policies: Policies;
}

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

/**
 * Whether a definition may be run now: it may have been saved before a law came into force, or before the brand moved to
 * where it applies.
 */
export async function mayRun(
  tx: Queryable,
  { checks, policies }: Judges,
  brandId: string,
  definition: CampaignDefinition,
): Promise<Result<'before' | 'during' | 'after'>> {
  const { faults, phase } = await readiness(tx, checks, brandId, definition);
  if (faults.length > 0) return notReady(faults);
  const breaches = policyFaults(definition, await policies.groundOf(tx, brandId));
  return breaches.length > 0 ? forbidden(breaches) : ok(phase);
}

/** The state an approved campaign goes on to: active when its start has come, scheduled before. */
export async function launchOf(
  tx: Queryable,
  judges: Judges,
  { brandId, definition }: CampaignRecord,
): Promise<Result<CampaignState>> {
  const phase = await mayRun(tx, judges, brandId, definition);
  if (!phase.ok) return phase;
  const scheduled = move(campaignLifecycle, 'pending_approval', 'scheduled', ['approval']);
  if (!scheduled.ok || phase.value === 'before') return scheduled;
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
