import { describe, expect, it } from 'vitest';
import { corrections, linesOfBet } from './corrections.ts';
import type { Line, LineKind } from './types.ts';

const line = (kind: LineKind, debit: string, credit: string, amount: number): Line => ({
  kind,
  debit,
  credit,
  amount,
  grantId: null,
});
const stake = (amount: number): Line => line('stake', 'player:real', 'house:gaming', amount);
const win = (amount: number): Line => line('win', 'house:gaming', 'player:real', amount);

describe('the lines of a bet', () => {
  it('are up to two of each account, without those of nothing', () => {
    const lines = linesOfBet({
      realStake: 0,
      realWin: 30,
      parts: [{ grantId: 'g', stake: 10, win: 0 }],
      countedFor: null,
      contribution: 0,
      breach: false,
    });
    expect(lines).toEqual([
      { ...line('stake', 'player:bonus:g', 'house:gaming', 10), grantId: 'g' },
      win(30),
    ]);
  });
});

describe('corrections', () => {
  it('are none where the books are right, however the lines are divided', () => {
    expect(corrections([stake(10), stake(20), win(5)], [win(5), stake(30)])).toEqual([]);
  });

  it.each([
    [30, 50, line('stake_corrected', 'player:real', 'house:gaming', 20)],
    [50, 30, line('stake_corrected', 'house:gaming', 'player:real', 20)],
  ])('of stakes booked as %i that were %i', (booked, folded, correction) => {
    expect(corrections([stake(booked)], [stake(folded)])).toEqual([correction]);
  });

  it('count as what they corrected when the books are corrected again', () => {
    const once = corrections([stake(50)], [stake(30)]);
    expect(corrections([stake(50), ...once], [stake(30)])).toEqual([]);
    expect(corrections([stake(50), ...once], [stake(45)])).toEqual([
      line('stake_corrected', 'player:real', 'house:gaming', 15),
    ]);
  });

  it('keep stakes and wins apart', () => {
    expect(corrections([stake(10), win(10)], [])).toEqual([
      line('stake_corrected', 'house:gaming', 'player:real', 10),
      line('win_corrected', 'player:real', 'house:gaming', 10),
    ]);
  });

  it('take back under the same kind what did not happen after all', () => {
    const lost = line('breakage', 'player:bonus:g', 'house:breakage', 7);
    expect(corrections([lost], [])).toEqual([line('breakage', 'house:breakage', 'player:bonus:g', 7)]);
  });
});
