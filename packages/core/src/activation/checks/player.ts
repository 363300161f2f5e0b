import type { CheckRule } from '../candidate.ts';
import type { Check } from '../types.ts';
import { iso, verdict } from './verdict.ts';

/** The player's currency must be one of the markets, and every amount of the offer stated in it. */
export const currency: CheckRule = ({ offer, payout, player }) => {
  const allowed = offer.terms.markets.currencies;
  const known = player.currency;
  const ok = payout !== null && known !== null && (!allowed || allowed.includes(known));
  return verdict('player.currency', ok, 'currency_not_eligible', known, allowed ?? 'a currency of the offer');
};

export const country: CheckRule = ({ offer, player }) => {
  const allowed = offer.terms.markets.countries;
  if (!allowed) return null;
  const ok = player.country !== null && allowed.includes(player.country);
  return verdict('player.country', ok, 'country_not_eligible', player.country, allowed);
};

/** What the law of the brand's licence and of the player's country says, the same for all players of that country. */
export const jurisdiction: CheckRule = ({ offer, player }) => offer.jurisdictionIn(player.country);

const NOT_EXCLUDED: Check = { check: 'player.self_exclusion', ok: true };

export const selfExclusion: CheckRule = ({ now, player: { selfExcludedUntil: until } }) =>
  until === null || until <= now
    ? NOT_EXCLUDED
    : verdict('player.self_exclusion', false, 'self_excluded', iso(until), 'not excluded');

const NOT_BLOCKED: Check = { check: 'player.bonus_block', ok: true };

export const bonusBlock: CheckRule = ({ player }) =>
  player.bonusBlocked ? verdict('player.bonus_block', false, 'bonus_blocked', true, false) : NOT_BLOCKED;

export const minimumAge: CheckRule = ({ offer, player }) => {
  const { minAge } = offer.terms.audience;
  if (minAge === undefined) return null;
  const ok = player.age !== null && player.age >= minAge;
  return verdict('player.age', ok, 'audience_rules_violated', player.age, minAge);
};

export const identityChecked: CheckRule = ({ offer, player: { kycStatus } }) =>
  offer.terms.audience.kycRequired
    ? verdict('player.kyc_status', kycStatus === 'verified', 'kyc_required', kycStatus, 'verified')
    : null;

/** Who the holder is stays unsaid: a code is not a way to learn of other players. */
export const holder: CheckRule = ({ attempt, code }) => {
  if (code.holderId === null) return null;
  const held = code.holderId === attempt.playerId;
  return verdict(
    'code.holder',
    held,
    'holder_mismatch',
    held ? 'the holder' : 'another player',
    'the holder',
  );
};
