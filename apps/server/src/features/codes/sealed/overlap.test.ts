import { CROCKFORD, createAlphabet, createPattern } from '@promosmith/core/codes';
import { describe, expect, test } from 'vitest';
import { must } from '../../../testing/test-app.ts';
import { patternsOverlap } from './overlap.ts';

const pattern = (source: string, alphabet?: string) =>
  must(createPattern(source, alphabet === undefined ? CROCKFORD : must(createAlphabet(alphabet))));

describe('patterns', () => {
  test.each([
    ['########', '########', true],
    ['####-####', '########', true],
    ['A#######', '########', true],
    ['A#######', '#A######', true],
    ['A#######', 'B#######', false],
    ['O#######', '0#######', true],
    ['########', '#######', false],
    ['#######@', '########', true],
    ['VIP-####', 'VIP-#####', false],
  ])('%s and %s', (one, other, overlap) => {
    expect(patternsOverlap(pattern(one), pattern(other))).toBe(overlap);
    expect(patternsOverlap(pattern(other), pattern(one))).toBe(overlap);
  });

  test('of alphabets with nothing in common make no code both', () => {
    expect(patternsOverlap(pattern('####', '01234'), pattern('####', 'ABCDE'))).toBe(false);
    expect(patternsOverlap(pattern('####', '01234'), pattern('####', '4567'))).toBe(true);
  });
});
