import { describe, expect, it } from 'vitest';
import { bucketOf } from '../bucket.ts';
import { draw, journeyOf, NOON, node } from '../testing/drawing.ts';
import { play } from '../testing/player.ts';

const { exit } = node;

describe('a condition', () => {
  const asking = (rule: string) =>
    journeyOf(
      draw({ c: { ...node.condition, rule }, yes: exit, no: exit }, [
        'start.next > c',
        'c.yes > yes',
        'c.no > no',
      ]),
    );
  const tuesday = `now >= timestamp("${new Date(NOON).toISOString()}")`;

  it.each([
    ['player.country == "DE"', 'yes'],
    ['player.country == "GB"', 'no'],
    ['player.vip_level > 2', 'no'],
    ['!(player.vip_level > 2)', 'no'],
    ['event.amount == 5000 && events.start.method == "card"', 'yes'],
    [tuesday, 'yes'],
  ])('%s: %s', (rule, connector) => {
    expect(play(asking(rule)).path[1]).toBe(`c.${connector} > ${connector}`);
  });

  it('that nothing follows on one side ends there', () => {
    const half = journeyOf(draw({ c: node.condition, yes: exit }, ['start.next > c', 'c.yes > yes']));
    expect(play(half, { facts: {} }).enrolment.end).toMatchObject({ reason: 'path_ended', connector: 'no' });
  });
});

describe('a split', () => {
  const shares = [1_000, 0, 9_000] as const;
  const variants = shares.map((bps, n) => ({ id: `v${n}`, name: null, bps }));
  const splitting = journeyOf(
    draw({ s: { ...node.split, variants }, v0: exit, v1: exit, v2: exit }, [
      'start.next > s',
      's.v0 > v0',
      's.v1 > v1',
      's.v2 > v2',
    ]),
  );
  const sideOf = (playerId: string) => play(splitting, {}, { playerId }).steps[1]?.connector;
  const players = Array.from({ length: 50_000 }, (_, n) => `player-${n}`);

  it('gives each variant its share', () => {
    const sides = Map.groupBy(players, sideOf);
    // Six standard deviations of 67.
    expect(Math.abs((sides.get('v0')?.length ?? 0) - 5_000)).toBeLessThan(402);
    expect([...sides.keys()].sort()).toEqual(['v0', 'v2']);
  });

  it('gives a player the same one each time', () => {
    const some = players.slice(0, 100);
    expect(some.map(sideOf)).toEqual(some.map(sideOf));
  });

  it('ends a share before the first place of the next', () => {
    const at = (place: number) => players.find((player) => bucketOf('journey', 's', player) === place) ?? '';
    expect([at(0), at(999), at(1_000), at(9_999)].map(sideOf)).toEqual(['v0', 'v0', 'v2', 'v2']);
  });
});
