import type { PolicyPack } from '../types.ts';

const LCCP = {
  title: 'Gambling Commission, Licence conditions and codes of practice, SR Code 5.1.1 (Rewards and bonuses)',
  url: 'https://www.gamblingcommission.gov.uk/licensees-and-businesses/lccp/online',
} as const;

const CMA = {
  title: 'Competition and Markets Authority, undertakings on online gambling promotions, 1 February 2018',
  url: 'https://www.gov.uk/government/news/gambling-sector-told-to-raise-its-game-after-cma-action',
} as const;

/** The day from which the amended SR Code 5.1.1(3) applies; Great Britain keeps UTC in January. */
const REWARDS_AND_BONUSES = '2026-01-19T00:00:00Z';
/** The date by which the undertakings were to be kept, by the whole sector. */
const UNDERTAKINGS = '2018-02-28T00:00:00Z';

export const GB: PolicyPack = {
  jurisdiction: 'GB',
  name: 'Great Britain',
  rules: [
    {
      kind: 'max_wagering',
      maximum: 1_000,
      severity: 'forbid',
      summary: 'Wagering requirements are at most 10 times the bonus funds: 5.1.1(3)(a).',
      source: LCCP,
      from: REWARDS_AND_BONUSES,
      until: null,
    },
    {
      kind: 'single_product',
      severity: 'forbid',
      summary: 'An incentive includes one product only: betting, casino, bingo or lottery: 5.1.1(3)(b).',
      source: LCCP,
      from: REWARDS_AND_BONUSES,
      until: null,
    },
    {
      kind: 'max_effective_wagering',
      maximum: 1_000,
      severity: 'warn',
      summary: 'A contribution below 100 % takes the wagering of who plays that game alone above 10 times.',
      source: LCCP,
      from: REWARDS_AND_BONUSES,
      until: null,
    },
    {
      kind: 'real_money_first',
      severity: 'forbid',
      summary:
        "Players stake their own money before bonus funds, so that it is never tied to a bonus's terms.",
      source: CMA,
      from: UNDERTAKINGS,
      until: null,
    },
    {
      kind: 'real_money_free',
      severity: 'forbid',
      summary: 'Players can withdraw their own money at any time.',
      source: CMA,
      from: UNDERTAKINGS,
      until: null,
    },
  ],
};
