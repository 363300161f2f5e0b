import { expect, it } from 'vitest';
import { maskCode } from './index.ts';

it.each([
  ['SPRING-7K2M-9XQ4', '••••9XQ4'],
  ['7k2m-9xq-4', '••••9XQ4'],
  ['ABCDEFGH', '••••EFGH'],
  ['HELLO', '••••LO'],
  ['AB', '••••B'],
  ['A', '••••'],
  ['', '••••'],
])('%s is shown as %s', (text, masked) => {
  expect(maskCode(text)).toBe(masked);
});
