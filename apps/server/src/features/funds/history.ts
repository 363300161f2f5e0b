import {
  type BetSplit,
  compareEvents,
  type Funds,
  type FundsEvent,
  fromCheckpoint,
  type GrantFunds,
  NO_FUNDS,
  type Place,
  type Rounds,
  roundsAsked,
} from '@promosmith/core/funds';
import type { Queryable } from '../../platform/db.ts';
import { partsOf, together } from './ended.ts';
import { toEvent } from './entry-events.ts';
import type { History } from './folding/fold-again.ts';
import { startOf } from './folding/fold-on.ts';
import { nameOf, type Wallet } from './folding/wallet.ts';
import { betsSince, eventOf, findRounds, type StoredBet } from './store/bets.ts';
import { checkpointsBefore, type StoredCheckpoint } from './store/checkpoints.ts';
import { type Entry, entriesSince } from './store/entries.ts';
import { loadFolded, type StoredGrant } from './store/grants.ts';

/** A wallet that an event or the taking back of one reaches into the past of. */
export interface Reach {
  readonly wallet: Wallet;
  /** The earliest place it reaches to. */
  readonly to: Place;
}

/** From where a wallet can be folded again. */
export interface Ground {
  /** Where to; null is the very beginning. */
  readonly from: StoredCheckpoint | null;
  /** Nothing up to here is folded again: a bonus ended for good. */
  readonly barrier: Place | null;
}

/** Where to fold wallets again from, in the order given: behind the barrier, and before what is reached for. */
export async function findGround(connection: Queryable, reaches: readonly Reach[]): Promise<Ground[]> {
  const stored = Map.groupBy(
    await checkpointsBefore(
      connection,
      reaches.map(({ wallet, to }) => ({ ...keyOf(wallet), at: to.at })),
    ),
    nameOf,
  );
  return reaches.map(({ wallet, to }) => {
    const own = (stored.get(nameOf(wallet)) ?? []).sort((a, b) => compareEvents(a.place, b.place));
    const barrier = own.findLast(({ isFinal }) => isFinal) ?? null;
    return {
      from: own.findLast(({ place }) => compareEvents(place, to) < 0) ?? barrier,
      barrier: barrier?.place ?? null,
    };
  });
}

const keyOf = ({ playerId, currency }: Wallet) => ({ playerId, currency });

/** A wallet to be folded again. */
export interface Wanted {
  readonly wallet: Wallet;
  readonly from: StoredCheckpoint | null;
  /** What comes to its history. */
  readonly late: readonly FundsEvent[];
}

/** What the tables hold of wallets from a checkpoint of each on, in the order given. */
export async function loadHistories(connection: Queryable, wanted: readonly Wanted[]): Promise<History[]> {
  const spans = wanted.map(({ wallet, from }) => ({ ...keyOf(wallet), since: from?.place.at ?? null }));
  const [bets, entries, grants] = await Promise.all([
    betsSince(connection, spans),
    entriesSince(connection, spans),
    loadFolded(connection, [...new Set(spans.map(({ playerId }) => playerId))]),
  ]);
  const betsOf = Map.groupBy(bets, ({ bet }) => nameOf(bet));
  const entriesOf = Map.groupBy(entries, nameOf);
  const grantsOf = Map.groupBy(grants, nameOf);
  const histories = wanted.map(({ wallet, from, late }) => {
    const name = nameOf(wallet);
    const happened = { bets: betsOf.get(name) ?? [], entries: entriesOf.get(name) ?? [] };
    return { ...historyOf(wallet, from, happened, grantsOf.get(name) ?? []), wallet, late };
  });
  const rounds = await roundsBefore(
    connection,
    histories.map(({ from, events, wallet, late }) => ({ wallet, from, events: [...events, ...late] })),
  );
  return histories.map(({ wallet, from, funds, events }, index) => {
    const own = rounds[index] ?? new Map();
    const known = grantsOf.get(nameOf(wallet)) ?? [];
    return { from, funds: withEnded(funds, events, own, known), events, rounds: own, grants: known };
  });
}

/** With bonuses that had ended for good by then, and that a win comes for, or that somebody ended, say, once more. */
function withEnded(
  funds: Funds,
  events: readonly FundsEvent[],
  rounds: Rounds,
  grants: readonly StoredGrant[],
): Funds {
  const ids = partsOf([...rounds.values(), ...funds.rounds]);
  for (const event of events) if (isOfGrant(event)) ids.add(event.grantId);
  for (const { grantId } of funds.grants) ids.delete(grantId);
  for (const event of events) if (event.kind === 'grant_started') ids.delete(event.grant.grantId);
  const ended = grants.flatMap(({ grant }) => (ids.has(grant.grantId) ? [grant] : []));
  return ended.length === 0 ? funds : { ...funds, grants: together(funds.grants, ended) };
}

type OfGrant = Extract<FundsEvent, { kind: 'grant_ended' | 'grant_extended' | 'grant_reinstated' }>;

const isOfGrant = (event: FundsEvent): event is OfGrant =>
  event.kind === 'grant_ended' || event.kind === 'grant_extended' || event.kind === 'grant_reinstated';

function historyOf(
  wallet: Wallet,
  from: StoredCheckpoint | null,
  { bets, entries }: { readonly bets: readonly StoredBet[]; readonly entries: readonly Entry[] },
  grants: readonly StoredGrant[],
): Omit<History, 'rounds' | 'grants'> {
  const place = from?.place ?? null;
  const isBehind = (event: FundsEvent): boolean => place === null || compareEvents(place, event) < 0;
  const happened = entries.flatMap((entry) => toEvent(entry) ?? []);
  const starts = grants.map(({ grant }) => startOf(asIssued(grant, entries)));
  const events = [...bets.map(({ bet }) => eventOf(bet)), ...happened, ...starts].filter(isBehind);
  const started = new Set(events.flatMap((event) => (event.kind === 'grant_started' ? [event.id] : [])));
  const over = [...revivedBy(entries), ...wallet.funds.grants.filter(({ state }) => state !== 'active')];
  return { from: place, funds: fundsAt(from, over, grants, started), events: events.sort(compareEvents) };
}

/** A bonus as it was when it began. */
function asIssued(grant: GrantFunds, entries: readonly Entry[]): GrantFunds {
  const extension = entries
    .filter(({ kind, grantId }) => kind === 'extend' && grantId === grant.grantId)
    .sort((a, b) => a.at - b.at)[0];
  return {
    ...grant,
    state: 'active',
    balance: grant.amount,
    wagered: 0,
    converted: 0,
    remainder: 0,
    forfeitedBy: null,
    expiresAt: extension?.detail.expiredAt === undefined ? grant.expiresAt : extension.detail.expiredAt,
  };
}

type Over = Omit<GrantFunds, 'terms'>;

/** Bonuses that were over and that entries name, as they were before the first that does. */
const revivedBy = (entries: readonly Entry[]): Over[] =>
  entries.toSorted((a, b) => a.at - b.at).flatMap(({ detail }) => detail.revived ?? []);

/**
 * The funds at a checkpoint, with bonuses that had ended by then and that something behind it names, be it told already
 * or what the wallet is folded again for: they may live again.
 * @param over those bonuses; of one that is among them twice, the first says what it was.
 */
function fundsAt(
  from: StoredCheckpoint | null,
  over: readonly Over[],
  grants: readonly StoredGrant[],
  started: ReadonlySet<string>,
): Funds {
  const terms = new Map(grants.map(({ grant }) => [grant.grantId, grant.terms]));
  const termsOf = (grantId: string) => {
    const own = terms.get(grantId);
    if (!own) throw new Error(`bonus ${grantId} is in a checkpoint and was never in the wallet`);
    return own;
  };
  const funds = from ? fromCheckpoint(from.funds, termsOf) : NO_FUNDS;
  const known = new Set([...started, ...funds.grants.map(({ grantId }) => grantId)]);
  const firsts = new Map(over.toReversed().map((grant) => [grant.grantId, grant]));
  const missing = [...firsts.values()].filter(({ grantId }) => !known.has(grantId));
  if (missing.length === 0) return funds;
  const named = missing.map((grant) => ({ ...grant, terms: termsOf(grant.grantId) }));
  return { ...funds, grants: together(funds.grants, named) };
}

/**
 * How stakes were paid for that a wallet's events have wins of, but not the stakes themselves: in the order given, as
 * `run` asks.
 * @param from stakes behind this place are among the events; undefined when none is.
 */
export async function roundsBefore(
  connection: Queryable,
  asked: readonly {
    readonly wallet: Wallet;
    readonly events: readonly FundsEvent[];
    readonly from: Place | null | undefined;
  }[],
): Promise<Rounds[]> {
  const rounds = asked.map(({ events }) => roundsAsked(events));
  const found = await findRounds(
    connection,
    asked.flatMap(({ wallet }, index) =>
      [...(rounds[index]?.keys() ?? [])].map((round) => [wallet.playerId, round] as const),
    ),
  );
  const byWallet = Map.groupBy(found, ({ bet }) => nameOf(bet));
  for (const [index, { wallet, from }] of asked.entries())
    for (const { bet, split, isBooked, isRolledBack } of byWallet.get(nameOf(wallet)) ?? [])
      if (isBooked && !isRolledBack && isUpTo(from, eventOf(bet))) fund(rounds[index], bet.roundId, split);
  return rounds;
}

const isUpTo = (from: Place | null | undefined, event: FundsEvent): boolean =>
  from === undefined || (from !== null && compareEvents(event, from) <= 0);

function fund(rounds: Rounds | undefined, roundId: string, { realStake, parts }: BetSplit): void {
  const known = rounds?.get(roundId);
  if (!rounds || !known) return;
  const amounts = new Map(known.parts.map(({ grantId, amount }) => [grantId, amount]));
  for (const { grantId, stake } of parts)
    if (stake > 0) amounts.set(grantId, (amounts.get(grantId) ?? 0) + stake);
  rounds.set(roundId, {
    real: known.real + realStake,
    parts: [...amounts].map(([grantId, amount]) => ({ grantId, amount })),
  });
}
