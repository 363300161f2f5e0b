import { describe, expect, it } from 'vitest';
import { endedForGood } from './checkpoint.ts';
import { corrections } from './corrections.ts';
import { foldAll, NO_FUNDS } from './fold.ts';
import { compareEvents } from './order.ts';
import { roundsAsked } from './rounds.ts';
import { type Books, book, linesOf } from './testing/books.ts';
import { operationsOf } from './testing/operations.ts';
import { seeded } from './testing/random.ts';
import { bet, deposit, grantOf, START, start, story, type Told, win } from './testing/story.ts';
import type { Funds, FundsEvent, Line } from './types.ts';

const sorted = (events: readonly FundsEvent[]): string[] =>
  events.toSorted(compareEvents).map(({ kind, id }) => `${kind} ${id}`);

function shuffled<Item>(items: readonly Item[], seed: number): Item[] {
  const random = seeded(seed);
  const left = [...items];
  return items.map(() => left.splice(random.below(left.length), 1)[0]!);
}

describe('events of one instant', () => {
  const at = (told: Told, id: string): FundsEvent => story({ ...told, at: START, id })[0]!;

  it('come in one order, however they arrive', () => {
    const events = [
      at(deposit(1), 'z'),
      at(start(grantOf()), 'a'),
      at(bet(1), '1'),
      at(bet(1), '2'),
      at(win(1), '0'),
      at({ kind: 'withdrawal_requested', withdrawalId: 'w', amount: 1 }, 'a'),
      at({ kind: 'withdrawal_cancelled', withdrawalId: 'w' }, 'a'),
      at({ kind: 'time' }, 'a'),
    ];
    const order = events.map(({ kind, id }) => `${kind} ${id}`);
    for (let seed = 0; seed < 50; seed++) expect(sorted(shuffled(events, seed))).toEqual(order);
  });

  it('come after all of an earlier instant', () => {
    const [earlier] = story({ kind: 'time', at: START - 1 });
    expect(compareEvents(earlier!, at(deposit(1), 'a'))).toBeLessThan(0);
  });
});

/** A player's history told in any order: in order it is folded on, else again from the beginning. */
function receive(from: Funds, told: readonly FundsEvent[]): { funds: Funds; books: Books } {
  const books: Books = new Map();
  const events: FundsEvent[] = [];
  const rounds = roundsAsked(told);
  let booked: Line[] = [];
  let funds = from;
  for (const event of told) {
    events.push(event);
    events.sort(compareEvents);
    const lines: Line[] = [];
    funds = foldAll(from, events, new Map(rounds), (each, folded) => lines.push(...linesOf(each, folded)));
    const difference = corrections(booked, lines);
    book(books, difference);
    booked = [...booked, ...difference];
  }
  return { funds, books };
}

describe('a history told in any order', () => {
  it.each(Array.from({ length: 40 }, (_, seed) => seed))('ends the same, books and all (seed %i)', (seed) => {
    const { operations } = operationsOf(seed, 60);
    const events = operations.flatMap((operation) => (operation.do === 'tell' ? [operation.event] : []));
    // Bonuses are known from when they were issued: their start is their own, whenever the rest is told.
    const grants = events.flatMap((event) => (event.kind === 'grant_started' ? [event.grant] : []));
    const rest = events.filter(({ kind }) => kind !== 'grant_started');
    const inOrder = receive({ ...NO_FUNDS, grants }, rest);
    const inAnyOrder = receive({ ...NO_FUNDS, grants }, shuffled(rest, seed));
    expect(inAnyOrder.funds).toEqual(inOrder.funds);
    const held = ({ books }: { books: Books }) => [...books].filter(([, amount]) => amount !== 0n).sort();
    expect(held(inAnyOrder)).toEqual(held(inOrder));
  });
});

it.each([
  ['active', false],
  ['lost', false],
  ['forfeited', false],
  ['completed', true],
  ['expired', true],
  ['cancelled', true],
  ['auto_closed', true],
] as const)('%s for good: %s', (state, ended) => {
  expect(endedForGood({ state })).toBe(ended);
});
