import { POLICY_PACKS } from './packs/index.ts';
import { faultsUnder } from './requirements.ts';
import { type Breach, JURISDICTIONS, type Jurisdiction, type Offer, type PolicyRule } from './types.ts';

/**
 * Where an offer breaks the rules of any jurisdiction, at any time: worked out once for terms that never change, so
 * that deciding only has to look at who asks and when.
 */
export const breachesOf = (offer: Offer): Breach[] =>
  Object.values(POLICY_PACKS).flatMap(({ jurisdiction, rules }) =>
    rules.flatMap((rule) => faultsUnder(rule, offer).map((fault) => ({ jurisdiction, rule, ...fault }))),
  );

/** @param at milliseconds since the epoch. */
export const inForce = ({ from, until }: PolicyRule, at: number): boolean =>
  (from === null || at >= Date.parse(from)) && (until === null || at < Date.parse(until));

/**
 * Whose rules apply: those of the brand's licence, and those of the country where the player is, if it has some of its
 * own. A player's country adds rules and never takes any away.
 */
export function jurisdictionsOf(brand: Jurisdiction, country: string | null): readonly Jurisdiction[] {
  const players = country !== null && country !== brand && ofCountry(country);
  return players ? [brand, players] : [brand];
}

const ofCountry = (country: string): Jurisdiction | undefined =>
  JURISDICTIONS.find((jurisdiction) => jurisdiction === country);

/** What forbids the offer there at that instant. */
export const forbiddenBy = (
  breaches: readonly Breach[],
  jurisdictions: readonly Jurisdiction[],
  at: number,
): Breach[] =>
  breaches.filter(
    ({ jurisdiction, rule }) =>
      rule.severity === 'forbid' && jurisdictions.includes(jurisdiction) && inForce(rule, at),
  );
