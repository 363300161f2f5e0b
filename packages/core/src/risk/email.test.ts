import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { canonicalEmail } from './email.ts';

describe('canonicalEmail', () => {
  test.each([
    // DOMAIN V19
    ['J.o.h.n.Smith+bonus@Googlemail.com', 'johnsmith@gmail.com'],
    ['a.b+x@outlook.com', 'a.b@outlook.com'],
    // case and space around it
    ['  Anna@Example.COM ', 'anna@example.com'],
    // dots and tags count where the provider is not known to ignore them
    ['a.b+x@example.com', 'a.b+x@example.com'],
    ['a.b+x+y@hotmail.com', 'a.b@hotmail.com'],
    ['john@gmail.com.', 'john@gmail.com'],
    // a look-alike domain is another domain
    ['j.s+x@gmail.com.example.org', 'j.s+x@gmail.com.example.org'],
    // international domains, both spellings
    ['Büro@MÜNCHEN.de', 'büro@xn--mnchen-3ya.de'],
    ['büro@xn--mnchen-3ya.de', 'büro@xn--mnchen-3ya.de'],
    ['a@почта.рф', 'a@xn--80a1acny.xn--p1ai'],
    // full-width letters
    ['ｊｏｈｎ＠ｇｍａｉｌ．ｃｏｍ', 'john@gmail.com'],
    // a decomposed umlaut is the composed one
    ['bu\u0308ro@example.com', 'büro@example.com'],
    // nothing left before the tag
    ['+x@gmail.com', '+x@gmail.com'],
    ['..@gmail.com', '..@gmail.com'],
    // the last @ separates
    ['"a@b"@example.com', '"a@b"@example.com'],
  ])('%s → %s', (given, canonical) => {
    expect(canonicalEmail(given)).toBe(canonical);
  });

  test.each([
    '',
    '@',
    'anna',
    'anna@',
    '@example.com',
    'anna@localhost',
    'anna@127.0.0.1',
    'anna@1.2',
    'anna@[::1]',
    'an na@example.com',
    'anna@exam ple.com',
    'anna@example..com',
    'anna@.example.com',
    'a\u0000@example.com',
    'anna@example.com:80',
    'anna@example.com/x',
    'anna@%65xample.com',
  ])('%j is not an address', (given) => {
    expect(canonicalEmail(given)).toBeUndefined();
  });

  const address = fc
    .tuple(
      fc.oneof(fc.stringMatching(/^[A-Za-z0-9.+]{1,20}$/), fc.string({ unit: 'grapheme', minLength: 1 })),
      fc.constantFrom('gmail.com', 'GoogleMail.com', 'outlook.com', 'Example.org', 'MÜNCHEN.de'),
    )
    .map(([local, domain]) => `${local}@${domain}`);

  it('is the same when applied twice', () => {
    fc.assert(
      fc.property(address, (given) => {
        const once = canonicalEmail(given);
        if (once !== undefined) expect(canonicalEmail(once)).toBe(once);
      }),
    );
  });

  it('does not see case, nor dots and tags at Gmail', () => {
    const letters = fc.stringMatching(/^[a-z0-9]{1,12}$/);
    fc.assert(
      fc.property(letters, letters, fc.stringMatching(/^[a-z0-9.+]{0,12}$/), (before, after, tag) => {
        const plain = `${before}${after}@gmail.com`;
        const disguised = `${before.toUpperCase()}.${after}+${tag}@googlemail.com`;
        expect(canonicalEmail(disguised)).toBe(plain);
      }),
    );
  });

  it('keeps two mailboxes of an unknown provider apart', () => {
    const local = fc.stringMatching(/^[a-z0-9.+]{1,12}$/);
    fc.assert(
      fc.property(local, local, (one, other) => {
        const same = canonicalEmail(`${one}@example.org`) === canonicalEmail(`${other}@example.org`);
        expect(same).toBe(one === other);
      }),
    );
  });
});
