import { inAll, type PastCampaign } from './campaigns.ts';

/** A campaign that nobody can use yet, or ever. */
export interface Unfinished extends Pick<PastCampaign, 'name' | 'madeOn' | 'terms'> {
  /** Days from now. */
  readonly startsIn?: number;
  readonly fate: 'draft' | 'rejected' | 'scheduled' | 'pending';
}

const terms = (significant: string, euros: number): PastCampaign['terms'] => ({
  limits: [{ scope: 'player', max: 1 }],
  budget: inAll(2_500_000),
  rewards: [{ kind: 'bonus_balance', amount: inAll(euros), wagering: { multiplier: 1_000 } }],
  terms: { significant },
});

export const UNFINISHED: readonly Unfinished[] = [
  {
    ...{ name: 'Refer a friend', madeOn: 45, fate: 'rejected' },
    terms: terms('€15 for you and for a friend, wagered 10 times within 7 days.', 1_500),
  },
  {
    ...{ name: 'New year countdown', madeOn: 52, startsIn: 38, fate: 'scheduled' },
    terms: terms('€20 in the last hours of the year, wagered 10 times within 7 days.', 2_000),
  },
  {
    ...{ name: 'Advent door 1', madeOn: 55, startsIn: 9, fate: 'scheduled' },
    terms: terms('€2 behind the first door, wagered 10 times within 7 days.', 200),
  },
  {
    ...{ name: 'Winter wonder reload', madeOn: 57, fate: 'draft' },
    terms: {
      ...terms('', 0),
      rewards: [
        {
          ...{ kind: 'deposit', matchBps: 7_500, cap: inAll(15_000), minDeposit: inAll(2_000) },
          wagering: { multiplier: 1_000 },
        },
      ],
      terms: { significant: '75 % up to €150, wagered 10 times within 7 days.' },
    },
  },
  {
    ...{ name: 'Black weekend, twice as much', madeOn: 59, fate: 'pending' },
    terms: {
      ...terms('', 0),
      rewards: [
        {
          ...{ kind: 'deposit', matchBps: 20_000, cap: inAll(30_000), minDeposit: inAll(2_000) },
          wagering: { multiplier: 1_000 },
        },
      ],
      terms: { significant: '200 % of a deposit up to €300, wagered 10 times within 7 days.' },
    },
  },
];
