import { Readable } from 'node:stream';
import type { BonusTransaction } from '@promosmith/contract';
import { csvLine } from '../../platform/csv.ts';
import type { Database } from '../../platform/db.ts';
import { nextLines, type Selection } from './statements.ts';

const AT_ONCE = 1_000;

const COLUMNS: readonly [name: string, of: (line: BonusTransaction) => string | number | null][] = [
  ['grant', ({ grantId }) => grantId],
  ['line', ({ line }) => line],
  ['player', ({ player }) => player],
  ['campaign', ({ campaignId }) => campaignId],
  ['booked_at', ({ bookedAt }) => bookedAt],
  ['happened_at', ({ happenedAt }) => happenedAt],
  ['kind', ({ kind }) => kind],
  ['debit', ({ debit }) => debit],
  ['credit', ({ credit }) => credit],
  ['amount_minor', ({ amount }) => amount],
  ['change_minor', ({ change }) => change],
  ['balance_minor', ({ balance }) => balance],
  ['currency', ({ currency }) => currency],
  ['transaction', ({ transactionId }) => transactionId],
  ['bet', ({ betId }) => betId],
  ['game', ({ game }) => game],
];

/** Statements as CSV. Read page by page, so that memory stays small and a slow reader holds no connection. */
export const exportStatements = (db: Database, brandId: string, selection: Selection): Readable =>
  Readable.from(lines(db, brandId, selection), { objectMode: false });

async function* lines(db: Database, brandId: string, selection: Selection): AsyncGenerator<string> {
  yield csvLine(COLUMNS.map(([name]) => name));
  let after: BonusTransaction | undefined;
  do {
    const page = await nextLines(db, brandId, selection, after, AT_ONCE);
    yield page.map((line) => csvLine(COLUMNS.map(([, of]) => of(line)))).join('');
    after = page.length === AT_ONCE ? page.at(-1) : undefined;
  } while (after);
}
