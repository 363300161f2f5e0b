import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import { openSecrets } from '../../../platform/secrets.ts';
import { createIdentifiers } from './keys.ts';
import { type IdentifierKind, normalise } from './normalise.ts';

const identifiers = createIdentifiers(openSecrets(randomBytes(32)));
const [brand, other] = [newId(), newId()];

describe('one spelling', () => {
  test.each<[IdentifierKind, string, string | undefined]>([
    ['device', ' Ab-1 ', 'Ab-1'],
    ['device', '  ', undefined],
    ['address', '192.0.2.1', '192.0.2.1'],
    ['address', '2001:DB8:1:2::99', '2001:db8:1:2::/64'],
    ['address', '2001:db8:1:2:ffff::', '2001:db8:1:2::/64'],
    ['address', '::ffff:192.0.2.1', '192.0.2.1'],
    ['address', 'unknown', undefined],
    ['email', 'J.o.h.n.Smith+bonus@Googlemail.com', 'johnsmith@gmail.com'],
    ['email', 'nobody', undefined],
    ['phone', '+49 (30) 123-4567', '+49301234567'],
    ['phone', '0049 30 1234567', '+49301234567'],
    ['phone', '030/1234567', '0301234567'],
    ['phone', '12345', undefined],
    ['payment', 'fp_1', 'fp_1'],
    ['household', 'H-1', 'H-1'],
  ])('%s %j', (kind, text, value) => {
    expect(normalise(kind, text)).toBe(value);
  });
});

describe('a key', () => {
  test('is the same for every spelling, and a UUID of the server’s own kind', () => {
    const key = identifiers.keyOf(brand, 'email', 'a.b@gmail.com');
    expect(key).toBe(identifiers.keyOf(brand, 'email', 'AB+x@googlemail.com'));
    expect(key).toMatch(/^[\da-f]{8}-[\da-f]{4}-8[\da-f]{3}-8[\da-f]{3}-[\da-f]{12}$/);
  });

  test('differs by brand, by kind, by value and by server', () => {
    const elsewhere = createIdentifiers(openSecrets(randomBytes(32)));
    const keys = [
      identifiers.keyOf(brand, 'device', 'a'),
      identifiers.keyOf(other, 'device', 'a'),
      identifiers.keyOf(brand, 'payment', 'a'),
      identifiers.keyOf(brand, 'device', 'b'),
      elsewhere.keyOf(brand, 'device', 'a'),
    ];
    expect(new Set(keys).size).toBe(keys.length);
  });

  test('has room for values longer than any before', () => {
    const long = 'ü'.repeat(4_000);
    expect(identifiers.keyOf(brand, 'device', long)).not.toBe(identifiers.keyOf(brand, 'device', `${long}x`));
  });
});

describe('a hint', () => {
  test.each<[IdentifierKind, string, string]>([
    ['device', 'device-abcdef', '…cdef'],
    ['device', 'abc', '…c'],
    ['address', '192.0.2.1', '192.0.…'],
    ['address', '2001:db8:1:2::9', '2001:db8:…'],
    ['email', 'johnsmith@example.org', 'j…@example.org'],
    ['phone', '+49301234567', '…4567'],
    ['payment', '4711', '…11'],
  ])('of %s %s', (kind, text, hint) => {
    expect(identifiers.identify(brand, kind, text)?.hint).toBe(hint);
  });
});
