import { describe, expect, it } from 'vitest';
import { foldAll, NO_FUNDS } from './fold.ts';
import { refusalOf } from './refusal.ts';
import { bet, deposit, grantOf, START, story, type Told } from './testing/story.ts';
import type { Folded, Funds, GrantFunds } from './types.ts';

function play(told: readonly Told[], grants: readonly GrantFunds[] = []): { funds: Funds; last: Folded } {
  const folded: Folded[] = [];
  const funds = foldAll({ ...NO_FUNDS, grants }, story(...told), undefined, (_, each) => folded.push(each));
  return { funds, last: folded.at(-1)! };
}

const moves = ({ lines }: Folded) =>
  lines.map(({ kind, debit, credit, amount }) => [kind, debit, credit, amount]);
const states = ({ grants }: Funds) => grants.map(({ state }) => state);
const request = (amount: number, withdrawalId = 'w'): Told => ({
  kind: 'withdrawal_requested',
  withdrawalId,
  amount,
});
const paid = (amount: number): Told => ({ kind: 'withdrawal_paid', withdrawalId: 'w', amount });
const cancelled: Told = { kind: 'withdrawal_cancelled', withdrawalId: 'w' };

describe('a withdrawal', () => {
  it('takes the money when it is asked for, and nothing more when it is paid', () => {
    expect(moves(play([deposit(500), request(300)]).last)).toEqual([
      ['withdrawal', 'player:real', 'platform:cash', 300],
    ]);
    const { funds, last } = play([deposit(500), request(300), paid(300)]);
    expect(funds).toEqual({ ...NO_FUNDS, real: 200 });
    expect(last.lines).toEqual([]);
  });

  it.each([
    [350, 150, ['withdrawal', 'player:real', 'platform:cash', 50]],
    [250, 250, ['withdrawal_cancelled', 'platform:cash', 'player:real', 50]],
  ])('of 300 that pays %i leaves %i of 500', (amount, left, move) => {
    const { funds, last } = play([deposit(500), request(300), paid(amount)]);
    expect(funds.real).toBe(left);
    expect(moves(last)).toEqual([move]);
  });

  it('paid without having been asked for takes the money then', () => {
    const { funds } = play([deposit(500), paid(300)], [grantOf()]);
    expect(funds).toMatchObject({ real: 200, withdrawals: [] });
    expect(states(funds)).toEqual(['forfeited']);
  });

  it('cancelled gives back the money and the bonuses it forfeited, with their turnover', () => {
    const grants = [
      grantOf({ grantId: 'a', wagered: 70 }),
      grantOf({ grantId: 'b', terms: { onWithdrawal: 'keep' } }),
    ];
    const asked = play([deposit(500), request(300)], grants);
    expect(states(asked.funds)).toEqual(['forfeited', 'active']);
    const { funds } = play([deposit(500), request(300), cancelled], grants);
    expect(funds).toMatchObject({
      real: 500,
      withdrawals: [],
      grants: [{ state: 'active', balance: 10_000, wagered: 70 }, { state: 'active' }],
    });
  });

  it('cancelled leaves bonuses that another forfeited, and those whose time is over', () => {
    const first = play([deposit(500), request(1, 'other'), request(2), cancelled], [grantOf()]);
    expect(states(first.funds)).toEqual(['forfeited']);
    const late = play(
      [request(0), { ...cancelled, at: START + 9_000 }],
      [grantOf({ expiresAt: START + 9_000 })],
    );
    expect(states(late.funds)).toEqual(['forfeited']);
  });

  it('cancelled after it was paid, or twice, changes nothing', () => {
    expect(play([deposit(500), request(300), paid(300), cancelled]).funds.real).toBe(200);
    expect(play([deposit(500), request(300), cancelled, cancelled]).funds.real).toBe(500);
  });

  it('made although a bonus blocks it is told of', () => {
    const { funds, last } = play(
      [deposit(500), request(300)],
      [grantOf({ terms: { onWithdrawal: 'block' } })],
    );
    expect(states(funds)).toEqual(['active']);
    expect(last.notices).toEqual([{ kind: 'withdrawn_against_terms', grantId: 'g1' }]);
  });

  it.each([
    ['forfeit', 500, undefined],
    ['keep', 501, 'insufficient_funds'],
    ['block', 1, 'withdrawal_blocked'],
  ] as const)('asked for with a bonus to %s, of %i of 500, gets %s', (onWithdrawal, amount, key) => {
    const funds = { ...NO_FUNDS, real: 500, grants: [grantOf({ terms: { onWithdrawal } })] };
    const asked = { kind: 'withdrawal_requested', at: START, id: 'w', withdrawalId: 'w', amount } as const;
    expect(refusalOf(funds, asked)?.key).toBe(key);
  });
});

describe('a deposit that is reversed', () => {
  const reversed: Told = { kind: 'deposit_reversed', depositId: 'd', amount: 500 };

  it('takes its money and what is left of its bonus', () => {
    const own = grantOf({ grantId: 'a', depositId: 'd', balance: 4_000 });
    const other = grantOf({ grantId: 'b', depositId: 'e' });
    const { funds, last } = play([deposit(700), reversed], [own, other]);
    expect(funds.real).toBe(200);
    expect(states(funds)).toEqual(['cancelled', 'active']);
    expect(moves(last)).toEqual([
      ['deposit_reversed', 'player:real', 'platform:cash', 500],
      ['bonus_reversed', 'player:bonus:a', 'house:bonus_expense', 4_000],
    ]);
  });

  it('never takes more than there is: what is missing is told', () => {
    const { funds, last } = play([deposit(200), reversed]);
    expect(funds.real).toBe(0);
    expect(moves(last)[0]).toEqual(['balance_adjusted', 'platform:cash', 'player:real', 300]);
    expect(last.notices).toEqual([{ kind: 'unknown_money', amount: 300 }]);
  });

  it('leaves a bonus forfeited that a cancelled withdrawal would bring back', () => {
    const { funds } = play([deposit(500), request(1), reversed, cancelled], [grantOf({ depositId: 'd' })]);
    expect(states(funds)).toEqual(['forfeited']);
  });
});

it('cash comes out of the bonus expense', () => {
  const { funds, last } = play([{ kind: 'cash', amount: 70, grantId: 'g9' }]);
  expect(funds.real).toBe(70);
  expect(last.lines).toEqual([
    { kind: 'cash_paid', debit: 'house:bonus_expense', credit: 'player:real', amount: 70, grantId: 'g9' },
  ]);
});

it.each([
  [50, 150, [['win_corrected', 'house:gaming', 'player:real', 50]]],
  [-30, 70, [['stake_corrected', 'player:real', 'house:gaming', 30]]],
  [0, 100, []],
])('a correction by %i leaves %i of 100', (amount, left, lines) => {
  const { funds, last } = play([deposit(100), { kind: 'correction', amount }]);
  expect(funds.real).toBe(left);
  expect(moves(last)).toEqual(lines);
});

it('parachute: real money is withdrawn, the bonus is gone, and play goes on with real money', () => {
  const { last } = play([deposit(100), request(40), bet(60)], [grantOf()]);
  expect(last.bet).toMatchObject({ realStake: 60, parts: [], countedFor: null });
});
