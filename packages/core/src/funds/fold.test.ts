import { describe, expect, it } from 'vitest';
import { fold, foldAll, NO_FUNDS } from './fold.ts';
import { bet, deposit, grantOf, START, start, story, type Told } from './testing/story.ts';
import type { Folded, Funds, FundsEvent, GrantFunds } from './types.ts';

function play(told: readonly Told[], grants: readonly GrantFunds[] = []): { funds: Funds; last: Folded } {
  const folded: Folded[] = [];
  const funds = foldAll({ ...NO_FUNDS, grants }, story(...told), undefined, (_, each) => folded.push(each));
  return { funds, last: folded.at(-1)! };
}

const moves = ({ lines }: Folded) =>
  lines.map(({ kind, debit, credit, amount }) => [kind, debit, credit, amount]);
const balances = ({ grants }: Funds) => grants.map(({ grantId, balance }) => [grantId, balance]);
const states = ({ grants }: Funds) => grants.map(({ state }) => state);
const HUGE = 9e15;

describe('a stake', () => {
  const two = (fundsOrder: 'real_first' | 'bonus_first') => [
    grantOf({ grantId: 'a', amount: 300, terms: { fundsOrder } }),
    grantOf({ grantId: 'b', amount: 500, startedAt: START + 1, terms: { fundsOrder: 'bonus_first' } }),
  ];

  it('takes real money first, then bonuses in order, where the oldest bonus says so', () => {
    const { funds, last } = play([deposit(100), bet(450)], two('real_first'));
    expect(last.bet).toMatchObject({
      realStake: 100,
      parts: [
        { grantId: 'a', stake: 300, win: 0 },
        { grantId: 'b', stake: 50, win: 0 },
      ],
    });
    expect(balances(funds)).toEqual([
      ['a', 0],
      ['b', 450],
    ]);
  });

  it('takes bonuses in order first, then real money, where the oldest bonus says so', () => {
    const { last } = play([deposit(100), bet(850)], two('bonus_first'));
    expect(last.bet).toMatchObject({
      realStake: 50,
      parts: [
        { grantId: 'a', stake: 300 },
        { grantId: 'b', stake: 500 },
      ],
    });
  });

  it('counts for the oldest bonus alone, and what it does not need for none', () => {
    const grants = [
      grantOf({ grantId: 'a', required: 100 * 10_000 }),
      grantOf({ grantId: 'b', startedAt: START + 1 }),
    ];
    const { funds, last } = play([deposit(150), bet(150)], grants);
    expect(last.bet).toMatchObject({ countedFor: 'a', contribution: 100 * 10_000 });
    expect(funds.grants.map(({ wagered }) => wagered)).toEqual([100 * 10_000, 0]);
    expect(states(funds)).toEqual(['completed', 'active']);
  });

  it('counts for the next bonus once the oldest is complete', () => {
    const grants = [
      grantOf({ grantId: 'a', required: 100 * 10_000 }),
      grantOf({ grantId: 'b', startedAt: START + 1 }),
    ];
    const { last } = play([deposit(150), bet(100), bet(50)], grants);
    expect(last.bet).toMatchObject({ countedFor: 'b', contribution: 50 * 10_000 });
  });

  it('above all that is known of was the player’s own: it is matched first', () => {
    const { funds, last } = play([deposit(100), bet(1_000, 200)], [grantOf({ amount: 300 })]);
    expect(moves(last)).toEqual([['balance_adjusted', 'platform:cash', 'player:real', 600]]);
    expect(last.notices).toContainEqual({ kind: 'unknown_money', amount: 600 });
    expect(last.bet).toMatchObject({ realStake: 700, realWin: 140, parts: [{ stake: 300, win: 60 }] });
    expect(funds.real).toBe(140);
  });

  it('of nothing counts nothing and is under no limit', () => {
    const terms = { maxBet: { amounts: { EUR: 0 }, onBreach: 'flag' } } as const;
    const { last } = play([bet(0, 0)], [grantOf({ terms })]);
    expect(last.bet).toMatchObject({ contribution: 0, countedFor: null, breach: false });
  });

  it('as large as can be counts exactly what was left to turn over', () => {
    const { last } = play([bet(HUGE)], [grantOf({ required: 7, wagered: 5 })]);
    expect(last.bet?.contribution).toBe(2);
  });
});

describe('contributions', () => {
  const counted = (contributions: { games: Record<string, number>; categories: Record<string, number> }) => {
    const grant = grantOf({ required: HUGE, terms: { contributions } });
    return (game: string, category: string | null): number =>
      play([deposit(100), { ...bet(100), game, category } as Told], [grant]).last.bet?.contribution ?? -1;
  };

  it.each([
    ['nothing listed: counts fully', {}, {}, 'any', null, 1_000_000],
    ['its category', {}, { table: 1_000 }, 'any', 'table', 100_000],
    ['a game wins over its category', { roulette: 0 }, { table: 1_000 }, 'roulette', 'table', 0],
    ['a category that is not listed: nothing', {}, { table: 1_000 }, 'any', 'slots', 0],
    ['no category told, where some are listed: nothing', {}, { table: 1_000 }, 'any', null, 0],
    ['games are exceptions: others count fully', { roulette: 0 }, {}, 'any', 'slots', 1_000_000],
    ['names of no game', {}, { table: 1_000 }, '__proto__', 'constructor', 0],
  ])('%s', (_, games, categories, game, category, contribution) => {
    expect(counted({ games, categories })(game, category)).toBe(contribution);
  });
});

describe('a win', () => {
  const funders = [
    grantOf({ grantId: 'a', amount: 100, required: HUGE }),
    grantOf({ grantId: 'b', amount: 500, required: HUGE, startedAt: START + 1 }),
  ];

  it.each([
    [1, 0, 1, 0],
    [2, 0, 2, 0],
    [10, 3, 4, 3],
    [100, 33, 34, 33],
    [301, 100, 101, 100],
  ])('of %i, staked 100 by real money and by each of two bonuses, is %i, %i and %i', (amount, real, a, b) => {
    const { last } = play([deposit(100), bet(300, amount)], funders);
    expect(last.bet).toMatchObject({ realWin: real, parts: [{ win: a }, { win: b }] });
  });

  it('on nothing staked is real money', () => {
    const { funds } = play([bet(0, 70)], [grantOf()]);
    expect(funds.real).toBe(70);
  });

  it('on nothing staked is divided as the round’s stakes were, where they are known', () => {
    const grant = grantOf({ required: HUGE });
    const event = story(bet(0, 70))[0]!;
    const rounds = new Map([['r', { real: 30, parts: [{ grantId: 'g1', amount: 10 }] }]]);
    const { funds, bet: split } = fold({ ...NO_FUNDS, grants: [grant] }, event, rounds);
    expect(split).toMatchObject({ realWin: 52, parts: [{ grantId: 'g1', stake: 0, win: 18 }] });
    expect(funds.grants[0]?.balance).toBe(10_018);
  });
});

describe('a bonus', () => {
  it.each([
    [1, 'active'],
    [0, 'lost'],
  ] as const)('with %i left and not complete is %s', (left, state) => {
    expect(states(play([bet(10_000 - left)], [grantOf({ required: HUGE })]).funds)).toEqual([state]);
  });

  it('is lost with what its terms call dust', () => {
    const grant = grantOf({ required: HUGE, terms: { dustThreshold: { EUR: 50 } } });
    expect(states(play([bet(9_949)], [grant]).funds)).toEqual(['active']);
    const { funds, last } = play([bet(9_950)], [grant]);
    expect(states(funds)).toEqual(['lost']);
    expect(moves(last)).toEqual([['breakage', 'player:bonus:g1', 'house:breakage', 50]]);
  });

  it('that reaches its turnover with its last money is complete, with nothing', () => {
    const { funds, last } = play([bet(10_000)], [grantOf()]);
    expect(states(funds)).toEqual(['completed']);
    expect(last.notices).toContainEqual({ kind: 'completed', grantId: 'g1', converted: 0, removed: 0 });
  });

  it('lives on by a win with its last money', () => {
    expect(states(play([bet(10_000, 1)], [grantOf({ required: HUGE })]).funds)).toEqual(['active']);
  });

  it('without turnover is complete when it starts', () => {
    const grant = grantOf({ required: 0, startedAt: START + 5_000 });
    expect(play([start(grant)]).funds).toMatchObject({ real: 10_000, grants: [{ state: 'completed' }] });
  });

  it('has no part in what came before it', () => {
    const later = grantOf({ startedAt: START + 1_000 });
    const before = play([bet(100)], [later]);
    expect(before.last.bet).toMatchObject({ realStake: 100, countedFor: null });
    const from = play([deposit(0), bet(100)], [later]);
    expect(from.last.bet).toMatchObject({ realStake: 0, countedFor: 'g1' });
  });

  it('takes its place by when it started, then by its id, and starts once', () => {
    const [a, b, c] = ['a', 'b', 'c'].map((grantId) => grantOf({ grantId, startedAt: START + 1 }));
    const early = grantOf({ grantId: 'z', startedAt: START });
    const { funds } = play([start(early), start(b!), start(c!), start(a!), start(a!)]);
    expect(funds.grants.map(({ grantId }) => grantId)).toEqual(['z', 'a', 'b', 'c']);
  });

  it('tells of the first three quarters of its turnover', () => {
    const told: [string, number][] = [];
    const amounts = [24, 1, 30, 25, 20].map((amount) => bet(amount * 100));
    foldAll({ ...NO_FUNDS, grants: [grantOf()] }, story(...amounts), undefined, (event, { notices }) => {
      for (const { kind } of notices) told.push([kind, Number(event.id)]);
    });
    expect(told).toEqual([
      ['progressed', 1],
      ['progressed', 2],
      ['progressed', 3],
      ['completed', 4],
    ]);
  });
});

describe('time', () => {
  const grant = grantOf({ expiresAt: START + 7_000 });
  const at = (instant: number, told: Told): FundsEvent => story({ ...told, at: instant })[0]!;
  const withGrant = { ...NO_FUNDS, grants: [grant] };

  it('is over for a bonus at the very instant it expires', () => {
    expect(fold(withGrant, at(START + 6_999, bet(100))).bet).toMatchObject({
      countedFor: 'g1',
      realStake: 0,
    });
    const expired = fold(withGrant, at(START + 7_000, bet(100)));
    expect(expired.bet).toMatchObject({ countedFor: null, realStake: 100 });
    expect(expired.notices[0]).toEqual({
      kind: 'ended',
      grantId: 'g1',
      as: 'expired',
      remainder: 10_000,
      at: START + 7_000,
    });
  });

  it('alone expires a bonus at its own instant, however late it is told', () => {
    const { funds, lines, notices } = fold(withGrant, at(START + 99_000, { kind: 'time' }));
    expect(states(funds)).toEqual(['expired']);
    expect(lines).toHaveLength(1);
    expect(notices).toMatchObject([{ as: 'expired', at: START + 7_000 }]);
  });

  it('may be given more of, or no end', () => {
    const extend = (expiresAt: number | null): Told => ({ kind: 'grant_extended', grantId: 'g1', expiresAt });
    const more = play([extend(START + 9_000), { kind: 'time', at: START + 8_999 }], [grant]);
    expect(states(more.funds)).toEqual(['active']);
    const none = play([extend(null), { kind: 'time', at: START + 9e9 }], [grant]);
    expect(states(none.funds)).toEqual(['active']);
    const over = play([{ kind: 'time' }, extend(START)], [grant]);
    expect(states(over.funds)).toEqual(['expired']);
  });

  it('extends nothing that has ended', () => {
    const { funds } = play(
      [
        { kind: 'time', at: START + 8_000 },
        { kind: 'grant_extended', grantId: 'g1', expiresAt: null, at: START + 9_000 },
      ],
      [grant],
    );
    expect(funds.grants[0]).toMatchObject({ state: 'expired', expiresAt: START + 7_000 });
  });
});

describe('ending a bonus', () => {
  const cancel: Told = { kind: 'grant_ended', grantId: 'g1', as: 'cancelled' };

  it('sends what it holds to breakage, once', () => {
    const { funds, last } = play([cancel], [grantOf()]);
    expect(funds.grants[0]).toMatchObject({ state: 'cancelled', balance: 0, remainder: 10_000 });
    expect(moves(last)).toEqual([['breakage', 'player:bonus:g1', 'house:breakage', 10_000]]);
    expect(play([cancel, cancel], [grantOf()]).last).toMatchObject({ lines: [], notices: [] });
  });

  it('that completed before changes nothing', () => {
    const { funds, last } = play([deposit(10_000), bet(10_000), cancel], [grantOf()]);
    expect(states(funds)).toEqual(['completed']);
    expect(last).toMatchObject({ lines: [], notices: [] });
  });

  it('can be undone while it is forfeited and in time', () => {
    const forfeit: Told = { kind: 'grant_ended', grantId: 'g1', as: 'forfeited' };
    const back: Told = { kind: 'grant_reinstated', grantId: 'g1' };
    const { funds, last } = play([forfeit, back], [grantOf()]);
    expect(funds.grants[0]).toMatchObject({ state: 'active', balance: 10_000, remainder: 0 });
    expect(moves(last)).toEqual([['reinstated', 'house:breakage', 'player:bonus:g1', 10_000]]);
    const late = play([forfeit, { ...back, at: START + 5_000 }], [grantOf({ expiresAt: START + 5_000 })]);
    expect(states(late.funds)).toEqual(['forfeited']);
    expect(states(play([cancel, back], [grantOf()]).funds)).toEqual(['cancelled']);
  });

  it('with nothing left can’t be undone: there is nothing to give back', () => {
    const back: Told = { kind: 'grant_reinstated', grantId: 'g1' };
    expect(states(play([bet(10_000), back], [grantOf({ required: HUGE })]).funds)).toEqual(['lost']);
  });

  it('that nobody knows is a mistake of the caller', () => {
    expect(() => play([cancel])).toThrow('bonus g1 is not among the funds');
  });
});

describe('amounts', () => {
  it.each([-1, 0.5, Number.NaN, Number.MAX_SAFE_INTEGER + 1])('of %d are no amounts', (amount) => {
    expect(() => play([deposit(amount)])).toThrow(RangeError);
    expect(() => play([bet(amount)])).toThrow(RangeError);
    expect(() => play([bet(1, amount)])).toThrow(RangeError);
    expect(() => play([{ kind: 'withdrawal_paid', withdrawalId: 'w', amount }])).toThrow(RangeError);
  });

  it('that add up past the safe integers are refused', () => {
    expect(() => play([deposit(HUGE), deposit(HUGE)])).toThrow(RangeError);
  });
});
