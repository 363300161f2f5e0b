import { int4s, uuids } from '../../platform/arrays.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { doDue } from '../../platform/do-due.ts';
import { publish } from '../../platform/outbox.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import { finishBonuses } from './finish.ts';
import { type PeriodKey, settledBySystem, settledEvent } from './period.ts';
import { PERIOD, type PeriodRow, settledOf } from './store.ts';

const AT_ONCE = 1_000;

interface Unclaimed extends PeriodKey {
  readonly settlementId: string;
}

/**
 * Ends periods that nobody claimed in time. Several processes may run it: rows another one holds are skipped.
 * @returns whether there may be more.
 */
export const lapseUnclaimed = (db: Database, aside: SetAside): Promise<boolean> =>
  doDue<Unclaimed>(aside, {
    find: (names) => findUnclaimed(db, names),
    nameOf: ({ settlementId }) => settlementId,
    work: (periods) => db.transaction((tx) => lapse(tx, periods)),
  });

async function findUnclaimed(db: Queryable, aside: readonly string[]): Promise<Unclaimed[]> {
  const { rows } = await db.query<Unclaimed>(
    `select player_id as "playerId", grant_id as "grantId", number, settlement_id as "settlementId"
     from cashback_periods
     where state = 'claimable' and claim_until <= now() and settlement_id <> all($1::uuid[])
     order by claim_until limit ${AT_ONCE}`,
    [aside],
  );
  return rows;
}

async function lapse(tx: Queryable, periods: readonly PeriodKey[]): Promise<number> {
  const { rows } = await tx.query<PeriodRow & { now: Date }>(
    `update cashback_periods p set state = 'lapsed'
     from (select c.player_id, c.grant_id, c.number, o.external_id
           from unnest($1::uuid[], $2::uuid[], $3::int[]) as due (player_id, grant_id, number)
           join cashback_periods c using (player_id, grant_id, number)
           join players o on o.player_id = c.player_id
           where c.state = 'claimable' order by c.player_id, c.grant_id, c.number for update of c skip locked) o
     where p.player_id = o.player_id and p.grant_id = o.grant_id and p.number = o.number
     returning ${PERIOD}, now() as now`,
    [
      uuids(periods.map(({ playerId }) => playerId)),
      uuids(periods.map(({ grantId }) => grantId)),
      int4s(periods.map(({ number }) => number)),
    ],
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
  return rows.length;
}
