import type { Database } from '../../../platform/db.ts';
import { exportLine } from '../csv.ts';
import { type SealedBatchRecord, sealedRows } from '../store/sealed.ts';
import { startThread } from '../thread.ts';
import type { IndexRange, SealedThreadData } from './worker.ts';

const AT_ONCE = 1_000;

/** Every code of a sealed batch as lines of an export, worked out while they are read. */
export async function* sealedLines(
  db: Database,
  secretKey: Uint8Array,
  batch: SealedBatchRecord,
): AsyncGenerator<string> {
  const { batchId, size, pattern, alphabet, startsAt, endsAt } = batch;
  const data: SealedThreadData = { secretKey, batchId, size, choice: { pattern, alphabet } };
  const thread = startThread<IndexRange, string[]>(new URL('./worker.ts', import.meta.url), data);
  const fresh = batch.status === 'ready' ? 'active' : 'disabled';
  try {
    for (let from = 0; from < size; from += AT_ONCE) {
      const to = Math.min(size, from + AT_ONCE);
      const [texts, rows] = await Promise.all([thread.ask({ from, to }), sealedRows(db, batch, from, to)]);
      const rowOf = new Map(rows.map((row) => [row.index, row]));
      yield texts
        .map((text, at) => {
          const { state = fresh, uses = 0, holder = null } = rowOf.get(from + at) ?? {};
          return exportLine({ text, kind: 'unique', holder, maxUses: 1, startsAt, endsAt, state, uses });
        })
        .join('');
    }
  } finally {
    await thread.close();
  }
}
