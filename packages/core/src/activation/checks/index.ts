import type { Candidate, CheckRule } from '../candidate.ts';
import { isShared } from '../limits.ts';
import type { Check } from '../types.ts';
import { audienceRule, trafficSource } from './audience.ts';
import { budget, limitCheck, openBonus } from './limits.ts';
import {
  bonusBlock,
  country,
  currency,
  holder,
  identityChecked,
  jurisdiction,
  minimumAge,
  selfExclusion,
} from './player.ts';

export { CODE_KNOWN, CODE_UNKNOWN, codeChecks, rateLimit } from './code.ts';
export { assessRisk, riskCheck } from './risk.ts';

const BEFORE_LIMITS: readonly CheckRule[] = [
  currency,
  country,
  jurisdiction,
  selfExclusion,
  bonusBlock,
  minimumAge,
  identityChecked,
  audienceRule,
  trafficSource,
  holder,
];

/**
 * Runs every check of DOMAIN §2 steps 5–10 in their order, none skipped, so that the explanation is whole. Limits of
 * one player, device or household come before conflicts; what everybody shares comes last.
 */
export function candidateChecks(candidate: Candidate): Check[] {
  const { limits, progress } = candidate;
  const checks: Check[] = [];
  const run = (rule: CheckRule): void => {
    const check = rule(candidate);
    if (check) checks.push(check);
  };

  for (const rule of BEFORE_LIMITS) run(rule);
  for (const claim of limits) if (!isShared(claim.limit)) checks.push(limitCheck(claim, progress));
  run(openBonus);
  for (const claim of limits) if (isShared(claim.limit)) checks.push(limitCheck(claim, progress));
  run(budget);
  return checks;
}
