import { INDICATOR_NAMES } from '@promosmith/core/risk';
import { describe, expect, it } from 'vitest';
import de from '../../texts/de/fraud.json' with { type: 'json' };
import en from '../../texts/en/fraud.json' with { type: 'json' };
import { valuesOf } from './evidence.ts';

describe('values of evidence', () => {
  it.each([
    [{ others: 3 }, 3],
    [{ bets: 20, percent: 92 }, 20],
    [{ misses: 7, lockouts: 2 }, 2],
    [
      {
        matches: [
          { kind: 'email', accounts: 1 },
          { kind: 'phone', accounts: 2 },
        ],
      },
      3,
    ],
    [{ domain: 'mail.example' }, 0],
  ])('of %j count %i', (evidence, count) => expect(valuesOf({ evidence }).count).toBe(count));
  it('have what can be written and nothing else', () => {
    expect(valuesOf({ evidence: { address: 'DE', player: 'MT', more: { of: 'this' } } })).toEqual({
      address: 'DE',
      player: 'MT',
      count: 0,
    });
  });
});

describe.each([
  ['English', en],
  ['German', de],
])('in %s', (_, texts) => {
  it.each(INDICATOR_NAMES)('%s has a name and its evidence a sentence', (name) => {
    expect(Object.keys(texts.indicators)).toContain(name);
    expect(Object.keys(texts.evidence).map((key) => key.replace(/_(one|other)$/, ''))).toContain(name);
  });
});
