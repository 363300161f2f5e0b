import type { RefusalKey } from '@promosmith/core/activation';
import { texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { readChecks, type StoredChecks } from '../stored-checks.ts';
import { outlineOf } from './outlines.ts';
import type { Answer, Issued, Pending } from './pending.ts';

interface StoredRow extends StoredChecks {
  ordinal: number;
  activation_id: string;
  request_digest: string;
  decided: Answer['decided'];
  refusal_key: RefusalKey | null;
  player_external_id: string;
  code_shown: string;
  code_key: string | null;
  campaign_id: string | null;
  campaign_version: number | null;
  issued: Issued[];
  awaiting_until: Date | null;
  created_at: Date;
}

/** Answers given before to the same idempotency keys, by index in the batch. */
export async function findAnswers(
  connection: Queryable,
  batch: readonly Pending[],
): Promise<Map<number, Answer>> {
  const { rows } = await connection.query<StoredRow>({
    name: 'activations.replays',
    text: `select r.ordinal::int as ordinal, a.activation_id, a.request_digest, a.decided, a.refusal_key, a.player_external_id,
             a.code_shown, a.code_key, a.campaign_id, a.campaign_version, ${outlineOf('a')} as outline, a.seen,
             a.issued, a.awaiting_until, a.created_at
      from unnest($1::uuid[], $2::text[]) with ordinality as r (player_id, idempotency_key, ordinal)
      join activations a on a.player_id = r.player_id and a.idempotency_key = r.idempotency_key
      where a.player_id = any($1::uuid[])`,
    values: [
      uuids(batch.map(({ attempt }) => attempt.playerId)),
      texts(batch.map(({ idempotencyKey }) => idempotencyKey)),
    ],
  });
  const answers = new Map<number, Answer>();
  for (const row of rows) {
    const index = row.ordinal - 1;
    const pending = batch[index];
    if (!pending) throw new Error(`replay ${row.ordinal} is outside the batch`);
    answers.set(index, answerOf(row, row.request_digest !== pending.requestDigest));
  }
  return answers;
}

const answerOf = (row: StoredRow, mismatch: boolean): Answer => ({
  activationId: row.activation_id,
  decided: row.decided,
  refusalKey: row.refusal_key,
  checks: readChecks(row),
  playerExternalId: row.player_external_id,
  codeShown: row.code_shown,
  codeId: row.code_key,
  campaignId: row.campaign_id,
  campaignVersion: row.campaign_version,
  issued: row.issued,
  awaitingUntil: row.awaiting_until?.toISOString() ?? null,
  createdAt: row.created_at.toISOString(),
  replayed: true,
  mismatch,
});
