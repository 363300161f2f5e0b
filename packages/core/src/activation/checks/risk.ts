import { type Assessment, assess } from '../../risk/index.ts';
import type { Offer } from '../offer.ts';
import type { Attempt, Check, World } from '../types.ts';
import { verdict } from './verdict.ts';

/** DOMAIN §2 step 11, §6. Null when the campaign counts no indicator. */
export function assessRisk({ risk, riskPolicy }: World, attempt: Attempt, offer: Offer): Assessment | null {
  const known = risk.get(attempt.activationId);
  return known && offer.indicators.size > 0 ? assess(known, riskPolicy, offer.indicators) : null;
}

/**
 * Keeps all that was found, also what counts nothing today: other weights are tried on it later. What is to be looked at
 * by a person passes.
 */
export function riskCheck({ score, band, policy, findings, listed }: Assessment): Check {
  const said = { score, band, policy, findings, ...(listed && { listed }) };
  const saw = findings.length > 0 || listed ? said : undefined;
  return verdict('risk', band !== 'decline', 'risk_declined', saw);
}
