import type { ApprovalThresholds, CampaignDefinition } from '@promosmith/contract';

/**
 * Why a definition may only come into force once a second person agrees; undefined when it needs none.
 * @param mayPublish whether who asks may publish at all.
 */
export function whySecondPerson(
  { budget }: Pick<CampaignDefinition, 'budget'>,
  { campaignBudget }: Pick<ApprovalThresholds, 'campaignBudget'>,
  mayPublish: boolean,
): string | undefined {
  if (!mayPublish) return 'Who asks may not publish.';
  if (campaignBudget === null) return undefined;
  if (budget === null) return 'The campaign has no budget.';
  const above = Object.entries(budget).filter(
    ([currency, amount]) => amount > (campaignBudget[currency] ?? 0),
  );
  if (above.length === 0) return undefined;
  const amounts = above.map(([currency, amount]) => `${amount} ${currency}`).join(', ');
  return `The budget is above the threshold: ${amounts}, in minor units.`;
}
