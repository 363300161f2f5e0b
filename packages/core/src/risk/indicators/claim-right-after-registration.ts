import type { Indicator } from '../indicator.ts';
import type { RiskKnown } from '../known.ts';

const RIGHT_AFTER_MS = 5 * 60_000;

/** A code typed into the form of registration is meant to be: it is not found for that. */
export const claimRightAfterRegistration: Indicator<RiskKnown> = {
  name: 'claim_right_after_registration',
  version: 1,
  points: 10,
  reach: 'flag',
  describe: 'The code was tried within five minutes of the registration, and not as a part of it.',
  find: ({ registeredAgo, channel }) =>
    registeredAgo !== null && registeredAgo < RIGHT_AFTER_MS && channel !== 'registration'
      ? { seconds: Math.max(0, Math.floor(registeredAgo / 1000)) }
      : null,
};
