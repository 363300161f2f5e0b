import { texts, uuids } from '../../../platform/arrays.ts';
import type { Queryable } from '../../../platform/db.ts';
import type { After, HeldDays } from './feeds.ts';

/** A player's money in one currency, and from when on its days are to be made anew. */
export interface Stale extends After {
  /** As PostgreSQL writes an instant, `-infinity` among them. */
  readonly since: string;
}

/**
 * Holds some wallets of a brand whose days are not right, in the order of their keys, and takes their marks. Those that
 * others hold are about to be marked again and are left alone: nobody who plays waits for a report.
 */
export async function takeStale(
  tx: Queryable,
  brandId: string,
  after: After,
  atMost: number,
): Promise<Stale[]> {
  const { rows } = await tx.query<Stale>(
    `with taken as (
       select player_id, currency, days_stale_since::text as since from wallets
       where brand_id = $1 and days_stale_since is not null and (player_id, currency) > ($2::uuid, $3)
       order by player_id, currency limit $4 for update skip locked
     ), unmarked as (
       update wallets w set days_stale_since = null from taken t
       where w.player_id = t.player_id and w.currency = t.currency
     )
     select player_id as "playerId", currency, since from taken order by player_id, currency`,
    [brandId, after.playerId, after.currency, atMost],
  );
  return rows;
}

/**
 * The next wallets of a brand, as if their days had never been right. They are not held, and keep a mark they may have: what is
 * committed by now is summed up, and whatever is committed later marks them.
 */
export async function findNext(
  tx: Queryable,
  brandId: string,
  after: After,
  atMost: number,
): Promise<Stale[]> {
  const { rows } = await tx.query<Stale>(
    `select player_id as "playerId", currency, '-infinity' as since from wallets
     where brand_id = $1 and (player_id, currency) > ($2::uuid, $3) order by player_id, currency limit $4`,
    [brandId, after.playerId, after.currency, atMost],
  );
  return rows;
}

/**
 * Makes days anew of what is stored: from the beginning of the day in which something changed. A function of the rows that
 * are committed, so that doing it twice, or for too many days, harms nothing.
 */
export async function sumUp(
  tx: Queryable,
  { brandId, timeZone }: Pick<HeldDays, 'brandId' | 'timeZone'>,
  stale: readonly Stale[],
): Promise<void> {
  if (stale.length === 0) return;
  const asked = [
    uuids(stale.map(({ playerId }) => playerId)),
    texts(stale.map(({ currency }) => currency)),
    texts(stale.map(({ since }) => since)),
    timeZone,
  ];
  const from = `(select player_id, currency, (since at time zone $4)::date as day
    from unnest($1::uuid[], $2::text[], $3::text[]::timestamptz[]) as t (player_id, currency, since)) asked`;
  await tx.query(
    `delete from player_days d using ${from}
     where d.player_id = asked.player_id and d.currency = asked.currency and d.day >= asked.day`,
    asked,
  );
  await tx.query(
    `insert into player_days (player_id, day, currency, brand_id, bets, staked, bonus_staked, won, deposits, deposited,
       withdrawn, bonus_cost)
     select asked.player_id, days.day, asked.currency, $5::uuid, days.bets, days.staked, days.bonus_staked, days.won,
       days.deposits, days.deposited, days.withdrawn, days.bonus_cost
     from ${from}
     cross join lateral (
       select (at at time zone $4)::date as day, sum(bets) as bets, sum(staked) as staked,
         sum(bonus_staked) as bonus_staked, sum(won) as won, sum(deposits) as deposits, sum(deposited) as deposited,
         sum(withdrawn) as withdrawn, sum(bonus_cost) as bonus_cost
       from (
         select b.at, case when b.part in ('win', 'closing_win') then 0 else 1 end as bets, b.stake as staked,
           b.bonus_stake as bonus_staked, b.win as won, 0 as deposits, 0 as deposited, 0 as withdrawn, 0 as bonus_cost
         from bets b
         where b.player_id = asked.player_id and b.at >= asked.day::timestamp at time zone $4
           and b.currency = asked.currency and b.rolled_back_at is null
         union all
         select e.at, 0, 0, 0, 0, (e.kind = 'deposit')::int, case e.kind when 'deposit' then e.amount else 0 end,
           case e.kind when 'withdrawal_paid' then e.amount else 0 end, case e.kind when 'cash' then e.amount else 0 end
         from wallet_entries e
         where e.player_id = asked.player_id and e.at >= asked.day::timestamp at time zone $4
           and e.currency = asked.currency and e.kind in ('deposit', 'withdrawal_paid', 'cash')
           and not exists (
             select from wallet_entries r where e.kind = 'deposit' and r.player_id = e.player_id
               and r.reference = e.reference and r.kind = 'deposit_reversed'
           )
         union all
         select g.ended_at, 0, 0, 0, 0, 0, 0, 0, g.converted
         from grants g
         where g.player_id = asked.player_id and g.currency = asked.currency and g.converted > 0
           and g.ended_at >= asked.day::timestamp at time zone $4
       ) moves group by 1 offset 0
     ) days`,
    [...asked, brandId],
  );
}
