import type { Queryable } from '../../../platform/db.ts';
import { keyOfDeposit } from '../awaiting.ts';
import type { DepositEvent } from '../settlement.ts';
import type { Held } from './held.ts';

const MOST = 100;

/**
 * Deposits that an activation could have been paid by while it was held, the one its code came with first: not reversed,
 * and none that paid for another bonus. Each is the player's how-many-th it was told as, of those that stand: the player
 * has had more since, and what is offered for the first deposit is not for the last.
 */
export async function depositsMeanwhile(tx: Queryable, held: Held): Promise<DepositEvent[]> {
  const { rows } = await tx.query<DepositEvent & { time: string }>(
    `with standing as (
       select *, row_number() over (order by received_at desc, event_id desc)::integer - 1 as told_after
       from platform_events e
       where e.player_id = $1 and e.type = 'deposit.succeeded'
         and not exists (select from platform_events r where r.player_id = e.player_id and r.type = 'deposit.reversed'
                         and r.data->>'depositId' = e.data->>'depositId')
     )
     select e.event_id as id, e.type, e.player_id as "playerId", $5 as player, e.brand_id as "brandId",
       jsonb_build_object('index', greatest(p.deposit_count - e.told_after, 1)) || e.data as data,
       to_char(e.time at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as time
     from standing e join players p on p.player_id = e.player_id
     where (date_trunc('second', $2::timestamptz) <= e.time or $3 || (e.data->>'depositId') = $4)
       and not exists (select from grants g where g.player_id = e.player_id and g.deposit_id = e.data->>'depositId')
     order by $3 || (e.data->>'depositId') = $4 desc, e.time, e.event_id limit ${MOST}`,
    [held.playerId, held.createdAt, keyOfDeposit(''), held.idempotencyKey, held.player],
  );
  return rows.map((row) => ({ ...row, correlationId: 'review' }));
}
