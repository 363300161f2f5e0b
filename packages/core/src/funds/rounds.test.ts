import { describe, expect, it } from 'vitest';
import { fromCheckpoint, toCheckpoint } from './checkpoint.ts';
import { fold, foldAll, NO_FUNDS } from './fold.ts';
import { refusalOf } from './refusal.ts';
import { MAX_OPEN_ROUNDS, ROUND_LIFE_MS, roundsAsked } from './rounds.ts';
import { bet, deposit, grantOf, START, stake, story, type Told, termsOf, win } from './testing/story.ts';
import type { Folded, Funds, GrantFunds, Rounds } from './types.ts';

const HUGE = 9e15;

function play(
  told: readonly Told[],
  grants: readonly GrantFunds[] = [],
  rounds?: Rounds,
): { funds: Funds; last: Folded; bonus: GrantFunds } {
  const folded: Folded[] = [];
  const funds = foldAll({ ...NO_FUNDS, grants }, story(...told), rounds, (_, each) => folded.push(each));
  return { funds, last: folded.at(-1)!, bonus: funds.grants[0]! };
}

describe('a stake whose result comes later', () => {
  const bonus = grantOf({ amount: 100, required: HUGE });

  it('does not lose a bonus that has all its money in play', () => {
    const { funds } = play([stake(100)], [bonus]);
    expect(funds.grants[0]).toMatchObject({ state: 'active', balance: 0 });
    expect(play([stake(100), win(0)], [bonus]).bonus).toMatchObject({ state: 'lost' });
    expect(play([stake(100), win(60)], [bonus]).bonus).toMatchObject({ state: 'active', balance: 60 });
  });

  it('does not complete a bonus before its win, which the cap on conversion would miss', () => {
    const grant = grantOf({
      amount: 100,
      required: 1_000_000,
      terms: { maxConversion: { timesBonus: 100 } },
    });
    expect(play([stake(100)], [grant]).bonus).toMatchObject({ state: 'active', wagered: 1_000_000 });
    const { funds } = play([stake(100), win(900)], [grant]);
    expect(funds).toMatchObject({ real: 100, grants: [{ state: 'completed', converted: 100 }] });
  });

  it('completes a bonus that has no money in it at once', () => {
    const { funds } = play([deposit(100), stake(100)], [grantOf({ required: 1_000_000 })]);
    expect(funds).toMatchObject({ real: 10_000, grants: [{ state: 'completed' }] });
  });

  it('waits for every round the bonus has money in', () => {
    const grant = grantOf({ amount: 100, required: 1_000_000 });
    const both = [stake(50, 'r'), stake(50, 's')];
    expect(play([...both, win(0, 'r')], [grant]).bonus.state).toBe('active');
    expect(play([...both, win(0, 'r'), win(0, 's')], [grant]).bonus.state).toBe('completed');
  });

  it('is in play until a win ends the round: wins before that are paid and judge nothing', () => {
    const told = [stake(100), win(30, 'r', false), win(30, 'r', false)];
    expect(play(told, [bonus]).bonus).toMatchObject({ state: 'active', balance: 60 });
    expect(play([...told, win(0)], [bonus]).funds.rounds).toEqual([]);
  });

  it('is paid by all stakes of its round together', () => {
    const told = [deposit(60), stake(60), stake(40), win(100)];
    const { last } = play(told, [grantOf({ required: HUGE })]);
    expect(last.bet).toMatchObject({ realWin: 60, parts: [{ grantId: 'g1', stake: 0, win: 40 }] });
  });

  it('is over a week later when nobody ended it', () => {
    const told = [stake(100), { kind: 'time', at: START + ROUND_LIFE_MS - 1 } as const];
    expect(play(told, [bonus]).bonus.state).toBe('active');
    const over = play([stake(100), { kind: 'time', at: START + ROUND_LIFE_MS }], [bonus]);
    expect(over.bonus.state).toBe('lost');
    expect(over.last.notices).toMatchObject([{ kind: 'ended', as: 'lost', at: START + ROUND_LIFE_MS }]);
  });

  it('is over when there are too many after it', () => {
    const told = Array.from({ length: MAX_OPEN_ROUNDS + 1 }, (_, i) => stake(1, `round ${i}`));
    const { funds } = play(told, [grantOf({ required: HUGE })]);
    expect(funds.rounds).toHaveLength(MAX_OPEN_ROUNDS);
    expect(funds.rounds[0]?.roundId).toBe('round 1');
  });

  it('costs a player without bonus nothing to remember', () => {
    expect(play([deposit(100), stake(100)]).funds.rounds).toEqual([]);
  });
});

describe('a win', () => {
  it('of a bonus that completed meanwhile is real money', () => {
    const grant = grantOf({ amount: 100, required: 1_000_000 });
    const told = [stake(50), win(50), bet(50, 50), win(40)];
    const { funds, last } = play(told, [grant], roundsAsked(story(...told)));
    expect(last.bet).toMatchObject({ realWin: 40, parts: [] });
    expect(funds.real).toBe(140);
  });

  it('of a bonus that ended otherwise goes to breakage, and somebody is told', () => {
    const told: Told[] = [
      deposit(50),
      stake(100),
      { kind: 'grant_ended', grantId: 'g1', as: 'cancelled' },
      win(80),
    ];
    const { funds, last } = play(told, [grantOf({ required: HUGE })]);
    expect(funds.real).toBe(40);
    expect(last.bet).toMatchObject({ realWin: 40, parts: [{ grantId: 'g1', win: 40 }] });
    expect(last.lines).toMatchObject([{ kind: 'breakage', debit: 'player:bonus:g1', amount: 40 }]);
    expect(last.notices).toEqual([{ kind: 'won_after_end', grantId: 'g1', amount: 40 }]);
  });

  it('of a round nobody knows is real money', () => {
    expect(play([win(70, 'of nobody')], [grantOf()]).funds.real).toBe(70);
  });
});

describe('what the wallet is asked for', () => {
  const asked = (amount: number) =>
    ({ kind: 'stake', at: START, id: '1', roundId: 'r', game: 'g', category: null, stake: amount }) as const;

  it('covers a stake by real money and bonuses together, and not by one unit less', () => {
    const grants = [grantOf({ amount: 30 }), grantOf({ grantId: 'g2', amount: 20 })];
    expect(refusalOf({ ...NO_FUNDS, real: 50, grants }, asked(100))).toBeNull();
    expect(refusalOf({ ...NO_FUNDS, real: 50, grants }, asked(101))?.key).toBe('insufficient_funds');
  });

  it('counts neither bonuses that ended nor those to come', () => {
    const grants = [grantOf({ startedAt: START + 1 }), grantOf({ grantId: 'g2', state: 'lost' })];
    expect(refusalOf({ ...NO_FUNDS, grants }, asked(1))?.key).toBe('insufficient_funds');
  });

  it('may be more than is exact together', () => {
    const grants = [grantOf({ amount: HUGE }), grantOf({ grantId: 'g2', amount: HUGE })];
    expect(refusalOf({ ...NO_FUNDS, real: HUGE, grants }, asked(HUGE))).toBeNull();
  });
});

describe('a checkpoint', () => {
  const ended = grantOf({ grantId: 'a', state: 'expired', balance: 0 });
  const inPlay = grantOf({ grantId: 'b', amount: 100, required: HUGE });
  const lost = grantOf({ grantId: 'c', state: 'lost', balance: 0, startedAt: START + 1 });
  const restore = (funds: Funds): Funds =>
    fromCheckpoint(JSON.parse(JSON.stringify(toCheckpoint(funds))), () => termsOf());

  it('is folded on from as if nothing had been stored', () => {
    const { funds } = play([deposit(50), stake(120)], [inPlay, lost]);
    const next = story({ ...win(33), at: START + 60_000 })[0]!;
    expect(fold(restore(funds), next)).toEqual(fold(funds, next));
  });

  it('leaves out what ended for good, unless it has money in play', () => {
    const { funds } = play(
      [stake(60), { kind: 'grant_ended', grantId: 'b', as: 'cancelled' }],
      [ended, inPlay, lost],
    );
    expect(restore(funds).grants.map(({ grantId }) => grantId)).toEqual(['b', 'c']);
    const over = fold(funds, story({ ...win(0), at: START + 60_000 })[0]!);
    expect(restore(over.funds).grants.map(({ grantId }) => grantId)).toEqual(['c']);
  });
});
