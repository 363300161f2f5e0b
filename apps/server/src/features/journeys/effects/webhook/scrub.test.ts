import { describe, expect, test } from 'vitest';
import { MASK } from './marks.ts';
import { createScrub } from './scrub.ts';

const SECRET = 'Pa"ss/wörd +1';
const scrub = createScrub([SECRET, 'another-secret']);

describe('what a server repeats', () => {
  test.each([
    ['as it is', `you sent ${SECRET}!`],
    ['in JSON', JSON.stringify({ sent: SECRET })],
    ['in JSON with slashes escaped', JSON.stringify(SECRET).replaceAll('/', '\\/')],
    ['in a URL', `/?k=${encodeURIComponent(SECRET)}`],
    ['in a form', `k=${encodeURIComponent(SECRET).replaceAll('%20', '+')}`],
    ['in lower case', SECRET.toLowerCase()],
    ['in base64', Buffer.from(SECRET).toString('base64')],
    ['in base64 for URLs', Buffer.from(SECRET).toString('base64url')],
    ['in hexadecimal', Buffer.from(SECRET).toString('hex')],
    ['the other one', 'x another-secret y'],
  ])('is masked %s', (_, text) => {
    const masked = scrub.text(text);
    expect(masked).toContain(MASK);
    expect(masked.toLowerCase()).not.toContain('ss/w');
    expect(masked).not.toContain('another');
  });

  test('is masked however JSON spells it', () => {
    const spelled = [...SECRET].map((symbol) => `\\u${symbol.charCodeAt(0).toString(16).padStart(4, '0')}`);
    const value = JSON.parse(`{"a":["${spelled.join('')}"],"${spelled.join('')}":1}`);
    expect(scrub.json(value)).toEqual({ a: [MASK], [MASK]: 1 });
  });

  test('is not told by halves where an answer was cut off', () => {
    for (let cut = 1; cut < SECRET.length; cut++) {
      const text = scrub.cutText(`answer: ${SECRET} and ${SECRET.slice(0, cut)}`);
      expect(text).toBe(`answer: ${MASK} and `);
    }
    expect(scrub.cutText('answer: nothing')).toBe('answer: nothing');
  });
});

test('without secrets texts stay as they are', () => {
  const none = createScrub([]);
  expect(none.text('a.b')).toBe('a.b');
  expect(none.cutText('a.b')).toBe('a.b');
});

test('texts come out as the database can keep them', () => {
  expect(scrub.json({ a: 'x\0y', b: '\ud800', c: [1, null, true] })).toEqual({
    a: 'x\ufffdy',
    b: '\ufffd',
    c: [1, null, true],
  });
});
