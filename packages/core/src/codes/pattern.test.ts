import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type CodePattern,
  CROCKFORD,
  createAlphabet,
  createCodeGenerator,
  createPattern,
  DEFAULT_PATTERN,
  lookUpForms,
  normaliseCode,
  readCode,
} from './index.ts';

function pattern(source: string, symbols = CROCKFORD.symbols): CodePattern {
  const alphabet = createAlphabet(symbols);
  if (!alphabet.ok) throw new Error(alphabet.refusal.message);
  const created = createPattern(source, alphabet.value);
  if (!created.ok) throw new Error(JSON.stringify(created.refusal));
  return created.value;
}

function generate(of: CodePattern, seed = 1) {
  let state = seed;
  const generator = createCodeGenerator(of, (n) =>
    Uint8Array.from({ length: n }, () => {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      return state >>> 24;
    }),
  );
  if (!generator.ok) throw new Error(generator.refusal.message);
  return generator.value;
}

function read(of: CodePattern, typed: string) {
  const code = normaliseCode(typed);
  return code.ok ? readCode(of, code.value) : code.refusal;
}

describe('createPattern', () => {
  it.each([
    ['SPRING-####-####', 8, false, /^SPRING-[0-9A-Z]{4}-[0-9A-Z]{4}$/],
    ['spring ##', 2, false, /^SPRING [0-9A-Z]{2}$/],
    [DEFAULT_PATTERN, 14, true, /^[0-9A-Z]{5}-[0-9A-Z]{5}-[0-9A-Z]{5}$/],
    [String.raw`NO\#1-##@`, 2, true, /^NO#1-[0-9A-Z]{3}$/],
    [String.raw`A\@B_##@X`, 2, true, /^A@B_[0-9A-Z]{3}X$/],
    [String.raw`\A##`, 2, false, /^A[0-9A-Z]{2}$/],
    ['ÉTÉ##', 2, false, /^ÉTÉ[0-9A-Z]{2}$/],
  ])('%s', (source, symbolCount, hasCheck, looks) => {
    const created = pattern(source);
    expect(created.symbolCount).toBe(symbolCount);
    expect(created.check !== undefined).toBe(hasCheck);
    expect(generate(created)(1)[0]?.text).toMatch(looks);
  });

  it.each([
    ['nothing', '', ['pattern']],
    ['no random symbol', 'SPRING', ['pattern']],
    ['only an escaped one', String.raw`A\#`, ['pattern']],
    ['characters no code contains', 'A"#<', ['pattern.1', 'pattern.3']],
    ['an emoji, counted as two units', 'A🎉#é"', ['pattern.1', 'pattern.5']],
    ['an invisible character', 'A\u200B#', ['pattern.1']],
    ['a combining mark, which would melt into a symbol', '#\u0301', ['pattern.1']],
    ['an escaped backslash', String.raw`#\\`, ['pattern.1']],
    ['a trailing backslash', '##\\', ['pattern.2']],
    ['two check symbols', '##@@', ['pattern.3']],
    ['a random symbol after the check symbol', '##@-#', ['pattern.4']],
    ['a code of 65 symbols', '#'.repeat(65), ['pattern']],
    ['a source beyond reading', '-'.repeat(10_000), ['pattern']],
    ['letters of the other direction', 'שלום##', ['pattern']],
  ])('refuses %s at its position', (_, source, fields) => {
    const created = createPattern(source);
    expect(created.ok ? [] : created.refusal.errors?.map(({ field }) => field)).toEqual(fields);
  });

  it('takes 64 symbols, separators not counted', () => {
    expect(createPattern(`${'#'.repeat(32)}-${'#'.repeat(31)}@`).ok).toBe(true);
  });
});

describe('generated codes', () => {
  it('are found under the key they are stored with, whatever the pattern', () => {
    const piece = fc.constantFrom('#', '##', 'SOLO', '-', ' ', 'x', String.raw`\#`, '_', '7');
    const alphabets = fc.constantFrom(CROCKFORD.symbols, '0123456789', '01OIL', 'абвгд', 'AB');
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 8 }),
        fc.boolean(),
        alphabets,
        fc.nat(),
        (pieces, check, symbols, seed) => {
          const of = pattern(`${pieces.join('')}##${check ? '@' : ''}`, symbols);
          for (const { text, key } of generate(of, seed)(5)) {
            const code = normaliseCode(text);
            expect(code.ok && lookUpForms(code.value)).toContain(key);
            expect(code.ok && readCode(of, code.value)).toMatchObject({ kind: 'fits', key });
          }
        },
      ),
    );
  });

  it('are understood with O for 0 and I or L for 1, in the prefix as well', () => {
    const of = pattern('SOLO-##');
    expect(read(of, 'SOLO-10')).toEqual({ kind: 'fits', key: 'S01010', values: [1, 0] });
    expect(read(of, 'sOLOlo')).toEqual(read(of, 'SOLO-10'));
    expect(read(of, '5OLO-10')).toEqual({ kind: 'other' });
  });

  it('keep O and 0 apart in an alphabet that has both', () => {
    const of = pattern('##', '01OIL');
    expect(read(of, 'O0')).toEqual({ kind: 'fits', key: 'O0', values: [2, 0] });
  });

  it.each([
    ['too short', 'SPRING-12'],
    ['too long', 'SPRING-1234'],
    ['another prefix', 'SUMMER-123'],
    ['a symbol outside the alphabet', 'SPRING-12U'],
  ])('%s is another shape', (_, typed) => {
    expect(read(pattern('SPRING-###'), typed)).toEqual({ kind: 'other' });
  });

  it('with a symbol mistyped are told from codes of another shape', () => {
    const of = pattern(DEFAULT_PATTERN);
    const [code] = generate(of)(1);
    const wrong = code!.text.startsWith('7') ? '8' : '7';
    expect(read(of, code!.text)).toMatchObject({
      kind: 'fits',
      values: expect.objectContaining({ length: 14 }),
    });
    expect(read(of, wrong + code!.text.slice(1))).toEqual({ kind: 'mistyped' });
  });
});
