import { describe, expect, it } from 'vitest';
import { CROCKFORD, createAlphabet } from './index.ts';

describe('CROCKFORD', () => {
  it('has 32 symbols and none of I, L, O, U', () => {
    expect(new Set(CROCKFORD.symbols).size).toBe(32);
    expect(CROCKFORD.symbols).not.toMatch(/[ILOU]/);
    expect(CROCKFORD.forgivesLookalikes).toBe(true);
  });
});

describe('createAlphabet', () => {
  it.each([
    ['digits', '0123456789', '0123456789', true],
    ['lower case', 'abc', 'ABC', true],
    ['with a letter mistaken for a digit', '01O', '01O', false],
    ['Cyrillic', 'абвг', 'АБВГ', true],
    ['full-width', 'ＡＢ', 'AB', true],
  ])('takes %s', (_, text, symbols, forgivesLookalikes) => {
    expect(createAlphabet(text)).toMatchObject({ ok: true, value: { symbols, forgivesLookalikes } });
  });

  it('gives each symbol its position as value', () => {
    const alphabet = createAlphabet('xyz');
    expect(alphabet.ok && [...alphabet.value.values]).toEqual([
      ['X', 0],
      ['Y', 1],
      ['Z', 2],
    ]);
  });

  it.each([
    ['a repeated symbol', 'ABCA', [['alphabet.3', /already/]]],
    ['a symbol repeated in the other case', 'ABa', [['alphabet.2', /already/]]],
    ['a dash', 'AB-', [['alphabet.2', /ignored/]]],
    ['a zero-width space', 'A\u200BB', [['alphabet.1', /ignored/]]],
    ['a symbol that becomes two', 'ABß', [['alphabet.2', /single/]]],
    ['an emoji', 'AB🎉', [['alphabet.2', /single/]]],
    [
      'punctuation',
      'A_B#',
      [
        ['alphabet.1', /single/],
        ['alphabet.3', /single/],
      ],
    ],
  ])('refuses %s, naming it', (_, text, errors) => {
    const alphabet = createAlphabet(text);
    expect(alphabet.ok ? [] : alphabet.refusal.errors).toEqual(
      errors.map(([field, reason]) => ({ field, reason: expect.stringMatching(reason as RegExp) })),
    );
  });

  it.each([
    ['none', ''],
    ['one', 'A'],
    ['65', Array.from({ length: 65 }, (_, i) => String.fromCodePoint(0x4e00 + i)).join('')],
    ['a million', 'A'.repeat(1_000_000)],
  ])('refuses %s symbols', (_, text) => {
    const alphabet = createAlphabet(text);
    expect(alphabet.ok ? '' : alphabet.refusal.message).toBe('An alphabet has 2 to 64 symbols.');
  });

  it('refuses letters of both directions', () => {
    expect(createAlphabet('ABשל').ok).toBe(false);
  });
});
