import { instants, int8s, texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { ProfiledFact } from './facts.ts';
import { withProfiles } from './known-profiles.ts';
import type { Profile } from './profile.ts';

/** For so long after a code was taken a deposit counts for it. */
export const COUNTS_FOR = "interval '7 days'";

/** Names a deposit. */
export interface DepositKey {
  readonly playerId: string;
  readonly depositId: string;
}

/** A deposit that counts for an activation. */
interface Counted extends DepositKey {
  readonly activationId: string;
  readonly campaignId: string;
  readonly currency: string;
  /** Minor units. */
  readonly amount: number;
  readonly at: Date;
  /** Of who took the code. */
  readonly profileId: string | null;
}

/** When a player's code was taken. */
export interface Taken {
  readonly playerId: string;
  readonly activationId: string;
  readonly at: Date;
}

/**
 * Has deposits looked at again that were told before an activation was committed that they may count for. Then the order
 * in which the two are seen makes no difference.
 */
export async function lookAgain(tx: Queryable, taken: readonly Taken[]): Promise<void> {
  if (taken.length === 0) return;
  await tx.query(
    `update platform_events e set counted = false
     from (select player_id, min(at) as at from unnest($1::uuid[], $2::timestamptz[]) as t (player_id, at)
           group by player_id) taken
     where e.player_id = taken.player_id and e.player_id = any($1::uuid[]) and e.type = 'deposit.succeeded'
       and e.counted and e.time >= taken.at`,
    [uuids(taken.map(({ playerId }) => playerId)), instants(taken.map(({ at }) => at.getTime()))],
  );
  // A deposit that paid for a bonus may have been made before its code was entered.
  await tx.query(
    `update platform_events e set counted = false
     from (select g.player_id, g.deposit_id from unnest($1::uuid[], $2::uuid[]) as t (player, activation)
           join grants g on g.activation_id = t.activation and g.activation_id = any($2::uuid[])
             and g.player_id = t.player and g.deposit_id is not null) paid
     where e.player_id = paid.player_id and e.player_id = any($1::uuid[]) and e.type = 'deposit.succeeded' and e.counted
       and e.data ->> 'depositId' = paid.deposit_id`,
    [uuids(taken.map(({ playerId }) => playerId)), uuids(taken.map(({ activationId }) => activationId))],
  );
}

/** An event that tells of a deposit, or that it was reversed. */
export interface DepositEvent extends DepositKey {
  readonly eventId: string;
}

/**
 * Some of a brand's deposits that something was told of since they were looked at, in the order of their keys. They are
 * looked at with this.
 * @param after where to go on: within a transaction, those that were taken are still in the index, and passed over
 * one by one.
 */
export async function takeUncounted(
  tx: Queryable,
  brandId: string,
  atMost: number,
  after?: DepositEvent,
): Promise<DepositEvent[]> {
  const { rows } = await tx.query<DepositEvent>(
    `with taken as (
       update platform_events e set counted = true
       from (select player_id, event_id from platform_events
             where brand_id = $1 and not counted and type in ('deposit.succeeded', 'deposit.reversed')
               and (player_id, event_id) > ($3::uuid, $4::text)
             order by player_id, event_id limit $2 for update) due
       where e.player_id = due.player_id and e.event_id = due.event_id
       returning e.player_id, e.event_id, e.data ->> 'depositId' as deposit_id
     )
     select player_id as "playerId", event_id as "eventId", deposit_id as "depositId" from taken
     order by player_id, event_id`,
    [brandId, atMost, after?.playerId ?? NIL, after?.eventId ?? ''],
  );
  return rows;
}

/** Before every id. */
const NIL = '00000000-0000-0000-0000-000000000000';

/**
 * Finds anew which activation each of the deposits counts for, and what that adds to the sums. A deposit that paid for a
 * bonus counts for the bonus's activation; any other for the last code of its player that was taken in the days before,
 * whatever became of it later. One that was reversed counts for none.
 */
export async function countDeposits(
  tx: Queryable,
  brandId: string,
  keys: readonly DepositKey[],
): Promise<ProfiledFact[]> {
  if (keys.length === 0) return [];
  const now = await findCounting(tx, keys);
  const before = await forget(tx, keys);
  await keep(tx, brandId, now);
  const changes = [
    ...before.map((deposit) => ({ ...deposit, count: -1 as const })),
    ...now.map((deposit) => ({ ...deposit, count: 1 as const })),
  ];
  return (await withProfiles(tx, brandId, changes)).map(factOf);
}

interface Change extends Omit<Counted, 'profileId'> {
  readonly profile: Profile | null;
  readonly count: 1 | -1;
}

const factOf = ({ at, campaignId, currency, amount, profile, count }: Change): ProfiledFact => ({
  ...{ at: at.getTime(), campaignId, currency, count, profile },
  measure: 'deposited',
  detail: '',
  amount: BigInt(count * amount),
});

const asked = (keys: readonly DepositKey[]) => [
  uuids(keys.map(({ playerId }) => playerId)),
  texts(keys.map(({ depositId }) => depositId)),
];

async function findCounting(tx: Queryable, keys: readonly DepositKey[]): Promise<Counted[]> {
  const { rows } = await tx.query<Counted>(
    `select d.player_id as "playerId", asked.deposit_id as "depositId", d.time as at, d.data ->> 'currency' as currency,
       (d.data ->> 'amount')::bigint as amount, counting.activation_id as "activationId",
       counting.campaign_id as "campaignId", counting.profile_id as "profileId"
     from (select distinct player_id, deposit_id from unnest($1::uuid[], $2::text[]) as t (player_id, deposit_id)) asked
     join platform_events d on d.player_id = asked.player_id and d.player_id = any($1::uuid[])
       and d.type = 'deposit.succeeded' and d.data ->> 'depositId' = asked.deposit_id
     cross join lateral (
       select activation_id, campaign_id, profile_id from (
         select f.fact_id as activation_id, f.campaign_id, f.profile_id, f.at, true as was_paid from grants g
         join facts f on f.player_id = g.player_id and f.fact_id = g.activation_id and f.measure = 'accepted'
         where g.player_id = d.player_id and g.deposit_id = asked.deposit_id
         union all
         select f.fact_id, f.campaign_id, f.profile_id, f.at, false from facts f
         where f.player_id = d.player_id and f.measure = 'accepted' and f.at <= d.time and f.at > d.time - ${COUNTS_FOR}
       ) candidates
       order by was_paid desc, at desc, activation_id desc limit 1
     ) counting
     where not exists (
       select from platform_events r where r.player_id = d.player_id and r.type = 'deposit.reversed'
         and r.data ->> 'depositId' = asked.deposit_id
     )`,
    asked(keys),
  );
  return rows;
}

async function forget(tx: Queryable, keys: readonly DepositKey[]): Promise<Counted[]> {
  const { rows } = await tx.query<Counted>(
    `delete from activation_deposits kept using unnest($1::uuid[], $2::text[]) as asked (player_id, deposit_id)
     where kept.player_id = asked.player_id and kept.deposit_id = asked.deposit_id
     returning kept.player_id as "playerId", kept.deposit_id as "depositId", kept.activation_id as "activationId",
       kept.campaign_id as "campaignId", kept.currency, kept.amount, kept.at, kept.profile_id as "profileId"`,
    asked(keys),
  );
  return rows;
}

async function keep(tx: Queryable, brandId: string, deposits: readonly Counted[]): Promise<void> {
  if (deposits.length === 0) return;
  await tx.query(
    `insert into activation_deposits (brand_id, player_id, deposit_id, activation_id, campaign_id, currency, amount, at,
       profile_id)
     select $1::uuid, * from unnest($2::uuid[], $3::text[], $4::uuid[], $5::uuid[], $6::text[], $7::bigint[],
       $8::timestamptz[], $9::uuid[])`,
    [
      brandId,
      ...asked(deposits),
      uuids(deposits.map(({ activationId }) => activationId)),
      uuids(deposits.map(({ campaignId }) => campaignId)),
      texts(deposits.map(({ currency }) => currency)),
      int8s(deposits.map(({ amount }) => amount)),
      instants(deposits.map(({ at }) => at.getTime())),
      uuids(deposits.map(({ profileId }) => profileId)),
    ],
  );
}
