import { buffer } from 'node:stream/consumers';
import { parse } from 'csv-parse/sync';
import { streamXlsxRows } from 'hucre/xlsx';
import { parquetReadObjects } from 'hyparquet';
import { describe, expect, it } from 'vitest';
import { unguardCell } from '../../../platform/csv.ts';
import type { Column } from '../kinds/kind.ts';
import type { Row } from '../read.ts';
import { FILES } from './index.ts';

const column = (name: string, unit: Column['unit']): Column => ({ name, unit, definition: name });
const COLUMNS = [
  ...[column('time', 'instant'), column('player', 'text'), column('amount', 'minor_units')],
  column('day', 'day'),
];
const rowOf = (n: number): Row => [
  new Date(1_767_225_600_000 + n * 1000),
  n % 7 === 0 ? null : `player "${n}", ünï`,
  n % 5 === 0 ? null : n * 1_000_003,
  '2026-03-01',
];

async function* pagesOf(rows: readonly Row[], size = 2): AsyncGenerator<readonly Row[]> {
  for (let at = 0; at < rows.length; at += size) yield rows.slice(at, at + size);
}

const AWKWARD: Row[] = [
  [new Date('2026-03-29T01:30:00.250Z'), '=1+1', 9_007_199_254_740_991, '2026-03-29'],
  [null, '@SUM(A1)\nsecond "line"', 0, null],
  [new Date('1969-12-31T23:59:59Z'), "'-2", -5, '1969-12-31'],
  [new Date('2026-01-01T00:00:00Z'), '', null, '2026-01-01'],
];

describe.each([
  ['nothing', []],
  ['what is awkward', AWKWARD],
  ['as much as takes several parts', Array.from({ length: 45_000 }, (_, n) => rowOf(n))],
] as const)('a file of %s', (_, rows) => {
  it('is read again as what it was, from CSV', async () => {
    const text = (await buffer(FILES.csv.write(COLUMNS, pagesOf(rows, 1_000)))).toString();
    const [header, ...read] = parse(text) as string[][];
    expect(header).toEqual(['time', 'player', 'amount', 'day']);
    expect(read.map((cells) => cells.map(unguardCell))).toEqual(
      rows.map((cells) =>
        cells.map((cell) => (cell instanceof Date ? cell.toISOString() : String(cell ?? ''))),
      ),
    );
    for (const cells of read) expect(cells[1]).not.toMatch(/^[=+\-@]/);
  });

  it('is read again as what it was, from XLSX', async () => {
    const file = await buffer(FILES.xlsx.write(COLUMNS, pagesOf(rows, 1_000)));
    const read: unknown[][] = [];
    for await (const { values } of streamXlsxRows(new Uint8Array(file))) read.push(values);
    const [header, ...found] = read;
    expect(header).toEqual(['time', 'player', 'amount', 'day']);
    const empty = (cell: unknown) => (cell === '' || cell === undefined ? null : cell);
    expect(found.map((cells) => COLUMNS.map((_, n) => empty(cells[n])))).toEqual(
      rows.map((cells) => cells.map(empty)),
    );
  });

  it('is read again as what it was, from Parquet', async () => {
    const file = await buffer(FILES.parquet.write(COLUMNS, pagesOf(rows, 1_000)));
    const whole = file.buffer.slice(file.byteOffset, file.byteOffset + file.length) as ArrayBuffer;
    const read = await parquetReadObjects({ file: whole });
    expect(read.map((row) => COLUMNS.map(({ name }) => plainOf(row[name])))).toEqual(rows);
  });
});

const plainOf = (value: unknown): unknown => (typeof value === 'bigint' ? Number(value) : (value ?? null));
