import { Readable } from 'node:stream';
import type { ActivationRecord } from '@promosmith/contract';
import { csvLine } from '../../platform/csv.ts';

const COLUMNS: readonly [name: string, of: (activation: ActivationRecord) => string | number | null][] = [
  ['activation', ({ id }) => id],
  ['at', ({ createdAt }) => createdAt],
  ['outcome', ({ outcome }) => outcome],
  ['refusal', ({ refusalKey }) => refusalKey],
  ['player', ({ player }) => player],
  ['code', ({ code }) => code],
  ['code_id', ({ codeId }) => codeId],
  ['campaign', ({ campaignId }) => campaignId],
  ['campaign_version', ({ campaignVersion }) => campaignVersion],
  ['channel', ({ channel }) => channel],
  ['changed_at', ({ changedAt }) => changedAt],
  ['awaiting_until', ({ awaitingUntil }) => awaitingUntil],
];

/**
 * Activations as CSV.
 * @param parts read one by one, so that memory stays small and a slow reader holds no connection.
 */
export const exportActivations = (parts: AsyncIterable<readonly ActivationRecord[]>): Readable =>
  Readable.from(lines(parts), { objectMode: false });

async function* lines(parts: AsyncIterable<readonly ActivationRecord[]>): AsyncGenerator<string> {
  yield csvLine(COLUMNS.map(([name]) => name));
  for await (const part of parts)
    if (part.length > 0)
      yield part.map((activation) => csvLine(COLUMNS.map(([, of]) => of(activation)))).join('');
}
