import type { Audience } from '@promosmith/contract';
import { outcomeOfRule, type Problem, type Rule } from '@promosmith/core/rules';
import { barredBy, factsOf, type KnownPlayer } from '../../players/index.ts';

/** An audience with its rule compiled; no rule lets everybody pass. */
export interface CompiledAudience extends Audience {
  rule: Rule | undefined;
}

export interface Match {
  outcome: 'matching' | 'not_matching' | 'unknown' | 'barred';
  /** Names of facts that are missing; empty unless they decide. */
  missing: readonly string[];
}

const NOT_MATCHING: Match = { outcome: 'not_matching', missing: [] };
const MATCHING: Match = { outcome: 'matching', missing: [] };
const BARRED: Match = { outcome: 'barred', missing: [] };

/**
 * Whether a player would pass what a campaign asks of its players, as far as it is known before anybody tries.
 * @param today the calendar date in the brand's time zone, `YYYY-MM-DD`.
 */
export function matchOf(
  { markets, audience, rule }: CompiledAudience,
  player: KnownPlayer,
  now: Date,
  today: string,
): Match {
  if (barredBy(player) !== null) return BARRED;
  const facts = factsOf(player, now, today);
  const missing: string[] = [];

  /** @returns false when a fact speaks against the player. */
  const holds = <Fact>(
    fact: string,
    value: Fact | null,
    test: ((value: Fact) => boolean) | undefined,
  ): boolean => {
    if (!test) return true;
    if (value === null) missing.push(fact);
    return value === null || test(value);
  };
  const { countries, currencies } = markets;
  const { minAge, kycRequired } = audience;
  const passes =
    holds('player.country', facts.country, countries && ((country) => countries.includes(country))) &&
    holds('player.currency', facts.currency, currencies && ((currency) => currencies.includes(currency))) &&
    holds('player.age', facts.age, minAge === undefined ? undefined : (age) => age >= minAge) &&
    holds('player.kyc_status', facts.kyc_status, kycRequired ? (status) => status === 'verified' : undefined);
  if (!passes) return NOT_MATCHING;

  const problems: Problem[] = [];
  const outcome = rule ? outcomeOfRule(rule, { player: facts, now }, problems) : true;
  if (outcome === false) return NOT_MATCHING;
  if (outcome === 'unknown')
    missing.push(...problems.flatMap(({ kind, about }) => (kind === 'missing' ? [about] : [])));
  else if (missing.length === 0) return MATCHING;
  return { outcome: 'unknown', missing: [...new Set(missing)] };
}
