import { FF1 } from '@noble/ciphers/ff1.js';
import { hexToBytes } from '@noble/ciphers/utils.js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  CROCKFORD,
  createAlphabet,
  createPattern,
  createSealedBatch,
  DEFAULT_PATTERN,
  normaliseCode,
  type SealedBatch,
} from './index.ts';

const KEY = hexToBytes('2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94');
const TWEAK = hexToBytes('39383736353433323130');
const NO_TWEAK = new Uint8Array(0);

function createBatch(source: string, size: number, symbols = CROCKFORD.symbols, key = KEY, tweak = TWEAK) {
  const alphabet = createAlphabet(symbols);
  const pattern = alphabet.ok ? createPattern(source, alphabet.value) : alphabet;
  return pattern.ok ? createSealedBatch(pattern.value, size, key, tweak) : pattern;
}

function batch(...args: Parameters<typeof createBatch>): SealedBatch {
  const created = createBatch(...args);
  if (!created.ok) throw new Error(created.refusal.message);
  return created.value;
}

function indexOf(of: SealedBatch, typed: string): number | undefined {
  const code = normaliseCode(typed);
  return code.ok ? of.indexOf(code.value) : undefined;
}

describe('NIST SP 800-38G samples', () => {
  it.each([
    ['1: AES-128', 16, NO_TWEAK, '2433477484'],
    ['2: AES-128', 16, TWEAK, '6124200773'],
    ['4: AES-192', 24, NO_TWEAK, '2830668132'],
    ['5: AES-192', 24, TWEAK, '2496655549'],
    ['7: AES-256', 32, NO_TWEAK, '6657667009'],
    ['8: AES-256', 32, TWEAK, '1001623463'],
  ])('%s, radix 10, as a batch of ten-digit codes', (_, keyLength, tweak, code) => {
    const digits = batch('##########', 10 ** 10, '0123456789', KEY.slice(0, keyLength), tweak);
    expect(digits.codeAt(123_456_789).text).toBe(code);
    expect(indexOf(digits, code)).toBe(123_456_789);
  });

  it.each([
    ['3: AES-128', 16, 'a9tv40mll9kdu509eum'],
    ['6: AES-192', 24, 'xbj3kv35jrawxv32ysr'],
    ['9: AES-256', 32, 'xs8a0azh2avyalyzuwd'],
  ])('%s, radix 36', (_, keyLength, expected) => {
    const numerals = (text: string) => [...text].map((symbol) => Number.parseInt(symbol, 36));
    const cipher = FF1(36, KEY.slice(0, keyLength), hexToBytes('3737373770717273373737'));
    expect(cipher.encrypt(numerals('0123456789abcdefghi'))).toEqual(numerals(expected));
  });
});

describe('a sealed batch', () => {
  it('opens every code to its index, however it is typed', () => {
    const billion = batch('SPRING-#####-#####-####@', 1_000_000_000);
    fc.assert(
      fc.property(fc.nat({ max: 999_999_999 }), (index) => {
        const { text, key } = billion.codeAt(index);
        const asTyped = ` ${text.toLowerCase().replaceAll('0', 'o').replaceAll('-', ' ')}`;
        expect([indexOf(billion, text), indexOf(billion, key), indexOf(billion, asTyped)]).toEqual([
          index,
          index,
          index,
        ]);
      }),
      { numRuns: 200 },
    );
  });

  it('never gives a code twice', () => {
    const codes = batch('######', 5_000);
    const keys = Array.from({ length: 5_000 }, (_, index) => codes.codeAt(index).key);
    expect(new Set(keys).size).toBe(5_000);
  });

  it('does not take a code beyond its size, nor one made up', () => {
    const small = batch(DEFAULT_PATTERN, 10);
    const large = batch(DEFAULT_PATTERN, 1_000);
    const beyond = large.codeAt(10).text;
    expect(indexOf(large, beyond)).toBe(10);
    expect(indexOf(small, beyond)).toBeUndefined();
    expect(indexOf(small, '00000-00000-00000')).toBeUndefined();
  });

  it('does not take a code with a wrong check symbol or of another shape', () => {
    const codes = batch(DEFAULT_PATTERN, 10);
    const { key } = codes.codeAt(3);
    const wrong = key.endsWith('7') ? '8' : '7';
    expect(indexOf(codes, key.slice(0, -1) + wrong)).toBeUndefined();
    expect(indexOf(codes, key.slice(1))).toBeUndefined();
  });

  it('has other codes under another key or tweak', () => {
    const texts = [
      batch(DEFAULT_PATTERN, 10),
      batch(DEFAULT_PATTERN, 10, CROCKFORD.symbols, KEY.slice(0, 16)),
      batch(DEFAULT_PATTERN, 10, CROCKFORD.symbols, KEY, NO_TWEAK),
    ].map((codes) => codes.codeAt(0).text);
    expect(new Set(texts).size).toBe(3);
  });

  it('fills its whole domain', () => {
    const all = batch('######', 1_000_000, '0123456789');
    expect(indexOf(all, all.codeAt(0).text)).toBe(0);
    expect(indexOf(all, all.codeAt(999_999).text)).toBe(999_999);
  });

  it.each([-1, 10, 0.5, Number.NaN])('has no code number %d among ten', (index) => {
    expect(() => batch(DEFAULT_PATTERN, 10).codeAt(index)).toThrow(RangeError);
  });

  it.each([
    ['no codes', '######', 0, 'sealed_size_invalid'],
    ['half a code', '######', 0.5, 'sealed_size_invalid'],
    ['more codes than can be counted', '##############', 2 ** 53, 'sealed_size_invalid'],
    ['more codes than the pattern has', '####', 1_048_577, 'sealed_pattern_too_short'],
    ['a domain below a million', '###', 10, 'sealed_pattern_too_short'],
  ])('refuses %s', (_, source, size, key) => {
    const created = createBatch(source, size);
    expect(created.ok ? '' : created.refusal.key).toBe(key);
  });
});
