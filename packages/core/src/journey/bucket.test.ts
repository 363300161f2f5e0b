import { describe, expect, it } from 'vitest';
import { bucketOf } from './bucket.ts';

const PLAYERS = 100_000;
const CELLS = 100;

/** Bounds for 99 degrees of freedom: a fair hash is below it but once in 100,000 tries, and above the lower one likewise. */
const FAIR = { least: 50, most: 168 };

/** How far players are from being spread evenly over cells of a hundred places each. */
function chiSquare(cellOf: (player: string) => number): number {
  const counts = new Array<number>(CELLS).fill(0);
  for (let n = 0; n < PLAYERS; n++) {
    const cell = cellOf(playerId(n));
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  const expected = PLAYERS / CELLS;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}

/** Ids of a UUIDv7's make: the same time in front, the differences at the end. */
const playerId = (n: number): string => `019aa6c0-1c00-7000-8000-${n.toString(16).padStart(12, '0')}`;

describe('the place of a player', () => {
  it.each([
    ['a split', 'journey', 'split'],
    ['the control group', 'journey', ''],
    ['another journey', '019aa6c0-ffff-7000-8000-000000000001', 'n1'],
  ])('is anywhere with the same chance in %s', (_, journeyId, nodeId) => {
    const spread = chiSquare((player) => Math.floor(bucketOf(journeyId, nodeId, player) / CELLS));
    expect(spread).toBeGreaterThan(FAIR.least);
    expect(spread).toBeLessThan(FAIR.most);
  });

  it('does not depend on the place in another split', () => {
    const spread = chiSquare((player) => {
      const tenth = (nodeId: string) => Math.floor(bucketOf('journey', nodeId, player) / 1_000);
      return tenth('first') * 10 + tenth('second');
    });
    expect(spread).toBeLessThan(FAIR.most);
  });

  it('is of 0 to 9,999', () => {
    const places = Array.from({ length: PLAYERS }, (_, n) => bucketOf('journey', 'split', playerId(n)));
    expect(Math.min(...places)).toBe(0);
    expect(Math.max(...places)).toBe(9_999);
  });

  it('never changes', () => {
    expect(
      [playerId(0), playerId(1), 'p1', ''].map((player) => bucketOf('journey', 'split', player)),
    ).toEqual(PLACES);
  });

  it('tells apart where a text ends', () => {
    expect(bucketOf('a', 'bc', 'd')).not.toBe(bucketOf('ab', 'c', 'd'));
    expect(bucketOf('a', '', 'bd')).not.toBe(bucketOf('a', 'b', 'd'));
  });
});

/** What players were told once. */
const PLACES = [419, 1_452, 3_973, 1_371];
