import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import { writeXlsxStream } from 'hucre/xlsx';
import type { Column } from '../kinds/kind.ts';
import type { Cell, Row } from '../read.ts';

const FORMAT: Partial<Record<Column['unit'], string>> = { instant: 'yyyy-mm-dd hh:mm:ss' };
/** Texts are texts in a workbook, whatever they begin with: none is run as a formula. */
const SHEET = 'Report';

/** Instants are dates of the workbook, in UTC. What does not fit on one sheet goes on on another. */
export const xlsxFile = (columns: readonly Column[], pages: AsyncIterable<readonly Row[]>): Readable =>
  Readable.fromWeb(
    writeXlsxStream(single(pages), {
      name: SHEET,
      columns: columns.map(({ name, unit }) => ({
        header: name,
        ...(FORMAT[unit] && { numFmt: FORMAT[unit] }),
      })),
      freezePane: { rows: 1 },
      zip64: true,
    }) as ReadableStream<Uint8Array>,
    { objectMode: false },
  );

async function* single(pages: AsyncIterable<readonly Row[]>): AsyncGenerator<Cell[]> {
  for await (const rows of pages) for (const row of rows) yield [...row];
}
