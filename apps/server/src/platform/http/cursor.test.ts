import { describe, expect, it, test } from 'vitest';
import { decodeCursor, encodeCursor, toPage } from './cursor.ts';

describe('cursor', () => {
  it('gives back what it was made of', () => {
    const key = ['2026-03-02 08:20:00.123456+00', 'ünï "quoted"'];
    expect(decodeCursor(encodeCursor(key), 2)).toEqual({ ok: true, value: key });
  });

  it('is absent on the first page', () => {
    expect(decodeCursor(undefined, 2)).toEqual({ ok: true, value: undefined });
  });

  test.each([
    ['no base64 of JSON', 'nonsense'],
    ['empty', ''],
    ['of another list', encodeCursor(['one'])],
    ['not text', Buffer.from('[1,2]').toString('base64url')],
    ['no list', Buffer.from('{"length":2}').toString('base64url')],
  ])('is refused when %s', (_, cursor) => {
    expect(decodeCursor(cursor, 2)).toMatchObject({ ok: false, refusal: { key: 'invalid_request' } });
  });
});

describe('toPage', () => {
  const page = (rows: number[], limit: number) =>
    toPage(
      rows,
      limit,
      (row) => [String(row)],
      (row) => row * 10,
    );

  it('ends the list when there is no row past the limit', () => {
    expect(page([1, 2], 2)).toEqual({ items: [10, 20], nextCursor: null });
    expect(page([], 2)).toEqual({ items: [], nextCursor: null });
  });

  it('points at the last row shown when there is more', () => {
    expect(page([1, 2, 3], 2)).toEqual({ items: [10, 20], nextCursor: encodeCursor(['2']) });
  });
});
