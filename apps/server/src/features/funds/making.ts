import { ok } from '@promosmith/core';
import type { Millis } from '@promosmith/core/activation';
import { ACCOUNTS } from '@promosmith/core/ledger';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { adjustmentsOf, convertedBefore } from './adjusting.ts';
import { afterOf, sumOf } from './after.ts';
import { type Cause, eventsOf } from './announce.ts';
import type { Left } from './apply.ts';
import type { Item } from './asked.ts';
import type { ChangeResult, FundsAfter, FundsChange } from './change.ts';
import { findKnown, type Wallet } from './folding/wallet.ts';
import { saveAll } from './save.ts';
import type { NewAdjustment } from './store/adjustments.ts';
import type { NewBet } from './store/bets.ts';
import { correctionOf, type Entry } from './store/entries.ts';

/** A change that was folded into its wallet. */
export interface Settled {
  readonly item: Item;
  readonly left: Left;
}

/** Writes changes down, and answers for them. */
export async function writeDown(
  tx: Queryable,
  done: readonly Settled[],
  now: Millis,
  results: ChangeResult[],
): Promise<void> {
  const causes = new Map(done.flatMap(({ item }) => causesOf(item)));
  for (const { item } of done) takeBack(item);
  const adjustments = await adjustmentsOf(
    tx,
    done.map(({ item: { wallet }, left }) => ({ wallet, left })),
  );
  adjustments.push(
    ...(await convertedBefore(
      tx,
      done.flatMap(({ item: { wallet, change } }) =>
        change.change.kind === 'deposit_reversed' ? [{ wallet, depositId: change.reference }] : [],
      ),
    )),
  );
  await saveAll(
    tx,
    done.map(({ item }) => item.wallet),
    {
      bets: done.flatMap(({ item, left }) => betOf(item, left)),
      entries: done.flatMap(({ item, left }) => entriesOf(item, left)),
      adjustments,
      voided: done.flatMap(({ item }) => item.removed.map(({ bet }) => bet)),
      causes,
    },
    now,
  );
  for (const { item } of done) results[item.index] = ok(madeOf(item, adjustments, causes));
}

const causesOf = ({ change: { change, reference }, wallet }: Item): [string, Cause][] => {
  if (change.kind === 'end')
    return [[change.grantId, { reason: change.reason, isReversal: change.takesBack === true }]];
  if (change.kind !== 'deposit_reversed') return [];
  const reason = 'The deposit was reversed.';
  return wallet.funds.grants.flatMap(({ grantId, depositId }) =>
    depositId === reference ? [[grantId, { reason, isReversal: true }] as [string, Cause]] : [],
  );
};

/** Money of a bonus that is as if never granted goes back to the expense it was. */
function takeBack({ change: { change }, wallet }: Item): void {
  if (change.kind !== 'end' || !change.takesBack) return;
  wallet.lines = wallet.lines.map((line) =>
    line.grantId === change.grantId && line.kind === 'breakage'
      ? { ...line, kind: 'bonus_reversed', credit: ACCOUNTS.bonusExpense }
      : line,
  );
}

function betOf({ written: { bet }, wallet, isVoid }: Item, { late }: Left): NewBet[] {
  if (!bet) return [];
  const isLate = late.bets.some(({ id }) => id === bet.betId);
  return [{ bet, split: isVoid || isLate ? null : (wallet.splits.get(bet.betId) ?? null), isVoid }];
}

/** The entry itself and the corrections it took. */
function entriesOf({ written: { entry }, wallet, event }: Item, { late }: Left): Entry[] {
  const corrections = late.corrections.map(({ id, at, amount }) => correctionOf(wallet, id, at, amount));
  if (!entry) return corrections;
  return [{ ...entry, at: (event && late.retimed.get(event)?.at) ?? entry.at }, ...corrections];
}

function madeOf(
  { change, written, wallet }: Item,
  adjustments: readonly NewAdjustment[],
  causes: ReadonlyMap<string, Cause>,
): FundsAfter {
  const split = written.bet && wallet.splits.get(written.bet.betId);
  const own = adjustments.find(
    ({ playerId, currency }) => playerId === change.playerId && currency === change.currency,
  );
  return {
    ...afterOf(wallet.funds),
    replayed: false,
    split: split ? sumOf(split) : { real: written.entry?.amount ?? 0, bonus: 0 },
    adjustmentId: own?.adjustmentId ?? null,
    events: [...eventsOf(wallet, change.playerExternalId, causes), ...extended(change, wallet)],
  };
}

/** Nobody but who asked for it knows that a bonus was extended. */
function extended({ change, playerExternalId, currency }: FundsChange, wallet: Wallet): NewEvent[] {
  if (change.kind !== 'extend') return [];
  const { grantId, expiresAt } = change;
  const { campaignId, kind } = findKnown(wallet, grantId) ?? {};
  const data = { grantId, kind, campaignId, player: playerExternalId, currency };
  return [
    {
      type: 'bonus.extended',
      subject: `grant/${grantId}`,
      data: { ...data, expiresAt: new Date(expiresAt).toISOString() },
    },
  ];
}
