import type { RefusalKey } from '../refusal-keys.ts';
import type { Attempt, Check, CodeState, Millis, World } from '../types.ts';
import { iso, verdict } from './verdict.ts';

const NOT_LOCKED_OUT: Check = { check: 'rate_limit', ok: true };

/** DOMAIN §2 step 1: too many unknown codes, by the player or from the address. */
export function rateLimit({ lockouts, now }: World, { playerId, entry }: Attempt): Check {
  if (lockouts.size === 0) return NOT_LOCKED_OUT;
  const ofAddress = entry.ip === undefined ? 0 : (lockouts.get(entry.ip) ?? 0);
  const until = Math.max(lockouts.get(playerId) ?? 0, ofAddress);
  return until > now ? verdict('rate_limit', false, 'rate_limited', iso(now), iso(until)) : NOT_LOCKED_OUT;
}

/** DOMAIN §2 step 2. */
export const CODE_KNOWN: Check = { check: 'code.known', ok: true };
export const CODE_UNKNOWN: Check = { check: 'code.known', ok: false, key: 'code_not_found' };

const STATE_REFUSAL: Readonly<Record<Exclude<CodeState['state'], 'active'>, RefusalKey>> = {
  generated: 'code_not_active_yet',
  expired: 'code_expired',
  disabled: 'code_disabled',
};

/** DOMAIN §2 step 3: state and window of the code, the same for whoever uses it. */
export function codeChecks({ state, startsAt, endsAt }: CodeState, now: Millis): Check[] {
  const checks = [codeState(state)];
  if (startsAt !== null)
    checks.push(verdict('code.starts_at', now >= startsAt, 'code_not_active_yet', iso(now), iso(startsAt)));
  if (endsAt !== null)
    checks.push(verdict('code.ends_at', now < endsAt, 'code_expired', iso(now), iso(endsAt)));
  return checks;
}

const codeState = (state: CodeState['state']): Check =>
  state === 'active'
    ? { check: 'code.state', ok: true, saw: state }
    : verdict('code.state', false, STATE_REFUSAL[state], state, 'active');
