import { expect, it } from 'vitest';
import { chanceOfOneLook } from '../statistics/testing/chi-square.ts';
import { armOf } from './index.ts';

const PLAYERS = Array.from({ length: 50_000 }, (_, n) => `player-${n}`);

it.each([[[5_000, 5_000]], [[9_000, 1_000]], [[2_500, 2_500, 4_999, 1]]])(
  'deals players by weights: %j',
  (weights) => {
    const dealt = PLAYERS.map((player) => armOf('experiment', weights, player));
    const shares = weights.map((weight, arm) => ({
      weight,
      players: dealt.filter((one) => one === arm).length,
    }));
    expect(chanceOfOneLook(shares)).toBeGreaterThan(0.001);
  },
);

it('deals a player the same arm for ever, and arms of two experiments independently', () => {
  const halves = [5_000, 5_000];
  expect(PLAYERS.slice(0, 8).map((player) => armOf('one', halves, player))).toEqual(DEALT);
  const both = PLAYERS.filter(
    (player) => armOf('one', halves, player) === 0 && armOf('other', halves, player) === 0,
  );
  expect(
    chanceOfOneLook([
      { weight: 1, players: both.length },
      { weight: 3, players: PLAYERS.length - both.length },
    ]),
  ).toBeGreaterThan(0.001);
});

it('keeps players where they were when a share is taken from the arms behind', () => {
  const before = PLAYERS.filter((player) => armOf('one', [3_000, 7_000], player) === 0);
  expect(before.every((player) => armOf('one', [3_000, 2_000, 5_000], player) === 0)).toBe(true);
});

it('throws for arms that are not all', () => {
  expect(() => PLAYERS.map((player) => armOf('one', [1, 1], player))).toThrow(RangeError);
});

/** What players were dealt once. */
const DEALT = [1, 1, 0, 1, 0, 1, 0, 1];
