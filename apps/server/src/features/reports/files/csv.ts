import { Readable } from 'node:stream';
import { csvLine } from '../../../platform/csv.ts';
import type { Column } from '../kinds/kind.ts';
import type { Cell, Row } from '../read.ts';

const plain = (cell: Cell): string | number | null => (cell instanceof Date ? cell.toISOString() : cell);

/** RFC 4180. Instants are ISO 8601 in UTC. */
export const csvFile = (columns: readonly Column[], pages: AsyncIterable<readonly Row[]>): Readable =>
  Readable.from(lines(columns, pages), { objectMode: false });

async function* lines(
  columns: readonly Column[],
  pages: AsyncIterable<readonly Row[]>,
): AsyncGenerator<string> {
  yield csvLine(columns.map(({ name }) => name));
  for await (const rows of pages)
    if (rows.length > 0) yield rows.map((row) => csvLine(row.map(plain))).join('');
}
