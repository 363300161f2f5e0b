import { evaluateRule, type Facts, passes } from '../rules/index.ts';
import type { Candidate } from './candidate.ts';
import type { LimitClaim } from './claims.ts';
import { withinWeek } from './clock.ts';
import { factsRead } from './facts-read.ts';
import { payableIn } from './grants.ts';
import type { RefusalKey } from './refusal-keys.ts';
import type { Check, LimitTerms, Millis } from './types.ts';

/** One check of the decision. Null when the campaign does not ask for it. */
type CheckRule = (candidate: Candidate) => Check | null;

const iso = (at: Millis): string => new Date(at).toISOString();

function verdict(check: string, ok: boolean, key: RefusalKey, saw?: unknown, needs?: unknown): Check {
  if (ok) return saw === undefined ? { check, ok } : { check, ok, saw };
  return { check, ok, key, saw: saw ?? null, needs };
}

const codeEnabled: CheckRule = ({ code }) =>
  verdict('code.state', code.state === 'active', stateRefusal(code.state), code.state, 'active');

function stateRefusal(state: string): RefusalKey {
  if (state === 'disabled') return 'code_disabled';
  return state === 'expired' ? 'code_expired' : 'code_not_active_yet';
}

const codeStarted: CheckRule = ({ code, world }) =>
  code.startsAt === null
    ? null
    : verdict(
        'code.starts_at',
        world.now >= code.startsAt,
        'code_not_active_yet',
        iso(world.now),
        iso(code.startsAt),
      );

const codeNotEnded: CheckRule = ({ code, world }) =>
  code.endsAt === null
    ? null
    : verdict('code.ends_at', world.now < code.endsAt, 'code_expired', iso(world.now), iso(code.endsAt));

const campaignActive: CheckRule = ({ campaign }) =>
  verdict('campaign.status', campaign.status === 'active', 'campaign_not_active', campaign.status, 'active');

const campaignWindow: CheckRule = ({ campaign, world }) => {
  const { startsAt, endsAt } = campaign.campaign.terms.schedule;
  if (!startsAt && !endsAt) return null;
  const started = !startsAt || world.now >= Date.parse(startsAt);
  const running = started && (!endsAt || world.now < Date.parse(endsAt));
  return verdict('campaign.window', running, 'campaign_not_active', iso(world.now), {
    from: startsAt,
    to: endsAt,
  });
};

const campaignWeek: CheckRule = ({ campaign, world }) => {
  const { weekdays, hours } = campaign.campaign.terms.schedule;
  if (!weekdays && !hours) return null;
  const { weekday, minuteOfDay } = world.clock;
  return verdict(
    'campaign.week',
    withinWeek({ weekdays, hours }, world.clock),
    'campaign_not_active_now',
    { weekday, minuteOfDay },
    { weekdays, hours },
  );
};

const country: CheckRule = ({ campaign, player }) => {
  const allowed = campaign.campaign.terms.markets.countries;
  if (!allowed) return null;
  const ok = player.country !== null && allowed.includes(player.country);
  return verdict('player.country', ok, 'country_not_eligible', player.country, allowed);
};

const currency: CheckRule = ({ campaign, player }) => {
  const { terms } = campaign.campaign;
  const allowed = terms.markets.currencies;
  const known = player.currency;
  const ok = known !== null && (!allowed || allowed.includes(known)) && payableIn(terms, known);
  return verdict('player.currency', ok, 'currency_not_eligible', known, allowed ?? 'a currency of the offer');
};

const selfExclusion: CheckRule = ({ player, world }) => {
  const until = player.selfExcludedUntil;
  if (until === null || until <= world.now) return null;
  return verdict('player.self_exclusion', false, 'self_excluded', iso(until), 'not excluded');
};

const bonusBlock: CheckRule = ({ player }) =>
  player.bonusBlocked ? verdict('player.bonus_block', false, 'bonus_blocked', true, false) : null;

const identityChecked: CheckRule = ({ campaign, player }) =>
  campaign.campaign.terms.audience.kycRequired
    ? verdict(
        'player.kyc_status',
        player.kycStatus === 'verified',
        'kyc_required',
        player.kycStatus,
        'verified',
      )
    : null;

const minimumAge: CheckRule = ({ campaign, player }) => {
  const { minAge } = campaign.campaign.terms.audience;
  if (minAge === undefined) return null;
  const ok = player.age !== null && player.age >= minAge;
  return verdict('player.age', ok, 'audience_rules_violated', player.age, minAge);
};

/**
 * Keeps the facts the rule read, from which every condition can be shown again; the conditions themselves are only
 * worked out when the rule fails, because on the way to a bonus the quick answer is enough.
 */
const audienceRule: CheckRule = ({ attempt, campaign, player, world }) => {
  const { rule } = campaign.campaign;
  if (!rule) return null;
  const facts: Facts = {
    player: player.facts(),
    traffic: trafficFacts(attempt.entry.traffic),
    activation: {
      channel: attempt.entry.channel,
      device_type: attempt.entry.deviceType,
      ip_country: attempt.entry.ipCountry,
      entered_at: new Date(world.now),
    },
    now: new Date(world.now),
  };
  const saw = factsRead(rule, facts);
  if (passes(rule, facts)) return { check: 'audience.rule', ok: true, saw };
  const { nearest, conditions } = evaluateRule(rule, facts);
  return {
    check: 'audience.rule',
    ok: false,
    key: 'audience_rules_violated',
    saw,
    needs: { nearest, conditions },
  };
};

const trafficFacts = (traffic: Readonly<Record<string, string>> = {}) => ({
  utm_source: traffic.utmSource,
  utm_medium: traffic.utmMedium,
  utm_campaign: traffic.utmCampaign,
  affiliate_id: traffic.affiliateId,
});

const trafficSource: CheckRule = ({ attempt, campaign }) => {
  const wanted = campaign.campaign.terms.traffic;
  if (!wanted?.required) return null;
  const { required, ...parts } = wanted;
  const saw = attempt.entry.traffic ?? {};
  const ok = Object.entries(parts).every(([name, value]) => value === undefined || saw[name] === value);
  return verdict('traffic.source', ok, 'audience_rules_violated', saw, parts);
};

const holder: CheckRule = ({ code, attempt }) =>
  code.holderId === null
    ? null
    : verdict(
        'code.holder',
        code.holderId === attempt.playerId,
        'holder_mismatch',
        'another player',
        'the holder',
      );

/** One bonus at a time: within the campaign's exclusive group, or of any kind when the campaign is exclusive. */
const conflicts: CheckRule = ({ attempt, campaign, justGranted, world }) => {
  const { exclusive, exclusiveGroup } = campaign.campaign.terms;
  if (!exclusive && exclusiveGroup === null) return null;
  const open = [...(world.openGrants.get(attempt.playerId) ?? []), ...justGranted];
  const clash = open.find((grant) => exclusive || grant.exclusiveGroup === exclusiveGroup);
  return verdict('player.open_bonus', !clash, 'conflicting_bonus', clash?.campaignId, 'no open bonus');
};

const SHARED_SCOPES = new Set<LimitTerms['scope']>(['campaign', 'code']);

function limitCheck(candidate: Candidate, { limit, refusal, claim }: LimitClaim): Check {
  const check = `limit.${limit.scope}${limit.period ? `.${limit.period}` : ''}`;
  if (!claim) return verdict(check, false, refusal, null, `a ${limit.scope} to count by`);
  const { used, reserved } = candidate.tally.of(claim.counterKey);
  return verdict(
    check,
    used + reserved + claim.amount <= claim.maximum,
    refusal,
    used + reserved,
    claim.maximum,
  );
}

const budget: CheckRule = ({ budget: claim, tally }) => {
  if (!claim) return null;
  const { used, reserved } = tally.of(claim.counterKey);
  const free = claim.maximum - used - reserved;
  return verdict('campaign.budget', claim.amount <= free, 'budget_exceeded', free, claim.amount);
};

const BEFORE_LIMITS: readonly CheckRule[] = [
  codeEnabled,
  codeStarted,
  codeNotEnded,
  campaignActive,
  campaignWindow,
  campaignWeek,
  country,
  currency,
  selfExclusion,
  bonusBlock,
  minimumAge,
  identityChecked,
  audienceRule,
  trafficSource,
  holder,
];

/**
 * Runs every check in the order of DOMAIN §2 steps 3–10, none skipped, so that the explanation is whole. Limits of
 * one player, device or household come before conflicts; what everybody shares comes last.
 */
export function runChecks(candidate: Candidate): Check[] {
  const checks: Check[] = [];
  const add = (check: Check | null): void => {
    if (check) checks.push(check);
  };
  const limitsOf = (shared: boolean): readonly LimitClaim[] =>
    candidate.limits.filter(({ limit }) => SHARED_SCOPES.has(limit.scope) === shared);

  for (const rule of BEFORE_LIMITS) add(rule(candidate));
  for (const limit of limitsOf(false)) add(limitCheck(candidate, limit));
  add(conflicts(candidate));
  for (const limit of limitsOf(true)) add(limitCheck(candidate, limit));
  add(budget(candidate));
  return checks;
}
