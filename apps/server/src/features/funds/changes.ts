import { ok, type Refusal, refuse } from '@promosmith/core';
import type { Millis } from '@promosmith/core/activation';
import { type FundsEvent, type GrantFunds, refusalOf } from '@promosmith/core/funds';
import { ACCOUNTS } from '@promosmith/core/ledger';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { adjustmentsOf, convertedBefore } from './adjusting.ts';
import { afterOf, sumOf } from './after.ts';
import { type Cause, eventsOf } from './announce.ts';
import { applyAll, type Left, type Work } from './apply.ts';
import type { ChangeResult, FundsAfter, FundsChange } from './change.ts';
import { toEvent } from './entry-events.ts';
import { fundsAt, isInOrder } from './folding/fold-on.ts';
import { findKnown, nameOf, type Wallet } from './folding/wallet.ts';
import { type Owner, openWallets } from './open.ts';
import { completed, isSameBet, isSameEntry, type Written, writtenAs } from './requests.ts';
import { isRollback, takenBackBy, voidedAmong } from './rollbacks.ts';
import { saveAll } from './save.ts';
import type { NewAdjustment } from './store/adjustments.ts';
import { eventOf, findBets, type NewBet, type StoredBet } from './store/bets.ts';
import { correctionOf, type Entry, findEntries } from './store/entries.ts';
import type { Named } from './store/grants.ts';
import { currenciesOf, databaseNow, expectVoids } from './store/wallets.ts';

/** A change on its way through. */
interface Item {
  readonly index: number;
  readonly change: FundsChange;
  readonly wallet: Wallet;
  readonly written: Written;
  readonly event: FundsEvent | null;
  /** Bets of the round that a rollback takes back. */
  readonly removed: readonly StoredBet[];
  /** A bet of a round that was rolled back before it came. */
  readonly isVoid: boolean;
}

/** See the room's index. */
export async function changeFunds(tx: Queryable, changes: readonly FundsChange[]): Promise<ChangeResult[]> {
  const results: ChangeResult[] = [];
  for (const pass of passesOf(changes)) await changeOnce(tx, pass, results);
  return results;
}

type Indexed = readonly [index: number, change: FundsChange];

/** Parts with at most one change of a player each, which keep every player's order. */
function passesOf(changes: readonly FundsChange[]): Indexed[][] {
  const passes: Indexed[][] = [];
  const counts = new Map<string, number>();
  for (const [index, change] of changes.entries()) {
    const nth = counts.get(change.playerId) ?? 0;
    counts.set(change.playerId, nth + 1);
    const pass = passes[nth];
    if (pass) pass.push([index, change]);
    else passes.push([[index, change]]);
  }
  return passes;
}

async function changeOnce(tx: Queryable, pass: readonly Indexed[], results: ChangeResult[]): Promise<void> {
  const rollbacks = pass.flatMap(([, { change, playerId }]) => (isRollback(change) ? [playerId] : []));
  const wallets = await openWallets(tx, await ownersOf(tx, pass, rollbacks), namedBy(pass));
  if (rollbacks.length > 0) await expectVoids(tx, rollbacks);
  const now = await databaseNow(tx);
  const items = await itemsOf(tx, pass, wallets, now, results);
  const taken = items.filter((item) => {
    const refusal = refusedBy(item);
    if (refusal) results[item.index] = { ok: false, refusal };
    return refusal === null;
  });
  if (taken.length === 0) return;
  const left = await applyAll(tx, taken.map(workOf), now);
  const settled = taken.map((item, nth): Settled => ({ item, left: left[nth] ?? NOTHING_LEFT }));
  for (const { item, left } of settled)
    if (item.event && left.refused.has(item.event)) results[item.index] = tooLarge;
  const done = settled.filter(({ item, left }) => !item.event || !left.refused.has(item.event));
  await writeDown(tx, done, now, results);
}

interface Settled {
  readonly item: Item;
  readonly left: Left;
}

const NOTHING_LEFT: Left = {
  refused: new Set(),
  late: { bets: [], retimed: new Map(), corrections: [], removed: [] },
};

const tooLarge = refuse('amount_too_large', 'With this amount the balance would be too large to be exact.');

/** A round may be of any of the player's wallets, and a bet of it still under way: a rollback holds them all. */
async function ownersOf(
  tx: Queryable,
  pass: readonly Indexed[],
  rollbacks: readonly string[],
): Promise<Owner[]> {
  const owners = new Map(pass.map(([, change]) => [nameOf(change), ownerOf(change)]));
  const changes = new Map(pass.map(([, change]) => [change.playerId, change]));
  for (const key of rollbacks.length > 0 ? await currenciesOf(tx, rollbacks) : []) {
    const change = changes.get(key.playerId);
    if (change) owners.set(nameOf(key), { ...ownerOf(change), ...key });
  }
  return [...owners.values()];
}

const ownerOf = ({ playerId, currency, brandId, playerExternalId: player }: FundsChange): Owner => ({
  ...{ playerId, currency, brandId, player },
});

/** Bonuses that are over and that the change brings back, or keeps from ever coming back. */
const namedBy = (pass: readonly Indexed[]): Named[] =>
  pass.flatMap(([, { playerId, reference, change }]): Named[] => {
    const named = { playerId, grantId: null, forfeitedBy: null, depositId: null };
    const isTakenBack = change.kind === 'end' && change.takesBack === true;
    if (change.kind === 'reinstate' || isTakenBack) return [{ ...named, grantId: change.grantId }];
    if (change.kind === 'withdrawal_cancelled') return [{ ...named, forfeitedBy: reference }];
    return change.kind === 'deposit_reversed' ? [{ ...named, depositId: reference }] : [];
  });

/** The changes that were not made before; the others are answered at once. */
async function itemsOf(
  tx: Queryable,
  pass: readonly Indexed[],
  wallets: ReadonlyMap<string, Wallet>,
  now: Millis,
  results: ChangeResult[],
): Promise<Item[]> {
  const all = pass.flatMap(([index, change]) => {
    const wallet = wallets.get(nameOf(change));
    if (!wallet) throw new Error(`there is no wallet for the change ${change.reference}`);
    return [{ index, change, wallet, written: completed(writtenBehind(change, wallet, now), wallet) }];
  });
  const bets = await findBets(
    tx,
    all.flatMap(({ written: { bet } }) => (bet ? [[bet.playerId, bet.betId] as const] : [])),
  );
  const entries = await findEntries(
    tx,
    all.flatMap(({ written: { entry } }) =>
      entry ? [[entry.playerId, entry.reference, entry.kind] as const] : [],
    ),
  );
  const removed = await takenBackBy(
    tx,
    all.map(({ change }) => change),
  );
  const isVoided = await voidedAmong(
    tx,
    all.flatMap(({ written: { bet }, wallet }) => (bet && wallet.hasVoids ? [bet] : [])),
  );
  return all.flatMap(({ index, change, wallet, written }): Item[] => {
    const known = knownAs(written, bets, entries);
    if (known) {
      results[index] = known.isSame
        ? ok({ ...afterOf(wallet.funds), ...NOTHING_DONE, split: known.split })
        : conflict;
      return [];
    }
    const isVoid = written.bet !== undefined && isVoided(written.bet);
    const event = written.bet ? (isVoid ? null : eventOf(written.bet)) : toEvent(written.entry);
    return [{ index, change, wallet, written, event, isVoid, removed: removed.get(change) ?? [] }];
  });
}

/**
 * A change that nobody told the instant of comes last, whatever was folded while it waited for the wallet: only what
 * comes last can be refused.
 */
function writtenBehind(change: FundsChange, { last }: Wallet, now: Millis): Written {
  if (change.at !== undefined) return writtenAs(change, change.at);
  const at = Math.max(now, last?.at ?? now);
  const written = writtenAs(change, at);
  const event = written.bet ? eventOf(written.bet) : toEvent(written.entry);
  return event === null || isInOrder(last, event) ? written : writtenAs(change, at + 1);
}

const NOTHING_DONE = { replayed: true, adjustmentId: null, events: [] } as const;

const conflict = refuse('conflict', 'This reference was used for a different change of the same player.');

function knownAs(
  { bet, entry }: Written,
  bets: readonly StoredBet[],
  entries: readonly Entry[],
): { isSame: boolean; split: FundsAfter['split'] } | undefined {
  if (bet) {
    const known = bets.find(
      (stored) => stored.bet.playerId === bet.playerId && stored.bet.betId === bet.betId,
    );
    return known && { isSame: isSameBet(known.bet, bet), split: sumOf(known.split) };
  }
  const known = entries.find(
    ({ playerId, reference, kind }) =>
      playerId === entry.playerId && reference === entry.reference && kind === entry.kind,
  );
  return known && { isSame: isSameEntry(known, entry), split: { real: known.amount, bonus: 0 } };
}

/** Why the change may not be made: asked only of what is told in order, for what was done before cannot be refused. */
function refusedBy({ change: { change }, wallet, event }: Item): Refusal | null {
  if (!event || !isInOrder(wallet.last, event)) return null;
  const funds = fundsAt(wallet, event.at);
  const grant =
    'grantId' in change ? funds.grants.find(({ grantId }) => grantId === change.grantId) : undefined;
  switch (change.kind) {
    case 'stake':
    case 'withdrawal_requested': {
      if (event.kind !== 'stake' && event.kind !== 'withdrawal_requested') return null;
      const isFact = change.kind === 'withdrawal_requested' && change.isMirrored;
      return isFact ? null : refusalOf(funds, event);
    }
    case 'end':
      return grant?.state === 'active' || (change.takesBack && grant !== undefined && mayLive(grant))
        ? null
        : notActive;
    case 'extend':
      return grant?.state === 'active' ? null : notActive;
    case 'reinstate': {
      const isOver = grant?.expiresAt !== null && grant !== undefined && grant.expiresAt <= event.at;
      return grant !== undefined && mayLive(grant) && grant.remainder > 0 && !isOver ? null : notActive;
    }
    default:
      return null;
  }
}

/** Whether a bonus that is over may come back, by a person, a withdrawal cancelled or a round rolled back. */
const mayLive = ({ state }: GrantFunds): boolean => state === 'lost' || state === 'forfeited';

const notActive = refuse(
  'grant_not_active',
  'The bonus is not in a state in which this could be done.',
).refusal;

const workOf = ({ wallet, event, removed }: Item): Work => ({
  wallet,
  events: event ? [event] : [],
  removed,
});

async function writeDown(
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
      voided: done.flatMap(({ item }) => item.removed.map(({ bet }) => [bet.playerId, bet.betId] as const)),
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
