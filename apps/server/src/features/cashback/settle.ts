import type { CashbackReason } from '@promosmith/contract';
import type { Logger } from 'pino';
import { int4s, uuids } from '../../platform/arrays.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { doDue } from '../../platform/do-due.ts';
import { newId } from '../../platform/ids.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';
import { rowByRow } from '../../platform/row-by-row.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import type { BudgetReturns, SpentBudget } from '../bonuses/index.ts';
import { type Closing, closingsOf, type Due } from './close.ts';
import { finishBonuses } from './finish.ts';
import { openPeriods } from './open.ts';
import { BonusEnded, type Payment, payOut } from './pay.ts';
import { nameOf, type PeriodKey, type SettledPeriod, settledBySystem, settledEvent } from './period.ts';
import { type Closed, writeClosed } from './store.ts';
import { loadTerms, type TermsKey } from './terms.ts';

const AT_ONCE = 1_000;

/** What was played just before the end may be told just after it: so much longer a period waits for it. */
const GRACE_SECONDS = 5;

interface DueRow extends TermsKey {
  playerId: string;
  playerExternalId: string;
  grantId: string;
  number: number;
  brandId: string;
  currency: string;
  timeZone: string;
  activatedAt: Date;
  startsAt: Date;
  until: Date;
  isActive: boolean;
  now: Date;
}

type DuePeriod = DueRow & Due;

interface ClosedPeriod extends Closed {
  readonly due: DuePeriod;
}

export interface SettleParts {
  readonly db: Database;
  readonly log: Logger;
  readonly budgets: BudgetReturns;
}

/**
 * Closes periods whose time is over: adds up, pays or leaves to be claimed, and opens the next ones. Several processes
 * may run it: a period that another one holds is skipped, and each is closed once.
 * @returns whether there may be more: a server that stood still has several periods of a bonus to close.
 */
export const settleDue = ({ db, log, budgets }: SettleParts, aside: SetAside): Promise<boolean> =>
  doDue<PeriodKey>(aside, {
    find: (names) => findDue(db, names),
    nameOf,
    async work(periods) {
      for (;;) {
        try {
          const closed = await db.transaction((tx) => settle(tx, budgets, periods));
          log.info({ closed }, 'closed periods of cashback');
          return closed;
        } catch (error) {
          // Looked at again, it is paid nothing.
          if (!(error instanceof BonusEnded)) throw error;
        }
      }
    },
  });

/** Those that ended first, of one brand. Nothing is locked. */
async function findDue(db: Queryable, aside: readonly string[]): Promise<PeriodKey[]> {
  const { rows } = await db.query<PeriodKey & { brandId: string }>(
    `select player_id as "playerId", grant_id as "grantId", number, brand_id as "brandId" from cashback_periods
     where state = 'open' and ends_at <= now() - interval '${GRACE_SECONDS} seconds' and grant_id <> all($1::uuid[])
     order by ends_at limit ${AT_ONCE}`,
    [aside],
  );
  return rows.filter(({ brandId }) => brandId === rows[0]?.brandId);
}

/** @returns how many were closed. */
async function settle(tx: Queryable, budgets: BudgetReturns, periods: readonly PeriodKey[]): Promise<number> {
  await rowByRow(tx);
  const dues = await lockDue(tx, periods);
  const [first] = dues;
  if (!first) return 0;
  const { brandId, now } = first;
  const closings = await closingsOf(tx, dues);
  const worth = dues.map((due, n) => ({ due, closing: closings[n] ?? missing(due) }));
  const { closed, events, spent } = await pay(tx, worth, now);
  await writeClosed(tx, closed);
  await goOn(tx, dues);
  const origin = settledBySystem(brandId, now);
  await publish(tx, origin, [...closed.map(told), ...events]);
  await budgets.spend(tx, origin, spent);
  return dues.length;
}

function missing({ number, grantId }: Due): never {
  throw new Error(`period ${number} of ${grantId} was not added up`);
}

async function goOn(tx: Queryable, dues: readonly DuePeriod[]): Promise<void> {
  const { next = [], last = [] } = Object.groupBy(dues, ({ isActive, number, reward }) =>
    isActive && number < reward.periods ? 'next' : 'last',
  );
  await openPeriods(
    tx,
    next.map((due) => ({ ...due, number: due.number + 1 })),
  );
  await finishBonuses(tx, last);
}

/** Rows are the transaction's until it ends; a bonus has at most one open period. */
async function lockDue(tx: Queryable, periods: readonly PeriodKey[]): Promise<DuePeriod[]> {
  const { rows } = await tx.query<DueRow>(
    `select p.player_id as "playerId", o.external_id as "playerExternalId", p.grant_id as "grantId", p.number,
       p.brand_id as "brandId", p.currency, p.time_zone as "timeZone", g.granted_at as "activatedAt",
       p.starts_at as "startsAt", p.ends_at as until, g.status = 'active' as "isActive", g.campaign_id as "campaignId",
       g.campaign_version as "campaignVersion", g.reward_index as "rewardIndex", now() as now
     from unnest($1::uuid[], $2::uuid[], $3::int[]) as due (player_id, grant_id, number)
     join cashback_periods p using (player_id, grant_id, number)
     join grants g on g.player_id = p.player_id and g.grant_id = p.grant_id
     join players o on o.player_id = p.player_id
     where p.state = 'open' order by p.player_id, p.grant_id for update of p skip locked`,
    [
      uuids(periods.map(({ playerId }) => playerId)),
      uuids(periods.map(({ grantId }) => grantId)),
      int4s(periods.map(({ number }) => number)),
    ],
  );
  const terms = await loadTerms(tx, rows);
  return rows.map((row) => ({ ...row, reward: terms(row) }));
}

/** @returns what to write of each period, and what else to publish. */
async function pay(
  tx: Queryable,
  worth: readonly { due: DuePeriod; closing: Closing }[],
  now: Date,
): Promise<{ closed: ClosedPeriod[]; events: readonly NewEvent[]; spent: readonly SpentBudget[] }> {
  const payments = new Map<DuePeriod, Payment>();
  for (const { due, closing } of worth)
    if (closing.amount > 0 && due.reward.payout === 'automatic')
      payments.set(due, { ...due, amount: closing.amount });
  const { events, refused, spent } = await payOut(tx, [...payments.values()], now);
  const closed = worth.map(({ due, closing }): ClosedPeriod => {
    const payment = payments.get(due);
    const paid = payment && refused.has(payment) ? { ...closing, ...TOO_LARGE } : closing;
    return { due, settlementId: newId(), closing: paid, state: stateOf(paid, due) };
  });
  return { closed, events, spent };
}

const TOO_LARGE: { amount: number; reason: CashbackReason } = { amount: 0, reason: 'amount_too_large' };

function stateOf({ amount }: Closing, { reward }: Due): SettledPeriod['state'] {
  if (amount === 0) return 'nothing';
  return reward.payout === 'claim' ? 'claimable' : 'paid';
}

const told = ({ due, closing, settlementId, state }: ClosedPeriod): NewEvent =>
  settledEvent({ ...due, ...closing, settlementId, state, endsAt: due.until });
