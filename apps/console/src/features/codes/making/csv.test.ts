import { expect, it } from 'vitest';
import { readCsv, writeCsv } from './csv.ts';

it('reads what it wrote', () => {
  const rows = [
    ['player', 'code'],
    ['a, b', 'say "so"'],
    ['two\nlines', ''],
    ['', 'X'],
  ];
  expect(readCsv(writeCsv(rows))).toEqual(rows);
});

it('writes no formulas', () => {
  expect(writeCsv([['=1+1', '@x', '-2', 'a=b']])).toBe("'=1+1,'@x,'-2,a=b\r\n");
});

it.each([
  ['', []],
  ['a,b', [['a', 'b']]],
  ['a,b\n', [['a', 'b']]],
  ['a,\n', [['a', '']]],
  ['a\r\n,b\r\n', [['a'], ['', 'b']]],
])('reads %j', (text, rows) => {
  expect(readCsv(text)).toEqual(rows);
});
