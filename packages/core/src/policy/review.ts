import { breachesOf } from './breaches.ts';
import { type Breach, JURISDICTIONS, type Jurisdiction, type Offer } from './types.ts';

/** Where and when an offer is to run. Instants are milliseconds since the epoch. */
export interface Setting {
  /** Of the brand's licence. */
  readonly jurisdiction: Jurisdiction;
  /** The countries the offer is limited to; undefined when it is open to all. */
  readonly countries: readonly string[] | undefined;
  readonly startsAt: number | null;
  readonly endsAt: number | null;
  readonly now: number;
}

export interface Review {
  /** What makes the offer unusable where it is meant for. */
  readonly forbidden: readonly Breach[];
  /** What will forbid it while it runs, what forbids it to some of its players, and what is only unwise. */
  readonly warnings: readonly Breach[];
}

/**
 * What the rules say to an offer before it runs. It is judged at the instant it opens: rules that come into force
 * later are told of beforehand. A country that the offer names has to allow it; one that is merely not excluded does
 * not stop it, but its players will be refused.
 */
export function reviewOffer(offer: Offer, setting: Setting): Review {
  const opens = Math.max(setting.now, setting.startsAt ?? setting.now);
  const ends = setting.endsAt ?? Number.POSITIVE_INFINITY;
  const meant = new Set<string>([setting.jurisdiction, ...(setting.countries ?? [])]);
  const open = setting.countries ? meant : new Set<string>([...meant, ...COUNTRIES]);

  const forbidden: Breach[] = [];
  const warnings: Breach[] = [];
  for (const breach of breachesOf(offer)) {
    const { jurisdiction, rule } = breach;
    const [from, until] = [
      bound(rule.from, Number.NEGATIVE_INFINITY),
      bound(rule.until, Number.POSITIVE_INFINITY),
    ];
    if (!open.has(jurisdiction) || until <= opens || from >= ends) continue;
    const isMeant = meant.has(jurisdiction);
    if (rule.severity === 'forbid' && isMeant && from <= opens) forbidden.push(breach);
    else if (rule.severity === 'forbid' || isMeant) warnings.push(breach);
  }
  return { forbidden, warnings };
}

const COUNTRIES = JURISDICTIONS.filter((jurisdiction) => jurisdiction !== 'default');

const bound = (instant: string | null, otherwise: number): number =>
  instant === null ? otherwise : Date.parse(instant);
