import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { cellsOf } from './cells.ts';
import { LONGEST_LINE, splitLines } from './lines.ts';

async function split(text: string, cuts: readonly number[] = []) {
  const bytes = Buffer.from(text, 'latin1');
  const edges = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).toSorted((a, b) => a - b), bytes.length];
  const chunks = edges.slice(1).map((edge, at) => bytes.subarray(edges[at], edge));
  const lines: { number: number; text: string | undefined; offset: number }[] = [];
  for await (const { number, bytes: line, offset } of splitLines(Readable.from(chunks)))
    lines.push({ number, text: line?.toString('latin1'), offset });
  return lines;
}

describe('lines', () => {
  test('are the same wherever the bytes are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('a', 'bc', '\n', '\r', '\r\n', '"', ','), { maxLength: 40 }),
        fc.array(fc.nat(100), { maxLength: 8 }),
        async (pieces, cuts) => {
          const text = pieces.join('');
          const lines = await split(text, cuts);
          const expected = text.split(/\r\n|\n|\r/);
          if (expected.at(-1) === '') expected.pop();
          expect(lines.map((line) => line.text)).toEqual(expected);
          expect(lines.map((line) => line.number)).toEqual(expected.map((_, n) => n + 1));
        },
      ),
    );
  });

  test('know how far into the file they reach', async () => {
    expect((await split('ab\ncd\nef')).map(({ offset }) => offset)).toEqual([3, 6, 8]);
  });

  test('that are too long are not kept, and the next one is whole', async () => {
    const lines = await split(
      `${'x'.repeat(LONGEST_LINE + 1)}\n${'y'.repeat(LONGEST_LINE)}\nz`,
      [100, 5_000],
    );
    expect(lines.map(({ text }) => text?.length)).toEqual([undefined, LONGEST_LINE, 1]);
  });
});

describe('cells', () => {
  test.each([
    ['a,b', ['a', 'b']],
    ['', ['']],
    ['a,,', ['a', '', '']],
    ['"a,b",c', ['a,b', 'c']],
    ['"say ""hi""",x', ['say "hi"', 'x']],
    ['""', ['']],
  ])('%s', (line, cells) => {
    expect(cellsOf(line, ',')).toEqual({ ok: true, value: cells });
  });

  test.each(['"a', '"a"b', 'a"b', '"a""'])('%s is refused', (line) => {
    expect(cellsOf(line, ',')).toMatchObject({ ok: false, refusal: { key: 'bad_quotes' } });
  });
});
