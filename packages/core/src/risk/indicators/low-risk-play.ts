import type { Indicator } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';

/** Games in which both sides of a bet can be had, or hardly anything is lost, so that wagering is no play. */
export const LOW_RISK_CATEGORIES = [
  'baccarat',
  'blackjack',
  'craps',
  'roulette',
  'sic_bo',
  'video_poker',
] as const;

const FEWEST_BETS = 20;
const SHARE_PERCENT = 80;

export const lowRiskPlay: Indicator<HistoryKnown> = {
  name: 'low_risk_play',
  version: 1,
  points: 35,
  reach: 'decline',
  describe: `Of at least ${FEWEST_BETS} bets with a bonus in 30 days, ${SHARE_PERCENT} % of the stakes were on games of low risk.`,
  find: ({ play: { bets, staked, lowRisk } }) =>
    bets >= FEWEST_BETS && staked > 0 && lowRisk * 100 >= staked * SHARE_PERCENT
      ? { bets, percent: Math.floor((lowRisk * 100) / staked) }
      : null,
};
