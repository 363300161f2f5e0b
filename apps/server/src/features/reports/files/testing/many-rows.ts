import { parentPort, workerData } from 'node:worker_threads';
import type { ReportFormat } from '@promosmith/contract';
import type { Column } from '../../kinds/kind.ts';
import type { Row } from '../../read.ts';
import { FILES } from '../index.ts';

/** How a file of many rows was written. */
export interface Written {
  readonly bytes: number;
  /** Rows that were read before the second part of the file was asked for. */
  readonly mostAhead: number;
}

const { format, rows } = workerData as { format: ReportFormat | 'kept'; rows: number };
const PAGE = 2_000;

const COLUMNS: Column[] = (['time', 'player', 'campaign', 'amount'] as const).map((name) => ({
  ...{ name, definition: name, sql: '' },
  unit: name === 'time' ? 'instant' : name === 'amount' ? 'minor_units' : 'text',
}));
const kept: Row[] = [];
let read = 0;

async function* pages(): AsyncGenerator<readonly Row[]> {
  for (; read < rows; read += PAGE) {
    const page = Array.from(
      { length: PAGE },
      (_, n): Row => [
        ...[new Date(1_767_225_600_000 + read + n), `player-${read + n}-${'x'.repeat(40)}`],
        ...[`Campaign ${(read + n) % 7}`, read + n],
      ],
    );
    if (format === 'kept') kept.push(...page);
    // As a database does, it lets others go on in between.
    await new Promise(setImmediate);
    yield page;
  }
}

let bytes = 0;
let mostAhead = 0;
const file = FILES[format === 'kept' ? 'csv' : format].write(COLUMNS, pages());
for await (const part of file) {
  // A reader that takes its time: nothing may pile up meanwhile.
  if (bytes === 0) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    mostAhead = read;
  }
  bytes += part.length;
}
parentPort?.postMessage({ bytes, mostAhead } satisfies Written);
