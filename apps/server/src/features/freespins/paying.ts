import { creditOf, isOver, type WinningsCredit } from '@promosmith/core/freespins';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { type NewEvent, type Origin, publish } from '../../platform/outbox.ts';
import { type BudgetReturns, type GrantKey, issueBonuses } from '../bonuses/index.ts';
import { changeFunds } from '../funds/index.ts';
import { endedEvent } from './announce.ts';
import { endGrant, lockGrant, lockWallet } from './packages/grants.ts';
import { dueOf, findPackage, lockPackage, type PackageRow, savePayment } from './packages/store.ts';
import { type FreeSpinsReward, loadReward, winningsTerms } from './terms.ts';

/**
 * Pays what is due of spins that are over, and ends their bonus. What was paid is on record, so however often it is
 * called, every win is paid once. Winnings that are told after the bonus had ended, when its budget may be spent on
 * others, open a case for a person instead.
 */
export async function payWinnings(db: Database, budgets: BudgetReturns, key: GrantKey): Promise<void> {
  const found = await findPackage(db, key);
  if (!found || !isOver(found)) return;
  const reward = await loadReward(db, found);
  await db.transaction(async (tx) => {
    if (winningsTerms(reward).paidAs === 'cash') await lockWallet(tx, key.playerId, found.currency);
    await lockGrant(tx, key);
    const row = await lockPackage(tx, key);
    if (!row || !isOver(row)) return;
    const due = dueOf(row);
    if (row.overAt && due === 0) return savePayment(tx, key, { credited: 0, referred: 0 });
    await pay(tx, budgets, row, reward, due);
  });
}

async function pay(
  tx: Queryable,
  budgets: BudgetReturns,
  row: PackageRow,
  reward: FreeSpinsReward,
  due: number,
): Promise<void> {
  const terms = winningsTerms(reward);
  const credit = creditOf(due, terms);
  const events = row.isGrantOpen && credit ? await bookCredit(tx, row, reward, credit) : undefined;
  const credited = events ? due : 0;
  const referred = due - credited;
  if (referred > 0) await openCase(tx, row, referred);
  const spent = await endGrant(tx, row, {
    as: endOf(row),
    reason: row.endingReason,
    spent: row.credited + credited,
  });
  await savePayment(tx, row, { credited, referred });
  const origin: Origin = {
    brandId: row.brandId,
    actor: { kind: 'system', id: 'free-spins' },
    correlationId: row.grantId,
    time: row.now.toISOString(),
  };
  await publish(tx, origin, [
    endedEvent(row, { credited, paidAs: terms.paidAs, referred }),
    ...(events ?? []),
  ]);
  await budgets.spend(tx, origin, spent);
}

const endOf = ({ state }: PackageRow) => (state === 'cancelled' || state === 'expired' ? state : 'finished');

/** @returns what to publish; undefined when the player would have more than can be counted exactly. */
function bookCredit(
  tx: Queryable,
  row: PackageRow,
  reward: FreeSpinsReward,
  credit: WinningsCredit,
): Promise<readonly NewEvent[] | undefined> {
  return credit.paidAs === 'cash' ? bookCash(tx, row, credit) : bookBonus(tx, row, reward, credit);
}

async function bookCash(
  tx: Queryable,
  row: PackageRow,
  { amount }: WinningsCredit,
): Promise<readonly NewEvent[] | undefined> {
  const { playerId, brandId, playerExternalId, currency, grantId, credited } = row;
  const [result] = await changeFunds(tx, [
    {
      ...{ playerId, brandId, playerExternalId, currency },
      reference: `free_spins:${grantId}:${credited}`,
      change: { kind: 'cash', amount, grantId, why: 'free_spins' },
    },
  ]);
  return result?.ok ? result.value.events : undefined;
}

function bookBonus(
  tx: Queryable,
  row: PackageRow,
  { wagering }: FreeSpinsReward,
  { amount, wageringRequired }: WinningsCredit,
): Promise<NewEvent[]> {
  const { brandId, playerId, playerExternalId, campaignId, campaignVersion, rewardIndex, currency, now } =
    row;
  return issueBonuses(tx, [
    {
      ...{ brandId, playerId, playerExternalId, campaignId, campaignVersion, rewardIndex, currency },
      ...{ amount, wageringRequired },
      activationId: null,
      source: 'free_spins',
      parentGrantId: row.grantId,
      expiresAt: wagering ? now.getTime() + wagering.expiresAfterSeconds * 1000 : null,
    },
  ]);
}

/** For a person to decide: the player won it, but the bonus it was won with had ended. */
async function openCase(tx: Queryable, row: PackageRow, amount: number): Promise<void> {
  await tx.query(
    `insert into adjustments (player_id, adjustment_id, brand_id, grant_id, kind, amount, currency, detail)
     values ($1, $2, $3, $4, 'late_event', $5, $6, $7)`,
    [
      row.playerId,
      newId(),
      row.brandId,
      row.grantId,
      amount,
      row.currency,
      JSON.stringify({ freeSpins: row.grantId, state: row.state, played: row.played, won: row.won }),
    ],
  );
}
