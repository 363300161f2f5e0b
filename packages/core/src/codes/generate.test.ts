import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  type CodeGenerator,
  type CodePattern,
  CROCKFORD,
  createAlphabet,
  createCodeGenerator,
  createPattern,
  createProfanityFilter,
  DEFAULT_PATTERN,
  type RandomBytes,
} from './index.ts';

function pattern(source: string, symbols = CROCKFORD.symbols): CodePattern {
  const alphabet = createAlphabet(symbols);
  const created = alphabet.ok ? createPattern(source, alphabet.value) : alphabet;
  if (!created.ok) throw new Error(created.refusal.message);
  return created.value;
}

function generator(of: CodePattern, bytes: RandomBytes): CodeGenerator {
  const created = createCodeGenerator(of, bytes);
  if (!created.ok) throw new Error(created.refusal.message);
  return created.value;
}

const HAN = Array.from({ length: 64 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('');

describe('no symbol is favoured', () => {
  it.each(Array.from({ length: 63 }, (_, i) => i + 2))(
    'exactly, over every byte, among %i symbols',
    (size) => {
      const draw = generator(pattern('#', HAN.slice(0, size)), (n) =>
        Uint8Array.from({ length: n }, (_, i) => i),
      );
      const perSymbol = Math.floor(256 / size);
      const counts = new Map<string, number>();
      for (const { key } of draw(size * perSymbol)) counts.set(key, (counts.get(key) ?? 0) + 1);
      expect([...counts.values()]).toEqual(new Array(size).fill(perSymbol));
    },
  );

  it('by chi-square, at every place of real codes', () => {
    const codes = generator(pattern('##############', CROCKFORD.symbols.slice(0, 31)), randomBytes)(50_000);
    for (let place = 0; place < 14; place++) {
      const counts = new Map<string, number>();
      for (const { key } of codes) counts.set(key[place]!, (counts.get(key[place]!) ?? 0) + 1);
      const expected = codes.length / 31;
      const chiSquare = [...counts.values()].reduce(
        (sum, count) => sum + (count - expected) ** 2 / expected,
        0,
      );
      // 30 degrees of freedom: above 120 once in 10^12 fair runs, while plain modulo scores above 300.
      expect(chiSquare).toBeLessThan(120);
    }
  });
});

describe('createCodeGenerator', () => {
  it('draws as many codes as asked, different ones', () => {
    const codes = generator(pattern(DEFAULT_PATTERN), randomBytes)(20_000);
    expect(new Set(codes.map(({ key }) => key)).size).toBe(20_000);
  });

  it('is decided by its bytes alone', () => {
    const counting = (): RandomBytes => (n) => Uint8Array.from({ length: n }, (_, i) => (i * 31) % 256);
    const of = pattern('SPRING-####@');
    expect(generator(of, counting())(100)).toEqual(generator(of, counting())(100));
  });

  it('never asks for more bytes at a time than a browser gives', () => {
    const asked: number[] = [];
    generator(pattern(DEFAULT_PATTERN), (n) => {
      asked.push(n);
      return randomBytes(n);
    })(2_000);
    expect(asked.length).toBeGreaterThan(1);
    expect(Math.max(...asked)).toBeLessThanOrEqual(65_536);
  });

  it('draws offensive codes again', () => {
    const filter = createProfanityFilter();
    const created = createCodeGenerator(pattern('####', 'ASTX'), randomBytes, filter);
    const codes = created.ok ? created.value(2_000) : [];
    expect(codes).toHaveLength(2_000);
    expect(codes.filter(({ key }) => filter(key) > 0)).toEqual([]);
  });

  it('leaves the operator’s own words alone', () => {
    const created = createCodeGenerator(pattern('CLASSIC-####'), randomBytes, createProfanityFilter());
    expect(created.ok && created.value(10)).toHaveLength(10);
  });

  it('refuses a pattern that can only offend', () => {
    const created = createCodeGenerator(pattern('AS#', 'S5'), randomBytes, createProfanityFilter());
    expect(created.ok ? '' : created.refusal.key).toBe('pattern_always_offensive');
  });
});
