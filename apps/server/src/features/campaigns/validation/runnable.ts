import type { CampaignDefinition } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';

/**
 * Why a definition that may be saved may not be run yet. Empty when it may.
 * @param phase where now stands in its schedule, by the database's clock.
 */
export function runnableFaults(
  definition: CampaignDefinition,
  phase: 'before' | 'during' | 'after',
): FieldError[] {
  const faults: FieldError[] = [];
  if (phase === 'after')
    faults.push({ field: 'schedule.endsAt', reason: 'has passed', fix: 'an end that is still to come' });
  if (!definition.budget && definition.limits.length === 0)
    faults.push({
      field: 'limits',
      reason: 'without a limit and without a budget, one player could use the campaign without end',
      fix: 'set a budget or at least one limit, such as {"scope":"player","max":1}',
    });
  if (definition.traffic?.required && !namesSource(definition.traffic))
    faults.push({
      field: 'traffic',
      reason: 'is required but names no source, so every player would be refused',
      fix: 'name a UTM value or an affiliate',
    });
  return faults;
}

function namesSource({ required: _, ...source }: NonNullable<CampaignDefinition['traffic']>): boolean {
  return Object.values(source).some((value) => value !== undefined);
}
