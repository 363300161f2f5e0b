import { createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openSecrets } from '../../platform/secrets.ts';
import { createSealing } from './sealing.ts';

const secrets = openSecrets(Buffer.alloc(32, 1));
const sealing = createSealing(secrets);

describe('sealing', () => {
  test('gives every text back, whatever stands beside it', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 80 }), { maxLength: 30 }), (texts) => {
        expect(sealing.seal(texts).map(sealing.open)).toEqual(texts);
      }),
    );
  });

  test('shows nothing of the text, nor that two are the same', () => {
    const [one, two] = sealing.seal(['SUMMER-2026', 'SUMMER-2026']);
    expect(one).not.toEqual(two);
    expect(one?.subarray(16)).not.toEqual(two?.subarray(16));
    expect(one?.toString('latin1')).not.toContain('SUMMER');
  });

  test('uses every counter once', () => {
    const texts = Array.from({ length: 500 }, (_, n) => 'x'.repeat(n % 70));
    const used = sealing.seal(texts).flatMap((sealed) => {
      const first = BigInt(`0x${sealed.toString('hex', 0, 16)}`);
      const blocks = Math.ceil((sealed.length - 16) / 16);
      return Array.from({ length: blocks }, (_, block) => BigInt.asUintN(128, first + BigInt(block)));
    });
    expect(new Set(used).size).toBe(used.length);
  });

  test('is plain AES-256-CTR, and another key reads nothing', () => {
    const [sealed = Buffer.alloc(0)] = sealing.seal(['PLAIN']);
    const decipher = createDecipheriv('aes-256-ctr', secrets.key('code texts'), sealed.subarray(0, 16));
    expect(decipher.update(sealed.subarray(16)).toString()).toBe('PLAIN');
    expect(createSealing(openSecrets(Buffer.alloc(32, 2))).open(sealed)).not.toBe('PLAIN');
  });
});
