import type { HistoryKnown, RiskKnown } from './known.ts';

/** An attempt of whom nothing speaks against, for tests. */
export const attemptKnown = (differences: Partial<RiskKnown> = {}): RiskKnown => ({
  registeredAgo: null,
  channel: 'account',
  country: 'DE',
  device: { others: 0 },
  address: { others: 0, kinds: [], country: 'DE' },
  guessing: { misses: 0, lockouts: 0 },
  profile: [],
  listed: null,
  ...differences,
});

/** A past that nothing speaks against, for tests. */
export const historyKnown = (differences: Partial<HistoryKnown> = {}): HistoryKnown => ({
  disposableDomain: null,
  mailboxOthers: 0,
  paymentOthers: 0,
  addressOthers: 0,
  excluded: [],
  play: { bets: 0, staked: 0, lowRisk: 0 },
  withdrawals: [],
  maxBetBreaches: 0,
  bonuses: 0,
  ownDeposits: 0,
  ...differences,
});
