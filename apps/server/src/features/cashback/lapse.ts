import type { Database } from '../../platform/db.ts';
import { publish } from '../../platform/outbox.ts';
import { finishBonuses } from './finish.ts';
import { settledBySystem, settledEvent } from './period.ts';
import { PERIOD, type PeriodRow, settledOf } from './store.ts';

const AT_ONCE = 1_000;

/**
 * Ends periods that nobody claimed in time. Several processes may run it: rows another one holds are skipped.
 * @returns whether there may be more.
 */
export function lapseUnclaimed(db: Database): Promise<boolean> {
  return db.transaction(async (tx) => {
    const { rows } = await tx.query<PeriodRow & { now: Date }>(
      `update cashback_periods p set state = 'lapsed'
       from (select c.player_id, c.grant_id, c.number, o.external_id from cashback_periods c
             join players o on o.player_id = c.player_id
             where c.state = 'claimable' and c.claim_until <= now()
             order by c.claim_until limit ${AT_ONCE} for update of c skip locked) o
       where p.player_id = o.player_id and p.grant_id = o.grant_id and p.number = o.number
       returning ${PERIOD}, now() as now`,
    );
    await finishBonuses(
      tx,
      rows.map(({ player_id: playerId, grant_id: grantId }) => ({ playerId, grantId })),
    );
    for (const [brandId, ofBrand] of Map.groupBy(rows, ({ brand_id }) => brand_id)) {
      const now = ofBrand[0]?.now ?? new Date(0);
      await publish(
        tx,
        settledBySystem(brandId, now),
        ofBrand.map((row) => settledEvent(settledOf(row))),
      );
    }
    return rows.length === AT_ONCE;
  });
}
