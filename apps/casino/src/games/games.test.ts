import { describe, expect, test } from 'vitest';
import * as roulette from './roulette.ts';
import * as slot from './slot.ts';

describe('Fruit Parade', () => {
  test('pays out 95.7 % over all stops of the reels', () => {
    const STAKE = 500;
    const [first = [], second = [], third = []] = slot.REELS;
    let won = 0;
    for (const a of first.keys())
      for (const b of second.keys())
        for (const c of third.keys()) won += slot.wonBy(slot.spin([a, b, c], STAKE));
    expect(won / (STAKE * first.length * second.length * third.length)).toBe(0.957);
  });

  test('shows three symbols of each reel from its stop on, and goes round', () => {
    const { columns } = slot.spin([19, 0, 18], 100);
    expect(columns).toEqual([
      ['clover', 'seven', 'cherry'],
      ['seven', 'lemon', 'plum'],
      ['cherry', 'lemon', 'seven'],
    ]);
  });

  test('a line of three pays by its symbol, two cherries from the left a little, to the cent', () => {
    const threeSevens = slot.spin([0, 0, 0], 20);
    expect(threeSevens.wins).toContainEqual({ rows: [0, 0, 0], amount: 2_000 });
    const cherries = slot.REELS.map((reel) => reel.indexOf('cherry'));
    const two = slot.spin([cherries[0] ?? 0, cherries[1] ?? 0, 0], 100);
    expect(two.wins).toContainEqual({ rows: [0, 0, 0], amount: 80 });
  });

  test.each(slot.STAKES)('a stake of %i cents is whole cents on every line', (stake) => {
    expect(stake % slot.LINES.length).toBe(0);
  });
});

describe('roulette', () => {
  const pockets = Array.from({ length: roulette.POCKETS }, (_, pocket) => pocket);

  test.each(Object.keys(roulette.FIELDS))('%s pays out 36 of 37 over all pockets', (on) => {
    const won = pockets.map((pocket) => roulette.wonBy(roulette.settle([{ on, amount: 100 }], pocket)));
    expect(won.reduce((sum, one) => sum + one, 0)).toBe(3_600);
  });

  test('half of the numbers above zero are red, half black', () => {
    const colours = pockets.map(roulette.colourOf);
    expect(['green', 'red', 'black'].map((name) => colours.filter((one) => one === name).length)).toEqual([
      1, 18, 18,
    ]);
  });

  test('bets of a round are settled each by itself', () => {
    const outcome = roulette.settle(
      [
        { on: '17', amount: 100 },
        { on: 'black', amount: 500 },
        { on: 'even', amount: 200 },
      ],
      17,
    );
    expect(outcome.bets.map(({ win }) => win)).toEqual([3_600, 1_000, 0]);
    expect(roulette.stakeOf(outcome.bets)).toBe(800);
    expect(roulette.wonBy(outcome)).toBe(4_600);
  });

  test.each<[string, roulette.RouletteBet[]]>([
    ['Place a chip first.', []],
    ['There is no such place on the table.', [{ on: 'toString', amount: 100 }]],
    ['There is no such place on the table.', [{ on: '37', amount: 100 }]],
    ['The smallest chip is €0.50.', [{ on: '17', amount: 49 }]],
    ['The smallest chip is €0.50.', [{ on: '17', amount: -100 }]],
    ['The smallest chip is €0.50.', [{ on: '17', amount: 50.5 }]],
    ['The smallest chip is €0.50.', [{ on: '17', amount: Number.NaN }]],
    [
      'The table takes €500 a round at most.',
      [
        { on: '17', amount: 25_000 },
        { on: '18', amount: 25_001 },
      ],
    ],
    ['No more than 60 places at a time.', Array.from({ length: 61 }, () => ({ on: 'red', amount: 100 }))],
  ])('refused: %s', (problem, bets) => {
    expect(roulette.problemOf(bets)).toBe(problem);
  });

  test('what the table takes is taken', () => {
    expect(roulette.problemOf([{ on: '0', amount: 50_000 }])).toBeUndefined();
  });
});
