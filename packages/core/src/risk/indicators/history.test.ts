import { describe, expect, test } from 'vitest';
import { findInHistory } from '../assess.ts';
import type { IndicatorName } from '../indicator.ts';
import type { HistoryKnown } from '../known.ts';
import { historyKnown } from '../testing.ts';

type Row = [title: string, known: Partial<HistoryKnown>, evidence: Record<string, unknown> | null];

const play = (bets: number, staked: number, lowRisk: number) => ({ play: { bets, staked, lowRisk } });
const withdrawals = (...each: [amount: number, deposited: number, staked: number][]) => ({
  withdrawals: each.map(([amount, deposited, staked]) => ({ amount, deposited, staked })),
});

/** Each boundary on both sides. */
const TABLES: Partial<Record<IndicatorName, Row[]>> = {
  self_excluded_match: [
    ['nobody', { excluded: [] }, null],
    ['nobody by any', { excluded: [{ by: 'email', accounts: 0 }] }, null],
    [
      'somebody by mailbox',
      { excluded: [{ by: 'email', accounts: 1 }] },
      { matches: [{ by: 'email', accounts: 1 }] },
    ],
    [
      'by telephone alone',
      {
        excluded: [
          { by: 'email', accounts: 0 },
          { by: 'phone', accounts: 2 },
        ],
      },
      { matches: [{ by: 'phone', accounts: 2 }] },
    ],
  ],
  email_disposable: [
    ['any other', { disposableDomain: null }, null],
    ['one of those', { disposableDomain: 'mailinator.com' }, { domain: 'mailinator.com' }],
  ],
  email_alias_duplicate: [
    ['its own', { mailboxOthers: 0 }, null],
    ['of another account', { mailboxOthers: 1 }, { others: 1 }],
  ],
  payment_shared: [
    ['its own', { paymentOthers: 0 }, null],
    ['of another account', { paymentOthers: 1 }, { others: 1 }],
  ],
  address_shared: [
    ['its own', { addressOthers: 0 }, null],
    ['of another account', { addressOthers: 1 }, { others: 1 }],
  ],
  low_risk_play: [
    ['never', {}, null],
    ['80 % of 20 bets', play(20, 1_000, 800), { bets: 20, percent: 80 }],
    ['a bet too few', play(19, 1_000, 1_000), null],
    ['a cent too little', play(20, 1_000, 799), null],
    ['bets of nothing', play(20, 0, 0), null],
  ],
  deposit_withdraw_cycle: [
    ['never', {}, null],
    ['once', withdrawals([1_000, 1_000, 0]), null],
    ['twice, of 80 %', withdrawals([800, 1_000, 999], [800, 1_000, 0]), { cycles: 2, withdrawals: 2 }],
    ['one of a cent less', withdrawals([799, 1_000, 0], [800, 1_000, 0]), null],
    ['one of money that was played', withdrawals([800, 1_000, 1_000], [800, 1_000, 0]), null],
    ['winnings of nothing paid in', withdrawals([800, 0, 0], [800, 0, 0]), null],
    [
      'twice among others',
      withdrawals([800, 1_000, 0], [900, 1_000, 5_000], [1_000, 1_000, 0]),
      { cycles: 2, withdrawals: 3 },
    ],
  ],
  max_bet_breach: [
    ['never', {}, null],
    ['twice', { maxBetBreaches: 2 }, null],
    ['three times', { maxBetBreaches: 3 }, { bets: 3 }],
  ],
  bonus_only_player: [
    ['never had any', {}, null],
    ['four', { bonuses: 4 }, null],
    ['five', { bonuses: 5 }, { bonuses: 5 }],
    ['five, and a deposit of their own', { bonuses: 5, ownDeposits: 1 }, null],
  ],
};

describe.each(Object.entries(TABLES))('%s', (indicator, rows) => {
  test.each(rows)('%s', (_, known, evidence) => {
    const found = findInHistory(historyKnown(known)).find((finding) => finding.indicator === indicator);
    expect(found?.evidence ?? null).toEqual(evidence);
  });
});

test('of a past that nothing speaks against, nothing is found', () => {
  expect(findInHistory(historyKnown())).toEqual([]);
});
