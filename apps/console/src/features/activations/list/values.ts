import type { Answer } from '../../../api/index.ts';

type Activation = Answer<'getActivation'>;

export const OUTCOMES: readonly Activation['outcome'][] = [
  'accepted',
  'awaiting_deposit',
  'in_review',
  'refused',
  'lapsed',
  'reversed',
];

/** In the order of the decision. */
export const REFUSAL_KEYS: readonly string[] = [
  ...['rate_limited', 'code_not_found', 'code_disabled', 'code_not_active_yet', 'code_expired'],
  ...['campaign_not_active', 'campaign_not_active_now', 'country_not_eligible', 'currency_not_eligible'],
  ...['jurisdiction_forbidden', 'self_excluded', 'bonus_blocked', 'kyc_required', 'audience_rules_violated'],
  ...['holder_mismatch', 'player_quantity_exceeded', 'device_quantity_exceeded'],
  ...['household_quantity_exceeded', 'period_quantity_exceeded', 'conflicting_bonus', 'quantity_exceeded'],
  ...['campaign_quantity_exceeded', 'budget_exceeded', 'risk_declined'],
];
