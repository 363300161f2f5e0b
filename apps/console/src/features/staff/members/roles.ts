import type { Role } from '@promosmith/contract';

/** From the one who may everything to the one who looks. */
export const ROLE_NAMES = [
  'owner',
  'administrator',
  'marketing',
  'fraud_analyst',
  'support',
  'data_analyst',
] as const satisfies readonly Role[];
