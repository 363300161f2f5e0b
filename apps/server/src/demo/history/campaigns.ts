import type { CampaignInput, CodeInput } from '@promosmith/contract';
import type { z } from 'zod';
import { DEMO_PROVIDER, LIGHT_WAGERING } from '../offers.ts';

/** A campaign of the last two months. Days count from the beginning of the history; it ends on day 60. */
export interface PastCampaign {
  readonly name: string;
  /** When marketing submits it, and somebody else approves it some hours later. */
  readonly madeOn: number;
  readonly endsOn?: number;
  readonly terms: Omit<z.input<typeof CampaignInput>, 'name' | 'schedule'> & {
    schedule?: Omit<NonNullable<z.input<typeof CampaignInput>['schedule']>, 'startsAt' | 'endsAt'>;
  };
  readonly codes?: readonly z.input<typeof CodeInput>[];
}

const DAY = 24 * 3_600;

/** The same offer in every currency of the brand. @param euros minor units */
export const inAll = (euros: number) => ({
  EUR: euros,
  GBP: euros,
  SEK: euros * 10,
  CAD: Math.round(euros * 1.5),
});

/** Ten times at most, as Great Britain has it. */
const wagering = (multiplier: number) => ({
  ...{ multiplier, contributions: LIGHT_WAGERING.contributions },
  maxBet: { amounts: inAll(1_000), onBreach: 'flag' as const },
});

export const LEAGUE = 'sunday-league';
/** Where unique codes for a newsletter, and personal ones for birthdays, belong to. */
export const NEWSLETTER = 'Newsletter gift';
export const BIRTHDAY = 'VIP birthday';

/** Those that run, ran, or were stopped: players use their codes. */
export const PAST_CAMPAIGNS: readonly PastCampaign[] = [
  {
    ...{ name: 'First deposit doubled', madeOn: 0, endsOn: 44 },
    terms: {
      audience: { rule: 'player.deposit_count == 0' },
      limits: [{ scope: 'player', max: 1 }],
      budget: inAll(2_000_000),
      exclusiveGroup: 'welcome',
      product: 'casino',
      rewards: [
        {
          ...{ kind: 'deposit', product: 'casino', matchBps: 10_000, cap: inAll(10_000) },
          ...{ minDeposit: inAll(1_000), depositWithinSeconds: 3 * DAY, wagering: wagering(500) },
        },
      ],
      terms: { significant: '100 % of the first deposit up to €100, wagered 5 times within 7 days.' },
    },
    codes: [{ kind: 'shared', code: 'DOUBLE' }],
  },
  {
    ...{ name: 'Hello again', madeOn: 0, endsOn: 9 },
    terms: {
      audience: { rule: 'player.deposit_count > 0' },
      limits: [{ scope: 'player', max: 1 }],
      rewards: [{ kind: 'bonus_balance', amount: inAll(500), wagering: wagering(300) }],
      terms: { significant: '€5 for players who come back, wagered 3 times within 7 days.' },
    },
    codes: [{ kind: 'shared', code: 'HELLO5' }],
  },
  {
    ...{ name: 'Reload Friday', madeOn: 1 },
    terms: {
      schedule: { weekdays: [5, 6, 7] },
      limits: [{ scope: 'player', period: 'week', max: 1 }],
      exclusiveGroup: 'reload',
      product: 'casino',
      rewards: [
        {
          ...{ kind: 'deposit', product: 'casino', matchBps: 5_000, cap: inAll(5_000) },
          ...{ minDeposit: inAll(2_000), depositWithinSeconds: DAY, wagering: wagering(400) },
        },
      ],
      terms: { significant: '50 % up to €50 from Friday to Sunday, wagered 4 times within 7 days.' },
    },
    codes: [{ kind: 'shared', code: 'FRIDAY50' }],
  },
  {
    ...{ name: 'Night Owl on stream', madeOn: 10, endsOn: 30 },
    terms: {
      limits: [
        { scope: 'player', max: 1 },
        { scope: 'device', max: 1 },
      ],
      traffic: { utmSource: 'twitch', affiliateId: 'nightowl' },
      rewards: [{ kind: 'bonus_balance', amount: inAll(500), wagering: wagering(600) }],
      terms: { significant: '€5 for the first viewers of the stream, wagered 6 times within 7 days.' },
    },
    codes: [{ kind: 'shared', code: 'NIGHTOWL', maxUses: 150 }],
  },
  {
    ...{ name: NEWSLETTER, madeOn: 16 },
    terms: {
      limits: [
        { scope: 'player', max: 2 },
        { scope: 'household', max: 3 },
      ],
      budget: inAll(1_500_000),
      rewards: [{ kind: 'bonus_balance', amount: inAll(1_000), wagering: wagering(500) }],
      terms: { significant: '€10 with the code of your newsletter, wagered 5 times within 7 days.' },
    },
    codes: [{ kind: 'shared', code: 'FORUM15' }],
  },
  {
    ...{ name: 'Nordic evenings', madeOn: 5 },
    terms: {
      schedule: { hours: [{ from: '17:00', to: '24:00' }] },
      markets: { countries: ['SE', 'FI'] },
      limits: [{ scope: 'player', period: 'day', max: 1 }],
      rewards: [
        {
          ...{ kind: 'deposit', matchBps: 2_500, cap: inAll(2_500), minDeposit: inAll(1_000) },
          ...{ depositWithinSeconds: DAY / 2, wagering: wagering(300) },
        },
      ],
      terms: { significant: '25 % up to €25 in the evening, for Sweden and Finland, wagered 3 times.' },
    },
    codes: [{ kind: 'shared', code: 'NORDIC' }],
  },
  {
    ...{ name: 'High roller reload', madeOn: 3 },
    terms: {
      audience: { rule: 'player.vip_level >= 1', kycRequired: true },
      limits: [{ scope: 'player', period: 'week', max: 1 }],
      exclusive: true,
      rewards: [
        {
          ...{ kind: 'deposit', matchBps: 2_500, cap: inAll(50_000), minDeposit: inAll(5_000) },
          depositWithinSeconds: 2 * DAY,
          wagering: { ...wagering(300), maxConversion: { timesBonus: 500 } },
        },
      ],
      terms: {
        significant:
          '25 % up to €500 for VIP players, wagered 3 times, at most 5 times the bonus is paid out.',
      },
    },
    codes: [{ kind: 'shared', code: 'ROLLER' }],
  },
  {
    ...{ name: 'Cash drop', madeOn: 26 },
    terms: {
      limits: [{ scope: 'player', max: 1 }],
      budget: { EUR: 90_000, GBP: 20_000, SEK: 150_000, CAD: 20_000 },
      rewards: [{ kind: 'bonus_balance', amount: inAll(1_500), wagering: wagering(800) }],
      terms: { significant: '€15 while there is money in the pot, wagered 8 times within 7 days.' },
    },
    codes: [{ kind: 'shared', code: 'CASHDROP' }],
  },
  {
    ...{ name: 'Ten percent back', madeOn: 2 },
    terms: {
      audience: { rule: 'player.deposit_count >= 1' },
      limits: [{ scope: 'player', period: 'month', max: 1 }],
      rewards: [
        {
          ...{ kind: 'cashback', rateBps: 1_000, period: 'week', periods: 4 },
          ...{ minLoss: inAll(1_000), cap: inAll(20_000), wagering: wagering(100) },
        },
      ],
      terms: { significant: '10 % of each week’s loss back on Monday, four weeks long, up to €200.' },
    },
    codes: [{ kind: 'shared', code: 'BACK10' }],
  },
  {
    ...{ name: 'Midweek spins', madeOn: 4 },
    terms: {
      schedule: { weekdays: [2, 3, 4] },
      limits: [{ scope: 'player', period: 'week', max: 1 }],
      rewards: [
        {
          ...{ kind: 'free_spins', count: 15, provider: DEMO_PROVIDER, games: ['fruit-parade'] },
          ...{
            spinValue: inAll(20),
            expiresAfterSeconds: 2 * DAY,
            wagering: { ...wagering(500), base: 'winnings' },
          },
        },
      ],
      terms: {
        significant: '15 free spins from Tuesday to Thursday, once a week. Winnings wagered 5 times.',
      },
    },
    codes: [{ kind: 'shared', code: 'SPIN15' }],
  },
  {
    ...{ name: 'Sunday league', madeOn: 6 },
    terms: {
      limits: [{ scope: 'player', period: 'week', max: 1 }],
      rewards: [{ kind: 'tournament_entry', tournament: LEAGUE, expiresAfterSeconds: 8 * DAY }],
      terms: { significant: 'A ticket for the slot tournament on Sunday.' },
    },
    codes: [{ kind: 'shared', code: 'LEAGUE' }],
  },
  {
    ...{ name: BIRTHDAY, madeOn: 8 },
    terms: {
      audience: { rule: 'player.vip_level >= 3' },
      limits: [{ scope: 'player', max: 1 }],
      rewards: [{ kind: 'bonus_balance', amount: inAll(2_500), wagering: wagering(100) }],
      terms: { significant: '€25 for your birthday, wagered once.' },
    },
  },
  {
    ...{ name: 'Live table chips', madeOn: 14 },
    terms: {
      audience: { rule: '"live-tables" in player.segments' },
      limits: [{ scope: 'player', period: 'week', max: 1 }],
      rewards: [
        {
          kind: 'bonus_balance',
          amount: inAll(700),
          wagering: { multiplier: 300, contributions: { categories: { live: 10_000 } } },
        },
      ],
      terms: { significant: '€7 for the live tables once a week, wagered 3 times there.' },
    },
    codes: [{ kind: 'shared', code: 'CHIPS' }],
  },
];
