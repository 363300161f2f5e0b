import { describe, expect, it } from 'vitest';
import { factsFrom, factsReader } from './facts-read.ts';

const NAMES = ['player.country', 'player.age', 'player.properties.tier', 'traffic.utm_source', 'now'];

describe('the facts a rule reads', () => {
  const read = factsReader(NAMES);

  it('are picked by full name, and nothing else', () => {
    const now = new Date(0);
    const player = { country: 'DE', age: 0, language: 'de', properties: { tier: 'gold', secret: 1 } };
    expect(read({ player, traffic: { utm_source: 'radio' }, now })).toEqual({
      'player.country': 'DE',
      'player.age': 0,
      'player.properties.tier': 'gold',
      'traffic.utm_source': 'radio',
      now,
    });
  });

  it.each([
    ['missing groups', {}],
    ['empty groups', { player: {}, traffic: {} }],
    ['unknown values', { player: { country: null, properties: undefined }, traffic: null, now: undefined }],
    ['a value where a group should be', { player: 'DE', traffic: 3 }],
  ])('are null for %s', (_, facts) => {
    expect(read(facts)).toEqual(Object.fromEntries(NAMES.map((name) => [name, null])));
  });

  it('never are what an object inherits', () => {
    expect(factsReader(['player.constructor', 'toString'])({ player: {} })).toEqual({
      'player.constructor': null,
      toString: null,
    });
  });

  it('make a facts object again', () => {
    const kept = {
      'player.country': 'DE',
      'player.age': null,
      'player.properties.tier': 'gold',
      now: 'today',
    };
    expect(factsFrom(kept)).toEqual({
      player: { country: 'DE', age: null, properties: { tier: 'gold' } },
      now: 'today',
    });
    expect(factsReader(Object.keys(kept))(factsFrom(kept))).toEqual(kept);
  });
});
