import { describe, expect, it } from 'vitest';
import { foldAll, NO_FUNDS } from './fold.ts';
import { refusalOf } from './refusal.ts';
import type { WageringTerms } from './terms.ts';
import { bet, deposit, grantOf, START, story, type Told } from './testing/story.ts';
import type { Folded, Funds, GrantFunds } from './types.ts';

/** What a player with one bonus has after a story, and what the last event came to. */
function play(grant: GrantFunds, ...told: Told[]): { funds: Funds; bonus: GrantFunds; last: Folded } {
  const folded: Folded[] = [];
  const funds = foldAll({ ...NO_FUNDS, grants: [grant] }, story(...told), undefined, (_, each) =>
    folded.push(each),
  );
  return { funds, bonus: funds.grants[0]!, last: folded.at(-1)! };
}

/** Turnover of an amount in minor units. */
const turnover = (amount: number): number => amount * 10_000;

describe('V7: contributions', () => {
  it('stakes of four categories count 1,060.00 together', () => {
    const categories = { slots: 10_000, blackjack: 1_000, live: 500, jackpot: 0 };
    const terms = { contributions: { categories, games: {} } };
    const { bonus } = play(
      grantOf({ required: turnover(1_000_000), terms }),
      deposit(200_000),
      bet(100_000),
      bet(50_000, 0, 'blackjack'),
      bet(20_000, 0, 'live'),
      bet(30_000, 0, 'jackpot'),
    );
    expect(bonus.wagered).toBe(turnover(106_000));
  });

  it('1,000 bets of 0.25 at 10 % count exactly 25.00', () => {
    const terms = { contributions: { categories: { slots: 1_000 }, games: {} } };
    const bets = Array.from({ length: 1_000 }, () => bet(25));
    const { bonus } = play(grantOf({ required: turnover(1_000_000), terms }), deposit(25_000), ...bets);
    expect(bonus.wagered).toBe(turnover(2_500));
  });
});

describe('V8: a largest bet of 5.00', () => {
  const limited = (onBreach: 'reject' | 'no_contribution' | 'flag') =>
    grantOf({ terms: { maxBet: { amounts: { EUR: 500 }, onBreach } } });

  it.each(['reject', 'no_contribution', 'flag'] as const)('5.00 counts where it would %s', (onBreach) => {
    const { bonus, last } = play(limited(onBreach), deposit(1_000), bet(500));
    expect(bonus.wagered).toBe(turnover(500));
    expect(last.bet).toMatchObject({ breach: false, contribution: turnover(500) });
  });

  it.each([
    ['reject', 0],
    ['no_contribution', 0],
    ['flag', turnover(501)],
  ] as const)('5.01, already settled, where it would %s: flagged and counts %i', (onBreach, counted) => {
    const { bonus, last } = play(limited(onBreach), deposit(1_000), bet(501));
    expect(bonus.wagered).toBe(counted);
    expect(last.bet).toMatchObject({ breach: true, contribution: counted, countedFor: 'g1' });
    expect(last.notices).toMatchObject([{ kind: 'bet_above_limit', grantId: 'g1', stake: 501, limit: 500 }]);
  });

  it.each([
    ['reject', 500, undefined],
    ['reject', 501, 'max_bet_exceeded'],
    ['no_contribution', 501, undefined],
    ['flag', 501, undefined],
  ] as const)('asked of the wallet where it would %s, %i gets %s', (onBreach, amount, key) => {
    const funds = { ...NO_FUNDS, real: 1_000, grants: [limited(onBreach)] };
    const asked = { kind: 'stake', at: START, id: '1', roundId: 'r', game: 'any', category: null } as const;
    expect(refusalOf(funds, { ...asked, stake: amount })?.key).toBe(key);
  });

  it.each([
    ['10 % of a bonus of 30.00 is 3.00', { amounts: { EUR: 500 }, bonusShare: 1_000 }, 300],
    ['the amount, when it is lower', { amounts: { EUR: 200 }, bonusShare: 1_000 }, 200],
    ['the share alone', { bonusShare: 1_000 }, 300],
    ['a share is rounded down', { bonusShare: 1_001 }, 300],
  ])('%s', (_, limits, limit) => {
    const grant = grantOf({ amount: 3_000, terms: { maxBet: { ...limits, onBreach: 'flag' } } });
    expect(play(grant, deposit(1_000), bet(limit)).last.bet?.breach).toBe(false);
    expect(play(grant, deposit(1_000), bet(limit + 1)).last.notices).toMatchObject([
      { kind: 'bet_above_limit', grantId: 'g1', stake: limit + 1, limit },
    ]);
  });

  it('named in another currency is none', () => {
    const grant = grantOf({ terms: { maxBet: { amounts: { GBP: 500 }, onBreach: 'reject' } } });
    expect(play(grant, deposit(9_000), bet(9_000)).last.bet?.breach).toBe(false);
  });
});

describe('V9: deposit 20, bonus 20, 2×', () => {
  const v9 = (terms: Partial<WageringTerms> = {}) =>
    grantOf({
      amount: 2_000,
      required: turnover(4_000),
      terms: { contributions: { categories: { slots: 10_000, roulette: 1_000 }, games: {} }, ...terms },
    });
  const BETS = [
    bet(500),
    bet(500, 1_250),
    bet(500, 0, 'roulette'),
    bet(500),
    bet(500),
    bet(500),
    bet(500, 333),
    bet(500),
    bet(450, 900),
  ];

  it('completes with the last bet and converts 20.33', () => {
    const { funds, bonus, last } = play(v9(), deposit(2_000), ...BETS);
    expect(funds.real).toBe(2_033);
    expect(bonus).toMatchObject({
      state: 'completed',
      balance: 0,
      wagered: turnover(4_000),
      converted: 2_033,
    });
    expect(last.notices).toEqual([{ kind: 'completed', grantId: 'g1', converted: 2_033, removed: 0 }]);
  });

  it('is not complete one bet earlier', () => {
    const { funds, bonus } = play(v9(), deposit(2_000), ...BETS.slice(0, -1));
    expect(funds.real).toBe(0);
    expect(bonus).toMatchObject({ state: 'active', balance: 1_583, wagered: turnover(3_550) });
  });

  it('converts 20.00 of it where no more may be', () => {
    const terms = { maxConversion: { amounts: { EUR: 2_000 } } };
    const { bonus, last } = play(v9(terms), deposit(2_000), ...BETS);
    expect(bonus.converted).toBe(2_000);
    expect(last.lines).toEqual([
      { kind: 'converted', debit: 'player:bonus:g1', credit: 'player:real', amount: 2_000, grantId: 'g1' },
      { kind: 'capped', debit: 'player:bonus:g1', credit: 'house:breakage', amount: 33, grantId: 'g1' },
    ]);
  });

  it('counts 10.34 where bonus money alone counts', () => {
    const { bonus } = play(v9({ countStakes: 'bonus_funded' }), deposit(2_000), ...BETS);
    expect(bonus).toMatchObject({ state: 'active', wagered: turnover(1_034) });
  });

  it('V9r: folded without its second bet, real money is 15.00 and the turnover 5.00', () => {
    const { funds, bonus } = play(v9(), deposit(2_000), ...BETS.slice(0, 1));
    expect(funds.real).toBe(1_500);
    expect(bonus.wagered).toBe(turnover(500));
  });
});

describe('completion', () => {
  const done = { required: turnover(100), wagered: turnover(0) };

  it('V10: a balance of 480 converts five times the bonus of 50; 230 is breakage', () => {
    const terms = { maxConversion: { timesBonus: 500 } };
    const grant = grantOf({ ...done, amount: 5_000, balance: 48_000, terms });
    const { funds, last } = play(grant, bet(100, 100));
    expect(funds.real).toBe(25_000);
    expect(last.notices).toContainEqual({
      kind: 'completed',
      grantId: 'g1',
      converted: 25_000,
      removed: 23_000,
    });
  });

  it('V11: a balance of 350 converts all but the sticky bonus of 100', () => {
    const grant = grantOf({ ...done, amount: 10_000, balance: 35_000, terms: { stickiness: 'sticky' } });
    const { funds, last } = play(grant, bet(100, 100));
    expect(funds.real).toBe(25_000);
    expect(last.lines.map(({ kind, amount }) => [kind, amount])).toEqual([
      ['converted', 25_000],
      ['sticky_removed', 10_000],
    ]);
  });

  it('leaves nothing of a sticky bonus that is worth less than itself', () => {
    const grant = grantOf({ ...done, amount: 10_000, balance: 9_000, terms: { stickiness: 'sticky' } });
    const { funds, bonus } = play(grant, bet(100, 100));
    expect(funds.real).toBe(0);
    expect(bonus).toMatchObject({ state: 'completed', balance: 0, converted: 0 });
  });

  it('takes the lower of both caps on what converts', () => {
    const terms = { maxConversion: { amounts: { EUR: 7_000 }, timesBonus: 200 } };
    const small = grantOf({ ...done, amount: 3_000, balance: 20_000, terms });
    const large = grantOf({ ...done, amount: 9_000, balance: 20_000, terms });
    expect(play(small, bet(100, 100)).bonus.converted).toBe(6_000);
    expect(play(large, bet(100, 100)).bonus.converted).toBe(7_000);
  });
});

describe('V12: parachute', () => {
  it('pays out the real money; the bonus is forfeited', () => {
    const { funds, bonus, last } = play(
      grantOf({ required: turnover(350_000) }),
      deposit(10_000),
      bet(5_000, 21_000),
      { kind: 'withdrawal_requested', withdrawalId: 'w', amount: 26_000 },
      { kind: 'withdrawal_paid', withdrawalId: 'w', amount: 26_000 },
    );
    expect(funds).toMatchObject({ real: 0, withdrawals: [] });
    expect(bonus).toMatchObject({ state: 'forfeited', balance: 0, remainder: 10_000 });
    expect(last.lines).toEqual([]);
  });
});

describe('V15', () => {
  it('winnings of 13.40 at 35× are played through after 469.00', () => {
    const grant = grantOf({ amount: 1_340, required: turnover(46_900) });
    const almost = play(grant, deposit(46_900), bet(46_899));
    expect(almost.bonus).toMatchObject({ state: 'active', wagered: turnover(46_899) });
    expect(play(grant, deposit(46_900), bet(46_900)).bonus).toMatchObject({
      state: 'completed',
      converted: 1_340,
    });
  });
});
