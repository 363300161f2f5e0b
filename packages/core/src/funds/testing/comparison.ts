import { type Checkpoint, endedForGood, fromCheckpoint, toCheckpoint } from '../checkpoint.ts';
import { corrections } from '../corrections.ts';
import { fold, foldAll, NO_FUNDS } from '../fold.ts';
import { refusalOf } from '../refusal.ts';
import { roundsAsked } from '../rounds.ts';
import { compileTerms, type WageringTerms } from '../terms.ts';
import type { Folded, Funds, FundsEvent, GrantFunds, Line, Rounds } from '../types.ts';
import { type Books, book, linesOf } from './books.ts';
import { createModel, type Model } from './model.ts';
import type { Operation, Operations } from './operations.ts';

/** Where folding again may start from: kept as JSON, as a database would. */
interface Place {
  readonly events: number;
  readonly stored: string;
  readonly ended: readonly GrantFunds[];
  readonly rounds: Rounds;
}

/** The fold and the model side by side, with the books that the fold's lines make. */
interface Pair {
  funds: Funds;
  rounds: Rounds;
  readonly nothingStaked: Rounds;
  model: Model;
  readonly newModel: () => Model;
  readonly termsOf: (grantId: string) => WageringTerms;
  readonly books: Books;
  events: FundsEvent[];
  lines: Line[][];
  places: Place[];
  readonly seen: Set<string>;
}

function pairOf({ operations, terms }: Operations): Pair {
  const told = operations.flatMap((operation) => (operation.do === 'roll_back' ? [] : [operation.event]));
  const nothingStaked = roundsAsked(told);
  const termsOf = (grantId: string) => terms.get(grantId)!;
  const newModel = () => createModel(termsOf, 'EUR');
  return {
    funds: NO_FUNDS,
    rounds: new Map(nothingStaked),
    nothingStaked,
    model: newModel(),
    newModel,
    termsOf,
    books: new Map(),
    events: [],
    lines: [],
    places: [],
    seen: new Set(),
  };
}

/**
 * Does operations to both, and compares all balances after each.
 *
 * @returns what it came to: kinds of notices, ends and refusals; `beyond` when it ended at an amount that is not exact
 * @throws Error telling the operation and the difference
 */
export function compareWithModel(made: Operations): ReadonlySet<string> {
  const pair = pairOf(made);
  for (const [index, operation] of made.operations.entries()) {
    const wrong = perform(pair, operation) ?? difference(pair);
    if (wrong) throw new Error(`seed ${made.seed}, operation ${index} (${operation.do}): ${wrong}`);
    if (pair.seen.has('beyond')) break;
    if (index % 64 === 63) pair.places.push(placeOf(pair));
  }
  return pair.seen;
}

function perform(pair: Pair, operation: Operation): string | null {
  if (operation.do === 'roll_back') return rollBack(pair, operation.roundId);
  const { event } = operation;
  if (operation.do === 'tell') return tell(pair, event);
  const wrong = tell(pair, { kind: 'time', at: event.at, id: event.id });
  if (wrong) return wrong;
  const ours = refusalOf(pair.funds, operation.event)?.key ?? null;
  const theirs = pair.model.refusal(operation.event);
  if (ours !== theirs) return `refused with ${ours}, the model with ${theirs}`;
  if (ours === null) return tell(pair, event);
  pair.seen.add(ours);
  return null;
}

function tell(pair: Pair, event: FundsEvent): string | null {
  pair.model.fold(event);
  const folded = ifExact(() => fold(pair.funds, event, pair.rounds));
  if (!folded) {
    pair.seen.add('beyond');
    const largest = pair.model.largest();
    return largest > Number.MAX_SAFE_INTEGER ? null : `refused as inexact, the model had ${largest} at most`;
  }
  pair.funds = folded.funds;
  pair.events.push(event);
  const lines = linesOf(event, folded);
  pair.lines.push(lines);
  book(pair.books, lines);
  for (const notice of folded.notices) pair.seen.add(notice.kind === 'ended' ? notice.as : notice.kind);
  return null;
}

/** null when an amount would not be exact any more. */
function ifExact<Result>(run: () => Result): Result | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

const placeOf = ({ events, funds, rounds }: Pair): Place => ({
  events: events.length,
  stored: JSON.stringify(toCheckpoint(funds)),
  ended: funds.grants.filter(endedForGood),
  rounds: new Map(rounds),
});

/** The fold again from the last place before the round, the model from nothing; the books by the difference. */
function rollBack(pair: Pair, roundId: string): string | null {
  const isOfRound = (event: FundsEvent) => 'roundId' in event && event.roundId === roundId;
  const first = pair.events.findIndex(isOfRound);
  if (first < 0) return null;
  pair.places = pair.places.filter(({ events }) => events <= first);
  const place = pair.places.at(-1);
  const from = place?.events ?? 0;
  const again = pair.events.slice(from).filter((event) => !isOfRound(event));
  const booked = pair.lines.slice(from).flat();

  pair.funds = place ? restored(place, pair.termsOf) : NO_FUNDS;
  pair.rounds = new Map(place?.rounds ?? pair.nothingStaked);
  const lines: Line[][] = [];
  const corrected = ifExact(() => {
    const keep = (event: FundsEvent, folded: Folded) => lines.push(linesOf(event, folded));
    pair.funds = foldAll(pair.funds, again, pair.rounds, keep);
    return corrections(booked, lines.flat());
  });
  if (!corrected) {
    pair.seen.add('beyond');
    return null;
  }
  book(pair.books, corrected);
  pair.events = [...pair.events.slice(0, from), ...again];
  pair.lines = [...pair.lines.slice(0, from), ...lines];
  pair.model = pair.newModel();
  for (const event of pair.events) pair.model.fold(event);
  return null;
}

/** Bonuses that ended for good come from elsewhere, where events name them. */
function restored(place: Place, termsOf: Pair['termsOf']): Funds {
  const checkpoint = JSON.parse(place.stored) as Checkpoint;
  const funds = fromCheckpoint(checkpoint, (grantId) => compileTerms(termsOf(grantId), 'EUR'));
  const missing = place.ended.filter(
    ({ grantId }) => !funds.grants.some((grant) => grant.grantId === grantId),
  );
  const grants = [...funds.grants, ...missing].sort(
    (a, b) => a.startedAt - b.startedAt || (a.grantId < b.grantId ? -1 : 1),
  );
  return { ...funds, grants };
}

/** What is not as the model has it, or not as the books have it, or below zero. */
function difference({ funds, model, books, seen }: Pair): string | null {
  if (seen.has('beyond')) return null;
  const real = model.books.get('player:real') ?? 0n;
  if (BigInt(funds.real) !== real) return `real money ${funds.real}, the model has ${real}`;
  if (funds.real < 0) return `real money ${funds.real}`;
  for (const grant of funds.grants) {
    const theirs = model.grants.find(({ id }) => id === grant.grantId)!;
    const balance = model.books.get(`player:bonus:${grant.grantId}`) ?? 0n;
    const { state, wagered, converted } = grant;
    if (state !== theirs.state) return `${grant.grantId} is ${state}, the model has ${theirs.state}`;
    if (BigInt(grant.balance) !== balance || balance < 0n)
      return `${grant.grantId} holds ${grant.balance}, the model has ${balance}`;
    if (BigInt(wagered) !== theirs.wagered)
      return `${grant.grantId} wagered ${wagered}, the model has ${theirs.wagered}`;
    if (BigInt(converted) !== theirs.converted)
      return `${grant.grantId} converted ${converted}, the model has ${theirs.converted}`;
  }
  if (funds.grants.length !== model.grants.length) return `${funds.grants.length} bonuses`;
  for (const [account, held] of model.books)
    if ((books.get(account) ?? 0n) !== held)
      return `the books have ${books.get(account) ?? 0n} on ${account}, the model ${held}`;
  return null;
}
