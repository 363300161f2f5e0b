import type { Readable } from 'node:stream';
import type { ReportFormat } from '@promosmith/contract';
import type { Column } from '../kinds/kind.ts';
import type { Row } from '../read.ts';
import { csvFile } from './csv.ts';
import { parquetFile } from './parquet.ts';
import { xlsxFile } from './xlsx.ts';

type WriteFile = (columns: readonly Column[], pages: AsyncIterable<readonly Row[]>) => Readable;

/** Files are written while their rows are read, in the same little memory whatever their length. */
export const FILES: Readonly<
  Record<ReportFormat, { readonly write: WriteFile; readonly contentType: string }>
> = {
  csv: { write: csvFile, contentType: 'text/csv; charset=utf-8' },
  xlsx: {
    write: xlsxFile,
    contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  },
  parquet: { write: parquetFile, contentType: 'application/vnd.apache.parquet' },
};
