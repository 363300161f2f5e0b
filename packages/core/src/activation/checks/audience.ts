import { evaluateRule, type Facts, passes } from '../../rules/index.ts';
import type { CheckRule } from '../candidate.ts';
import type { Entry, Millis, PlayerState } from '../types.ts';
import { verdict } from './verdict.ts';

/**
 * Keeps the facts the rule read, from which every condition can be shown again; the conditions themselves are only
 * worked out when the rule fails, because on the way to a bonus the quick answer is enough.
 */
export const audienceRule: CheckRule = ({ attempt, now, offer, player }) => {
  const { rule } = offer.campaign;
  if (!rule) return null;
  const facts = factsOf(player, attempt.entry, now);
  const saw = offer.factsRead(facts);
  if (passes(rule, facts)) return { check: 'audience.rule', ok: true, saw };
  const { nearest, conditions } = evaluateRule(rule, facts);
  return verdict('audience.rule', false, 'audience_rules_violated', saw, { nearest, conditions });
};

function factsOf(player: PlayerState, entry: Entry, now: Millis): Facts {
  const at = new Date(now);
  const traffic = entry.traffic ?? {};
  return {
    player: player.facts(),
    traffic: {
      utm_source: traffic.utmSource,
      utm_medium: traffic.utmMedium,
      utm_campaign: traffic.utmCampaign,
      affiliate_id: traffic.affiliateId,
    },
    activation: {
      channel: entry.channel,
      device_type: entry.deviceType,
      ip_country: entry.ipCountry,
      entered_at: at,
    },
    now: at,
  };
}

/** Every part of the traffic source the campaign names must be the one the attempt came with. */
export const trafficSource: CheckRule = ({ attempt, offer }) => {
  const wanted = offer.terms.traffic;
  if (!wanted?.required) return null;
  const { required: _, ...parts } = wanted;
  const saw = attempt.entry.traffic ?? {};
  const ok = Object.entries(parts).every(([name, value]) => value === undefined || saw[name] === value);
  return verdict('traffic.source', ok, 'audience_rules_violated', saw, parts);
};
