import type { CampaignInput, CodeInput } from '@promosmith/contract';
import type { z } from 'zod';

/** A campaign of the demo brand with codes for it. */
interface DemoOffer {
  campaign: z.input<typeof CampaignInput>;
  codes: z.input<typeof CodeInput>[];
  /** How many unique codes, and what they look like. */
  batch?: { count: number; pattern: string };
}

const HOUR = 3_600;
const DAY = 24 * HOUR;

/** Where the spins of an offer are played. */
export const DEMO_PROVIDER = 'demo-games';

/** What the tickets of an offer are good for, and what the entries of another are of. */
export const DEMO_TOURNAMENT = { key: 'slot-race', name: 'Slot race', seats: 100 };
export const DEMO_DRAW = {
  key: 'regulars',
  name: 'Draw of our regulars',
  prizes: [
    { name: 'A weekend for two', winners: 1 },
    { name: 'A mug', winners: 10 },
  ],
};

/** Turnover that a visitor of the demo casino can reach in an evening. */
export const LIGHT_WAGERING = {
  contributions: { categories: { slots: 10_000, roulette: 1_000 } },
  maxBet: { amounts: { EUR: 500 }, onBreach: 'reject' },
} as const;

/** One offer of each of the six kinds of bonus, and what the demo casino has on its pages. Amounts in minor units, multipliers ×100. */
export const DEMO_OFFERS: readonly DemoOffer[] = [
  {
    campaign: {
      name: 'Lantern welcome',
      audience: { rule: 'player.deposit_count == 0' },
      limits: [{ scope: 'player', max: 1 }],
      rewards: [
        {
          kind: 'bonus_balance',
          amount: { EUR: 500 },
          wagering: { multiplier: 500, ...LIGHT_WAGERING },
        },
        {
          kind: 'free_spins',
          count: 10,
          provider: DEMO_PROVIDER,
          games: ['fruit-parade'],
          spinValue: { EUR: 20 },
          expiresAfterSeconds: 7 * DAY,
          wagering: { multiplier: 500, base: 'winnings', ...LIGHT_WAGERING },
        },
      ],
      terms: {
        significant:
          'New players, once: a €5 bonus and 10 free spins of €0.20 on Fruit Parade. Bonus and winnings wagered 5 times in slots (roulette counts 10 %) within 7 days, bets up to €5.',
      },
    },
    codes: [{ kind: 'shared', code: 'LANTERN' }],
  },
  {
    campaign: {
      name: 'Half as much again',
      limits: [{ scope: 'player', period: 'day', max: 1 }],
      rewards: [
        {
          kind: 'deposit',
          matchBps: 5_000,
          cap: { EUR: 5_000 },
          minDeposit: { EUR: 1_000 },
          depositWithinSeconds: DAY,
          wagering: { multiplier: 200, ...LIGHT_WAGERING },
        },
      ],
      terms: {
        significant:
          '50 % of a deposit up to €50, once a day. Minimum €10, wagered twice in slots (roulette counts 10 %) within 7 days, bets up to €5.',
      },
    },
    codes: [{ kind: 'shared', code: 'TOPUP50' }],
  },
  {
    campaign: {
      name: 'Welcome match',
      audience: { rule: 'player.deposit_count == 0' },
      limits: [{ scope: 'player', max: 1 }],
      exclusiveGroup: 'welcome',
      rewards: [
        {
          kind: 'deposit',
          matchBps: 10_000,
          cap: { EUR: 20_000 },
          minDeposit: { EUR: 2_000 },
          depositWithinSeconds: 7 * DAY,
          wagering: { multiplier: 3_500, maxBet: { amounts: { EUR: 500 } } },
        },
      ],
      terms: {
        significant: '100 % of the first deposit up to €200. Minimum €20, wagered 35 times within 7 days.',
      },
    },
    codes: [{ kind: 'shared', code: 'WELCOME100' }],
  },
  {
    campaign: {
      name: 'Weekend spins',
      schedule: { weekdays: [6, 7] },
      limits: [{ scope: 'player', period: 'week', max: 1 }],
      rewards: [
        {
          kind: 'free_spins',
          count: 20,
          provider: DEMO_PROVIDER,
          games: ['fruit-parade'],
          spinValue: { EUR: 20 },
          expiresAfterSeconds: 3 * DAY,
          wagering: { multiplier: 2_000, base: 'winnings' },
        },
      ],
      terms: {
        significant: '20 free spins of €0.20, Saturdays and Sundays, once a week. Winnings wagered 20 times.',
      },
    },
    codes: [{ kind: 'shared', code: 'WEEKEND20' }],
  },
  {
    campaign: {
      name: 'Ten on us',
      audience: { rule: 'player.country in ["DE", "AT", "MT"]' },
      limits: [
        { scope: 'player', max: 1 },
        { scope: 'campaign', max: 1_000 },
      ],
      budget: { EUR: 1_000_000 },
      rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_000 } }],
      terms: { significant: '€10 bonus for the first thousand players, wagered 30 times within 7 days.' },
    },
    codes: [{ kind: 'shared', code: 'TENONUS', maxUses: 500 }],
    batch: { count: 500, pattern: 'GIFT-#####-####@' },
  },
  {
    campaign: {
      name: 'Monday cashback',
      limits: [{ scope: 'player', period: 'week', max: 1 }],
      rewards: [
        {
          kind: 'cashback',
          rateBps: 1_000,
          period: 'week',
          minLoss: { EUR: 5_000 },
          cap: { EUR: 20_000 },
          wagering: { multiplier: 500 },
        },
      ],
      terms: { significant: '10 % of the week’s net loss back on Monday, from €50 of loss, up to €200.' },
    },
    codes: [{ kind: 'shared', code: 'CASHBACK10' }],
  },
  {
    campaign: {
      name: 'Slot race',
      limits: [
        { scope: 'player', max: 1 },
        { scope: 'campaign', max: 100 },
      ],
      rewards: [{ kind: 'tournament_entry', tournament: DEMO_TOURNAMENT.key, expiresAfterSeconds: 14 * DAY }],
      terms: { significant: 'A seat in the slot race for the first hundred players.' },
    },
    codes: [{ kind: 'shared', code: 'RACE' }],
  },
  {
    campaign: {
      name: 'The prize draw of our regulars',
      audience: { rule: 'player.vip_level >= 3' },
      limits: [{ scope: 'player', period: 'month', max: 1 }],
      rewards: [{ kind: 'special', handler: 'prize_draw', payload: { draw: DEMO_DRAW.key } }],
      terms: { significant: 'An entry in the draw of a weekend for two and ten mugs.' },
    },
    codes: [{ kind: 'personal', holder: 'vip-1', code: 'VIPDRAW1' }],
  },
];
