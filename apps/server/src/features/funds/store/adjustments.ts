import { int8s, jsons, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { WalletKey } from '../folding/wallet.ts';

/** Something a machine may not put right: money was the player's own, or gone, by the time it was told. */
export interface NewAdjustment extends WalletKey {
  readonly adjustmentId: string;
  readonly brandId: string;
  readonly grantId: string | null;
  readonly kind: AdjustmentKind;
  /** Minor units it is about. */
  readonly amount: number;
  readonly detail: Record<string, unknown>;
}

/** `late_event`: told after the bonus it concerns had ended; `late_rollback`; `deposit_reversed` after the turnover. */
export type AdjustmentKind = 'late_event' | 'late_rollback' | 'deposit_reversed';

export async function insertAdjustments(
  connection: Queryable,
  adjustments: readonly NewAdjustment[],
): Promise<void> {
  if (adjustments.length === 0) return;
  const column = <T>(of: (adjustment: NewAdjustment) => T): T[] => adjustments.map(of);
  await connection.query(
    `insert into adjustments (player_id, adjustment_id, brand_id, grant_id, kind, amount, currency, detail)
     select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::text[], $8::json[])`,
    [
      uuids(column(({ playerId }) => playerId)),
      uuids(column(({ adjustmentId }) => adjustmentId)),
      uuids(column(({ brandId }) => brandId)),
      uuids(column(({ grantId }) => grantId)),
      texts(column(({ kind }) => kind)),
      int8s(column(({ amount }) => amount)),
      texts(column(({ currency }) => currency)),
      jsons(column(({ detail }) => JSON.stringify(detail))),
    ],
  );
}
