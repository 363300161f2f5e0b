import type { CampaignDefinition, CampaignWarning } from '@promosmith/contract';
import type { FieldError } from '@promosmith/core';
import { type Breach, type Jurisdiction, reviewOffer } from '@promosmith/core/policy';

/** Where the campaign runs, and when it is judged. */
export interface Ground {
  /** Of the brand's licence. */
  jurisdiction: Jurisdiction;
  /** The database's clock. */
  now: Date;
}

/** Why the law where a campaign is meant to run does not allow it. Empty when it does. */
export const policyFaults = (definition: CampaignDefinition, ground: Ground): FieldError[] =>
  review(definition, ground).forbidden.map((breach) => ({
    field: breach.field,
    reason: reasonOf(breach),
    fix: breach.needs,
  }));

/**
 * What jurisdictions say to terms as they stand, be it only advice. Terms that were saved before a rule came into
 * force, or before the brand moved to another jurisdiction, may be forbidden by now: then that is told as well.
 */
export function policyWarnings(definition: CampaignDefinition, ground: Ground): CampaignWarning[] {
  const { forbidden, warnings } = review(definition, ground);
  return [...forbidden, ...warnings].map((breach) => ({
    jurisdiction: breach.jurisdiction,
    rule: breach.rule.kind,
    severity: breach.rule.severity,
    field: breach.field,
    reason: reasonOf(breach),
    fix: breach.needs,
    from: stillToCome(breach, ground.now),
  }));
}

const review = ({ schedule, markets, ...offer }: CampaignDefinition, { jurisdiction, now }: Ground) =>
  reviewOffer(offer, {
    jurisdiction,
    countries: markets.countries,
    startsAt: millis(schedule.startsAt),
    endsAt: millis(schedule.endsAt),
    now: now.getTime(),
  });

const reasonOf = ({ jurisdiction, rule, saw }: Breach): string =>
  `${saw}. ${rule.summary}${jurisdiction === 'default' ? '' : ` (${jurisdiction})`}`;

const stillToCome = ({ rule: { from } }: Breach, now: Date): string | null =>
  from !== null && Date.parse(from) > now.getTime() ? new Date(from).toISOString() : null;

const millis = (instant: string | null): number | null => (instant === null ? null : Date.parse(instant));
