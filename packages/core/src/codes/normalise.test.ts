import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { foldText } from './fold-text.ts';
import { lookUpForms, normaliseCode } from './index.ts';

function formsOf(typed: string): readonly string[] | string {
  const code = normaliseCode(typed);
  return code.ok ? lookUpForms(code.value) : code.refusal.key;
}

describe('what is forgiven', () => {
  it.each([
    ['case', 'spring25'],
    ['spaces around and within', '  SPRING 25\t\r\n'],
    ['dashes', 'SPR-ING–2—5'],
    ['the minus sign and the soft hyphen', 'SPRING\u22122\u00AD5'],
    ['no-break, thin and ideographic spaces', 'SPR\u00A0ING\u20092\u30005'],
    ['zero-width characters', '\uFEFFSPR\u200BING\u200D2\u20605'],
    ['direction marks', '\u202ESPRING\u202C\u200E2\u20665\u2069'],
    ['full-width letters and digits', 'ＳＰＲＩＮＧ２５'],
    ['mathematical letters', '𝐒𝐏𝐑𝐈𝐍𝐆𝟐𝟓'],
  ])('%s', (_, typed) => {
    expect(formsOf(typed)).toEqual(['SPRING25', 'SPR1NG25']);
  });

  it.each([
    ['O read as 0, I and L as 1', 'oil', ['OIL', '011']],
    ['nothing to read otherwise', 'spr-2x', ['SPR2X']],
    ['an operator’s word first as written', 'hello', ['HELLO', 'HE110']],
    ['sharp s', 'spaß', ['SPASS']],
    ['accents composed', 'e\u0301te', ['ÉTE']],
    ['Cyrillic', 'весна', ['ВЕСНА']],
    ['Arabic', 'ربيع', ['ربيع']],
    ['Thai with its marks', 'ที่', ['ที่']],
    ['punctuation of shared codes', 'win_100%', ['WIN_100%', 'W1N_100%']],
  ])('%s', (_, typed, forms) => {
    expect(formsOf(typed)).toEqual(forms);
  });
});

describe('what is refused', () => {
  it.each([
    ['nothing', '', 'code_empty'],
    ['only separators', ' -\u200B—\u202E ', 'code_empty'],
    ['65 characters', 'A'.repeat(65), 'code_too_long'],
    ['10,000 characters', 'A'.repeat(10_000), 'code_too_long'],
    ['10,000 dashes', '-'.repeat(10_000), 'code_too_long'],
    ['one character that unfolds into many', '\uFDFA'.repeat(100), 'code_too_long'],
    ['emoji', 'WIN🎉', 'code_unsupported_character'],
    ['a joined emoji', '👨‍👩‍👧', 'code_unsupported_character'],
    ['a keycap', '1\uFE0F\u20E3', 'code_unsupported_character'],
    ['a flag', '🇲🇹', 'code_unsupported_character'],
    ['a quote', "A'B", 'code_unsupported_character'],
    ['markup', '<b>A</b>', 'code_unsupported_character'],
    ['a control character', 'A\u0000B', 'code_unsupported_character'],
    ['half a surrogate pair', 'A\uD83D', 'code_unsupported_character'],
    ['a mark on nothing', '\u0301A', 'code_unsupported_character'],
    ['a loose jamo', '\u1100', 'code_unsupported_character'],
    ['letters of both directions', 'WINשלום', 'code_mixed_direction'],
  ])('%s', (_, typed, key) => {
    expect(formsOf(typed)).toBe(key);
  });

  it('names the character', () => {
    const code = normaliseCode('WIN🎉');
    expect(code.ok ? '' : code.refusal.message).toContain('U+1F389');
  });
});

describe('any text', () => {
  const anyText = fc.string({ unit: 'binary', maxLength: 80 });

  it('gives a value, never a throw, and at most 64 characters', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        const code = normaliseCode(typed);
        const length = code.ok ? [...code.value.literal].length : 1;
        expect(length >= 1 && length <= 64).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });

  it('is folded once and for all', () => {
    fc.assert(
      fc.property(anyText, (typed) => {
        expect(foldText(foldText(typed))).toBe(foldText(typed));
      }),
      { numRuns: 2_000 },
    );
  });

  it('is understood the same however it is separated and cased', () => {
    const separators = fc.constantFrom('', '-', ' ', '\u2014', '\u200B', '\u202E');
    fc.assert(
      fc.property(fc.stringMatching(/^[A-Z0-9]{1,30}$/), fc.array(separators), (code, between) => {
        const typed = [...code].map((symbol, i) => symbol.toLowerCase() + (between[i] ?? '')).join('');
        expect(formsOf(typed)).toEqual(formsOf(code));
      }),
    );
  });
});
