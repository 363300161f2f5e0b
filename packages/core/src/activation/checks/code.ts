import type { Progress } from '../progress.ts';
import type { RefusalKey } from '../refusal-keys.ts';
import type { Attempt, Check, CodeState, Millis } from '../types.ts';
import { iso, verdict } from './verdict.ts';

const NOT_LOCKED_OUT: Check = { check: 'rate_limit', ok: true };

/**
 * DOMAIN §2 step 1: too many unknown codes, by the player or from the address. How long the guess that was one too
 * many locks its guesser out is settled when it is written; the attempts that follow it in the batch only wait.
 */
export function rateLimit(now: Millis, { guessers }: Attempt, progress: Progress): Check {
  let until = now;
  let spent: Check | null = null;
  for (const { key, allowed } of guessers) {
    until = Math.max(until, progress.lockedUntil(key) ?? now);
    const misses = progress.misses(key);
    if (misses >= allowed) spent ??= verdict('rate_limit', false, 'rate_limited', misses, `below ${allowed}`);
  }
  if (until > now) return verdict('rate_limit', false, 'rate_limited', iso(now), iso(until));
  return spent ?? NOT_LOCKED_OUT;
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
