import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createCheckScheme } from './index.ts';

const SIZES = Array.from({ length: 63 }, (_, i) => i + 2);
const LENGTH = 15;

const below = (size: number) => Array.from({ length: size }, (_, value) => value);

/** A valid code with its check value, different for every size and salt, the same in every run. */
function validCode(size: number, length: number, salt: number): number[] {
  const values = below(length - 1).map((place) => (place * 7 + salt * 13 + place * place * salt) % size);
  return [...values, createCheckScheme(size).checkValue(values)];
}

const withValues = (code: readonly number[], changes: Readonly<Record<number, number>>): number[] =>
  code.map((value, place) => changes[place] ?? value);

describe.each(SIZES)('%i symbols', (size) => {
  const scheme = createCheckScheme(size);
  const codes = [0, 1, 2, 3].map((salt) => validCode(size, LENGTH, salt));

  it('accepts its own check value and no other', () => {
    for (const code of codes) {
      const accepted = below(size).filter((value) =>
        scheme.isValid(withValues(code, { [LENGTH - 1]: value })),
      );
      expect(accepted).toEqual([code[LENGTH - 1]]);
    }
  });

  it('detects every single wrong symbol', () => {
    for (const code of codes)
      for (const place of below(LENGTH))
        for (const wrong of below(size))
          expect(scheme.isValid(withValues(code, { [place]: wrong }))).toBe(wrong === code[place]);
  });
});

/** Every pair of different neighbours at every place, with what stands before them in every state it can leave. */
function undetectedSwaps(size: number): number {
  const scheme = createCheckScheme(size);
  let undetected = 0;
  for (const place of [0, 1, 2, 7, LENGTH - 3])
    for (const before of below(place === 0 ? 1 : size))
      for (const a of below(size))
        for (const b of below(a)) {
          const values = withValues(new Array<number>(LENGTH - 1).fill(0), {
            0: before,
            [place]: a,
            [place + 1]: b,
          });
          const swapped = withValues(values, { [place]: b, [place + 1]: a });
          if (scheme.checkValue(values) === scheme.checkValue(swapped)) undetected++;
        }
  return undetected;
}

describe('swapped neighbours', () => {
  it.each([3, 4, 5, 6, 8, 9, 10, 12, 16, 20, 26, 30, 31, 32])('are all detected among %i symbols', (size) => {
    expect(undetectedSwaps(size)).toBe(0);
  });

  it('are detected in any code of any size, the check symbol included', () => {
    const code = fc.integer({ min: 3, max: 64 }).chain((size) =>
      fc.record({
        size: fc.constant(size),
        values: fc.array(fc.nat({ max: size - 1 }), { minLength: 1, maxLength: 63 }),
        place: fc.nat(),
      }),
    );
    fc.assert(
      fc.property(code, ({ size, values, place }) => {
        const scheme = createCheckScheme(size);
        const whole = [...values, scheme.checkValue(values)];
        const left = place % (whole.length - 1);
        const swapped = withValues(whole, { [left]: whole[left + 1]!, [left + 1]: whole[left]! });
        expect(scheme.isValid(swapped)).toBe(whole[left] === whole[left + 1]);
      }),
      { numRuns: 500 },
    );
  });

  it('cannot be detected among two symbols', () => {
    expect(undetectedSwaps(2)).toBeGreaterThan(0);
  });
});

describe('32 symbols', () => {
  const scheme = createCheckScheme(32);
  const empty = new Array<number>(32).fill(0);

  // The rule is linear over GF(32), so errors in a code of zeros stand for the same errors in every code.
  it('detects any two symbols swapped, up to 30 places apart', () => {
    for (const distance of below(31).slice(1))
      for (const a of below(32).slice(1)) {
        const code = [a, ...empty.slice(1)];
        const closed = [...code, scheme.checkValue(code)];
        for (const b of below(32)) {
          if (a === b) continue;
          const original = withValues(closed, { [distance]: b });
          const swapped = withValues(original, { 0: b, [distance]: a });
          expect(scheme.checkValue(original)).not.toBe(scheme.checkValue(swapped));
        }
      }
  });

  it('detects a doubled symbol mistaken for another', () => {
    for (const place of below(31))
      for (const a of below(32))
        for (const b of below(a)) {
          const twinA = withValues(empty, { [place]: a, [place + 1]: a });
          const twinB = withValues(empty, { [place]: b, [place + 1]: b });
          expect(scheme.checkValue(twinA)).not.toBe(scheme.checkValue(twinB));
        }
  });
});
