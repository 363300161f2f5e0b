import { Readable } from 'node:stream';
import { type BasicType, ByteWriter, ParquetWriter, schemaFromColumnData } from 'hyparquet-writer';
import type { Column } from '../kinds/kind.ts';
import type { Cell, Row } from '../read.ts';

/** Of one part of the file: as many as are in memory at a time. */
const ROWS_OF_GROUP = 20_000;

const TYPE: Readonly<Record<Column['unit'], BasicType>> = {
  text: 'STRING',
  id: 'STRING',
  day: 'STRING',
  count: 'INT64',
  minor_units: 'INT64',
  instant: 'TIMESTAMP',
};

const isWhole = (unit: Column['unit']): boolean => TYPE[unit] === 'INT64';

/** Apache Parquet. Instants are milliseconds since 1970 in UTC, days are text. */
export const parquetFile = (columns: readonly Column[], pages: AsyncIterable<readonly Row[]>): Readable =>
  Readable.from(bytes(columns, pages), { objectMode: false });

async function* bytes(
  columns: readonly Column[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<Uint8Array> {
  const out = new ByteWriter();
  const shape = columns.map(({ name, unit }) => ({ name, type: TYPE[unit], nullable: true, data: [] }));
  const writer = new ParquetWriter({ writer: out, schema: schemaFromColumnData({ columnData: shape }) });
  let waiting: Row[] = [];
  for await (const rows of pages) {
    waiting.push(...rows);
    if (waiting.length < ROWS_OF_GROUP) continue;
    writeGroup(writer, columns, waiting);
    waiting = [];
    yield written(out);
  }
  if (waiting.length > 0) writeGroup(writer, columns, waiting);
  writer.finish();
  yield written(out);
}

function writeGroup(writer: ParquetWriter, columns: readonly Column[], rows: readonly Row[]): void {
  writer.write({
    columnData: columns.map(({ name, unit }, n) => ({
      ...{ name, type: TYPE[unit] },
      data: rows.map((row) => cellOf(row[n] ?? null, unit)),
    })),
    rowGroupSize: rows.length,
  });
}

const cellOf = (cell: Cell, unit: Column['unit']): Cell | bigint | undefined => {
  if (cell === null) return undefined;
  return isWhole(unit) && typeof cell === 'number' ? BigInt(cell) : cell;
};

/** Takes what was written so far; places in the file count on. */
function written(out: ByteWriter): Uint8Array {
  const taken = out.getBytes().slice();
  out.index = 0;
  return taken;
}
