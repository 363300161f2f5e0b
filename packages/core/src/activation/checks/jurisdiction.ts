import {
  forbiddenBy,
  inForce,
  type Jurisdiction,
  jurisdictionsOf,
  POLICY_PACKS,
} from '../../policy/index.ts';
import type { Campaign, Check, Millis } from '../types.ts';
import { verdict } from './verdict.ts';

/**
 * Whether the rules of the brand's licence and of the player's country, those in force now, allow the offer. Null when
 * there are none that forbid anything.
 */
export function jurisdictionCheck(
  { breaches }: Campaign,
  brand: Jurisdiction,
  country: string | null,
  now: Millis,
): Check | null {
  const ruling = jurisdictionsOf(brand, country).filter((jurisdiction) => forbidsAnything(jurisdiction, now));
  if (ruling.length === 0) return null;
  const forbidden = forbiddenBy(breaches, ruling, now);
  const ok = forbidden.length === 0;
  return verdict(
    'player.jurisdiction',
    ok,
    'jurisdiction_forbidden',
    ok ? ruling : forbidden.map(({ jurisdiction, field, saw }) => ({ jurisdiction, field, saw })),
    forbidden.map(({ rule, needs }) => ({ needs, source: rule.source.title })),
  );
}

const forbidsAnything = (jurisdiction: Jurisdiction, now: Millis): boolean =>
  POLICY_PACKS[jurisdiction].rules.some((rule) => rule.severity === 'forbid' && inForce(rule, now));
