/** The offers on our pages. Codes and terms are those of the campaigns in Promosmith. */
export interface Promotion {
  code: string;
  title: string;
  /** The terms that matter, beside the offer. */
  terms: string;
  where: 'registration' | 'cashier' | 'bonuses';
}

export const PROMOTIONS: readonly Promotion[] = [
  {
    code: 'LANTERN',
    title: '€5 and ten spins to begin with',
    terms:
      'New players, once: a €5 bonus and 10 free spins of €0.20 on Fruit Parade. Bonus and winnings wagered 5 times in slots (roulette counts 10 %) within 7 days, bets up to €5.',
    where: 'registration',
  },
  {
    code: 'WELCOME100',
    title: 'Your first deposit doubled',
    terms: '100 % of the first deposit up to €200. Minimum €20, wagered 35 times within 7 days.',
    where: 'cashier',
  },
  {
    code: 'TOPUP50',
    title: 'Half as much again',
    terms:
      '50 % of a deposit up to €50, once a day. Minimum €10, wagered twice in slots (roulette counts 10 %) within 7 days, bets up to €5.',
    where: 'cashier',
  },
  {
    code: 'WEEKEND20',
    title: 'Twenty spins at the weekend',
    terms: '20 free spins of €0.20, Saturdays and Sundays, once a week. Winnings wagered 20 times.',
    where: 'bonuses',
  },
  {
    code: 'CASHBACK10',
    title: 'A tenth of the week back',
    terms: '10 % of the week’s net loss back on Monday, from €50 of loss, up to €200.',
    where: 'bonuses',
  },
];
