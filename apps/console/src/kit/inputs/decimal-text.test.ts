import { describe, expect, it } from 'vitest';
import { groupedDecimal, plainDecimal } from './decimal-text.ts';

const ENGLISH = { thousandSeparator: ',', decimalSeparator: '.' };
const GERMAN = { thousandSeparator: '.', decimalSeparator: ',' };
const FRENCH = { thousandSeparator: '\u202f', decimalSeparator: ',' };

describe('a decimal that is typed', () => {
  it.each([
    ['150000.00', ENGLISH, '150,000.00'],
    ['150000.00', GERMAN, '150.000,00'],
    ['1234567', ENGLISH, '1,234,567'],
    ['1234.5', FRENCH, '1\u202f234,5'],
    ['999.99', ENGLISH, '999.99'],
    ['0.001', GERMAN, '0,001'],
  ])('%s is written for people', (plain, separators, shown) => {
    expect(groupedDecimal(plain, separators)).toBe(shown);
    expect(plainDecimal(shown, separators)).toBe(plain);
  });

  it.each([
    ['1,50', ENGLISH, '1.50'],
    ['1.50', GERMAN, '1.50'],
    ['1,500', ENGLISH, '1500'],
    ['1.500', GERMAN, '1500'],
    ['0,5', ENGLISH, '0.5'],
    ['12.50', GERMAN, '12.50'],
    [' 1 500,25 ', FRENCH, '1500.25'],
    ['1500', ENGLISH, '1500'],
    ['', ENGLISH, ''],
  ])('“%s” is read with either point', (typed, separators, plain) => {
    expect(plainDecimal(typed, separators)).toBe(plain);
  });

  it.each(['1,50,000', '1,234,56', 'ten', '1.2.3'])('leaves “%s” to be refused', (typed) => {
    expect(plainDecimal(typed, ENGLISH)).not.toMatch(/^\d+(\.\d+)?$/);
  });
});
