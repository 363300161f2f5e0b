import { Id, Instant } from '@promosmith/contract';
import { describe, expect, it, test } from 'vitest';
import { z } from 'zod';
import { decodeCursor, encodeCursor, toPage } from './cursor.ts';

const shape = z.tuple([Instant, Id]);
const id = '01930000-0000-7000-8000-000000000000';

describe('cursor', () => {
  it('gives back what it was made of', () => {
    const key = ['2026-03-02T08:20:00.123456Z', id];
    expect(decodeCursor(encodeCursor(key), shape)).toEqual({ ok: true, value: key });
  });

  it('is absent on the first page', () => {
    expect(decodeCursor(undefined, shape)).toEqual({ ok: true, value: undefined });
  });

  test.each([
    ['no base64 of JSON', 'nonsense'],
    ['empty', ''],
    ['of another list', encodeCursor([id])],
    ['forged', encodeCursor(["'; drop table players", id])],
    ['no list', Buffer.from('{"length":2}').toString('base64url')],
  ])('is refused when %s', (_, cursor) => {
    expect(decodeCursor(cursor, shape)).toMatchObject({ ok: false, refusal: { key: 'invalid_request' } });
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
