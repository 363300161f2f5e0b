import { cashbackPeriod } from '@promosmith/core/cashback';
import { instants, int4s, texts, uuids } from '../../platform/arrays.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { doDue } from '../../platform/do-due.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import { nameOf } from './period.ts';
import { type CashbackReward, loadTerms } from './terms.ts';

const AT_ONCE = 1_000;

/** A period to be opened. */
export interface NewPeriod {
  readonly playerId: string;
  readonly grantId: string;
  readonly brandId: string;
  readonly campaignId: string;
  readonly currency: string;
  readonly timeZone: string;
  /** From 1. */
  readonly number: number;
  /** When the bonus was activated. */
  readonly activatedAt: Date;
  readonly reward: CashbackReward;
}

/** Opens periods of bonuses, each at most once. */
export async function openPeriods(tx: Queryable, periods: readonly NewPeriod[]): Promise<void> {
  if (periods.length === 0) return;
  const opened = periods.map((period) => ({
    ...period,
    ...cashbackPeriod(period.activatedAt.getTime(), period.reward.period, period.timeZone, period.number),
  }));
  const column = <T>(of: (period: (typeof opened)[number]) => T): T[] => opened.map(of);
  await tx.query(
    `insert into cashback_periods (player_id, grant_id, number, brand_id, campaign_id, currency, paid_as, time_zone,
       starts_at, ends_at)
     select * from unnest($1::uuid[], $2::uuid[], $3::int[], $4::uuid[], $5::uuid[], $6::text[], $7::text[], $8::text[],
       $9::timestamptz[], $10::timestamptz[])
     on conflict (player_id, grant_id, number) do nothing`,
    [
      uuids(column(({ playerId }) => playerId)),
      uuids(column(({ grantId }) => grantId)),
      int4s(column(({ number }) => number)),
      uuids(column(({ brandId }) => brandId)),
      uuids(column(({ campaignId }) => campaignId)),
      texts(column(({ currency }) => currency)),
      texts(column(({ reward }) => reward.paidAs)),
      texts(column(({ timeZone }) => timeZone)),
      instants(column(({ from }) => from)),
      instants(column(({ to }) => to)),
    ],
  );
}

interface Begun {
  playerId: string;
  grantId: string;
  brandId: string;
  currency: string;
  campaignId: string;
  campaignVersion: number;
  rewardIndex: number;
  activatedAt: Date;
  isActive: boolean;
}

/**
 * Opens the first period of cashback bonuses that became active, in the time zone their brand has by now: it stays
 * theirs. One that was cancelled before that has spent nothing and never will. Several processes may run it; each bonus is
 * begun once.
 * @returns whether there may be more.
 */
export const openNew = (
  db: Database,
  aside: SetAside,
  timeZoneOf: (brandId: string) => Promise<string>,
): Promise<boolean> =>
  doDue<NewBonus>(aside, {
    find: (names) => findNew(db, names),
    nameOf,
    async work(bonuses) {
      // Asked before: whoever waits for a connection must not hold one.
      const zones = new Map<string, string>();
      for (const { brandId } of bonuses)
        if (!zones.has(brandId)) zones.set(brandId, await timeZoneOf(brandId));
      return db.transaction((tx) => openFirst(tx, bonuses, zones));
    },
  });

type NewBonus = Pick<Begun, 'playerId' | 'grantId' | 'brandId'>;

const IS_NEW = `kind = 'cashback' and budget_spent is null and status not in ('pending', 'delivery_failed')`;

async function findNew(db: Queryable, aside: readonly string[]): Promise<NewBonus[]> {
  const { rows } = await db.query<NewBonus>(
    `select player_id as "playerId", grant_id as "grantId", brand_id as "brandId" from grants
     where ${IS_NEW} and grant_id <> all($1::uuid[]) order by player_id, grant_id limit ${AT_ONCE}`,
    [aside],
  );
  return rows;
}

/** @returns how many were begun. */
async function openFirst(
  tx: Queryable,
  bonuses: readonly NewBonus[],
  zones: ReadonlyMap<string, string>,
): Promise<number> {
  const { rows } = await tx.query<Begun>(
    `update grants g set budget_spent = 0
     from (select player_id, grant_id from grants
           where player_id = any($1::uuid[]) and grant_id = any($2::uuid[]) and ${IS_NEW}
           order by player_id, grant_id for update skip locked) begun
     where g.player_id = begun.player_id and g.grant_id = begun.grant_id
     returning g.player_id as "playerId", g.grant_id as "grantId", g.brand_id as "brandId", g.currency,
       g.campaign_id as "campaignId", g.campaign_version as "campaignVersion", g.reward_index as "rewardIndex",
       g.granted_at as "activatedAt", g.status = 'active' as "isActive"`,
    [uuids(bonuses.map(({ playerId }) => playerId)), uuids(bonuses.map(({ grantId }) => grantId))],
  );
  const terms = await loadTerms(tx, rows);
  const active = rows.filter(({ isActive }) => isActive);
  await openPeriods(
    tx,
    active.map((row) => ({
      ...row,
      number: 1,
      timeZone: zones.get(row.brandId) ?? '',
      reward: terms(row),
    })),
  );
  return rows.length;
}
