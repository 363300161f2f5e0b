import { jsons, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { LEASE_MS, type Operation } from './sender.ts';

/** Something to tell an outside system about a bonus. */
export interface NewDelivery {
  readonly playerId: string;
  readonly brandId: string;
  readonly grantId: string;
  /** Which part of the server sends it: the name it handles deliveries under. */
  readonly target: string;
  readonly operation: Operation;
  /** What the sender needs beyond the bonus itself. Staff see it: no secrets. */
  readonly payload: Readonly<Record<string, unknown>>;
}

/**
 * Queues deliveries in the transaction of their cause; they are sent once it has committed. Each operation of a bonus
 * is queued once: again, it changes nothing. All statements start at once, so that they may travel with others.
 */
export async function queueDeliveries(
  connection: Queryable,
  deliveries: readonly NewDelivery[],
): Promise<void> {
  if (deliveries.length === 0) return;
  const column = <T>(of: (delivery: NewDelivery) => T): T[] => deliveries.map(of);
  await connection.query({
    name: 'deliveries.insert',
    text: `insert into deliveries (player_id, delivery_id, brand_id, grant_id, target, operation, payload)
      select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::text[], $7::json[])
      on conflict (player_id, grant_id, operation) do nothing`,
    values: [
      uuids(column(({ playerId }) => playerId)),
      uuids(column(newId)),
      uuids(column(({ brandId }) => brandId)),
      uuids(column(({ grantId }) => grantId)),
      texts(column(({ target }) => target)),
      texts(column(({ operation }) => operation)),
      jsons(column(({ payload }) => JSON.stringify(payload))),
    ],
  });
}

/** Names a grant in the tables. */
export interface GrantKey {
  readonly playerId: string;
  readonly grantId: string;
}

/**
 * Takes back what was told, or is about to be told, of grants that are over. One that nobody was told of yet is
 * withdrawn and that is all. Where an attempt was made the outside may know it, whatever it answered, so the
 * cancellation follows, once no attempt can be under way any more. Grants that are not delivered are left alone.
 */
export async function cancelDeliveries(tx: Queryable, grants: readonly GrantKey[]): Promise<void> {
  if (grants.length === 0) return;
  await tx.query(
    `with issue as (
       select d.*, t.cancel_id from deliveries d
       join unnest($1::uuid[], $2::uuid[], $3::uuid[]) as t (player_id, grant_id, cancel_id) using (player_id, grant_id)
       where d.operation = 'issue' and d.state in ('waiting', 'failed', 'delivered')
       order by d.player_id, d.delivery_id for update of d
     ), withdrawn as (
       update deliveries d set state = 'withdrawn', next_attempt_at = null, changed_at = now()
       from issue i where d.player_id = i.player_id and d.delivery_id = i.delivery_id and i.state <> 'delivered'
     )
     insert into deliveries (player_id, delivery_id, brand_id, grant_id, target, operation, payload, next_attempt_at)
     select player_id, cancel_id, brand_id, grant_id, target, 'cancel', payload,
       case when state = 'waiting' then greatest(now(), last_attempt_at + $4 * interval '1 ms') else now() end
     from issue where attempts > 0
     on conflict (player_id, grant_id, operation) do nothing`,
    [
      uuids(grants.map(({ playerId }) => playerId)),
      uuids(grants.map(({ grantId }) => grantId)),
      uuids(grants.map(newId)),
      LEASE_MS,
    ],
  );
}
