import type { ActivationRecord, listActivations, RouteInput } from '@promosmith/contract';
import type { RefusalKey } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import { LOOKED_THROUGH } from '../../platform/http/cursor.ts';
import { firstIdAt, playerId } from '../../platform/ids.ts';

export type Which = Omit<RouteInput<typeof listActivations>['query'], 'cursor' | 'limit'>;

/** An activation as it is stored. */
export interface Row {
  activation_id: string;
  outcome: ActivationRecord['outcome'];
  refusal_key: RefusalKey | null;
  player_external_id: string;
  code_shown: string;
  code_key: string | null;
  campaign_id: string | null;
  campaign_version: number | null;
  entry: { channel: string };
  created_at: Date;
  changed_at: Date;
  awaiting_until: Date | null;
}

export const COLUMNS = `activation_id, outcome, refusal_key, player_external_id, code_shown, code_key, campaign_id,
  campaign_version, entry, created_at, changed_at, awaiting_until`;

export const recordOf = (row: Row): ActivationRecord => ({
  id: row.activation_id,
  outcome: row.outcome,
  refusalKey: row.refusal_key,
  player: row.player_external_id,
  code: row.code_shown,
  codeId: row.code_key,
  campaignId: row.campaign_id,
  campaignVersion: row.campaign_version,
  channel: row.entry.channel,
  createdAt: row.created_at.toISOString(),
  changedAt: row.changed_at.toISOString(),
  awaitingUntil: row.awaiting_until?.toISOString() ?? null,
});

/**
 * Activations, newest first. What no index serves, outcome and refusal, is looked for among a bounded number.
 * @returns also what tells the last one that was looked through; undefined when none is behind it.
 */
export async function findActivations(
  db: Queryable,
  brandId: string,
  which: Which,
  after: string | undefined,
  most: number,
): Promise<{ rows: Row[]; endOfLook: () => Promise<string | undefined> }> {
  const values: unknown[] = [brandId];
  const found = conditions(values, [
    ['player_id', '=', which.player === undefined ? undefined : playerId(brandId, which.player)],
    ['code_key', '=', which.codeId],
    ['campaign_id', '=', which.campaignId],
    ['activation_id', '>=', which.from && firstIdAt(Date.parse(which.from))],
    ['activation_id', '<', which.to && firstIdAt(Date.parse(which.to))],
    ['activation_id', '<', after],
  ]);
  const foundValues = [...values];
  const passing = conditions(values, [
    ['outcome', '=', which.outcome],
    ['refusal_key', '=', which.key],
  ]);
  const look = passing === '' ? most : LOOKED_THROUGH;
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from (
       select * from activations where brand_id = $1 ${found} order by activation_id desc limit ${look}
     ) looked where true ${passing} order by activation_id desc limit ${most}`,
    values,
  );
  return {
    rows,
    async endOfLook() {
      if (passing === '') return undefined;
      const end = await db.query<{ id: string }>(
        `select activation_id as id from activations where brand_id = $1 ${found}
         order by activation_id desc offset ${LOOKED_THROUGH - 1} limit 1`,
        foundValues,
      );
      return end.rows[0]?.id;
    },
  };
}

/** `and`ed conditions on what is given; each value becomes the next parameter. */
const conditions = (
  values: unknown[],
  given: readonly (readonly [column: string, operator: string, value: unknown])[],
): string =>
  given
    .filter(([, , value]) => value !== undefined)
    .map(([column, operator, value]) => `and ${column} ${operator} $${values.push(value)}`)
    .join(' ');

const AT_ONCE = 1_000;

/** All activations that fit, in parts, newest first. */
export async function* activationsOf(
  db: Queryable,
  brandId: string,
  which: Which,
): AsyncGenerator<ActivationRecord[]> {
  for (let after: string | undefined; ; ) {
    const { rows, endOfLook } = await findActivations(db, brandId, which, after, AT_ONCE);
    yield rows.map(recordOf);
    const isFull = rows.length === AT_ONCE;
    after = isFull ? rows.at(-1)?.activation_id : await endOfLook();
    if (after === undefined) return;
  }
}
