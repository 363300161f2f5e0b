import { expect, test } from 'vitest';
import { smsSegments } from './segments.ts';

test.each<[string, string, 'gsm7' | 'ucs2', number]>([
  ['nothing', '', 'gsm7', 1],
  ['160 of GSM-7', 'a'.repeat(160), 'gsm7', 1],
  ['161 of GSM-7', 'a'.repeat(161), 'gsm7', 2],
  ['306 of GSM-7', 'a'.repeat(306), 'gsm7', 2],
  ['307 of GSM-7', 'a'.repeat(307), 'gsm7', 3],
  ['80 of the extension table', '€'.repeat(80), 'gsm7', 1],
  ['81 of the extension table', '€'.repeat(81), 'gsm7', 2],
  ['an escape that does not fit in the rest', `${'a'.repeat(152)}€${'a'.repeat(151)}`, 'gsm7', 2],
  ['the same, one more', `${'a'.repeat(152)}€${'a'.repeat(152)}`, 'gsm7', 3],
  ['umlauts', 'äöüÄÖÜß'.repeat(20), 'gsm7', 1],
  ['70 of UCS-2', 'ç'.repeat(70), 'ucs2', 1],
  ['71 of UCS-2', 'ç'.repeat(71), 'ucs2', 2],
  ['35 emoji', '🎰'.repeat(35), 'ucs2', 1],
  ['an emoji that does not fit in the rest', `${'ع'.repeat(66)}🎰${'ع'.repeat(66)}`, 'ucs2', 3],
])('%s', (_, text, encoding, segments) => {
  expect(smsSegments(text)).toEqual({ encoding, segments });
});
