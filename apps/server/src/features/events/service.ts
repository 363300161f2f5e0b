import type { DepositCodeResult, PlatformEventResult } from '@promosmith/contract';
import { type Refusal, refuse } from '@promosmith/core';
import type { CurrencyTable } from '@promosmith/core/money';
import type { Database, Queryable } from '../../platform/db.ts';
import { playerId } from '../../platform/ids.ts';
import { type Origin, publish } from '../../platform/outbox.ts';
import {
  applyEvents,
  type BoundConsumer,
  type BoundKeeper,
  type DepositCodes,
  type DepositWithCode,
  type IncomingEvent,
  type KeptAs,
  rounds,
} from './consumers.ts';
import { sortOut, type Told } from './repeats.ts';
import { idOf, screenEvent } from './screening.ts';
import { findConflicting, forgetEvents, recordEvents, type Untimely, type Verdict } from './store.ts';

const CONFLICT = refuse(
  'conflict',
  'An event of this player with this id, or this deposit or bet, was told before, with other content.',
).refusal;
const UNTIMELY: Record<Untimely, Refusal> = {
  event_in_future: refuse('event_in_future', 'The event is more than five minutes ahead of the clock.')
    .refusal,
  event_too_old: refuse('event_too_old', 'The event is more than ninety days old.').refusal,
};

const TOO_LARGE = refuse(
  'amount_too_large',
  'With this amount the balance would be too large to be exact.',
).refusal;

/** Who takes events: of a type that somebody keeps, its keeper; of all others whoever wants them. */
export interface Takers {
  readonly consumers: readonly BoundConsumer[];
  keeper: BoundKeeper | undefined;
  codes: DepositCodes | undefined;
  readonly listeners: OnTaken[];
}

/** Told of a call's events that were new, once they are taken. It must not fail: they are. */
export type OnTaken = (brandId: string, events: readonly IncomingEvent[]) => Promise<void>;

const accepted = (id: string): PlatformEventResult => ({ status: 'accepted', id });
const duplicate = (id: string): PlatformEventResult => ({ status: 'duplicate', id });
const rejected = (id: string | null, { key, message, errors }: Refusal): PlatformEventResult => ({
  status: 'rejected',
  id,
  reason: { key, message, ...(errors ? { errors: [...errors] } : {}) },
});

/**
 * Takes a call's items. Each gets its own result; recording one that is new and everything consumers do with it is one
 * transaction, so an answer that got lost is made good by sending the same call again.
 */
export async function receive(
  db: Database,
  takers: Takers,
  currencies: CurrencyTable,
  origin: Origin,
  items: readonly unknown[],
): Promise<PlatformEventResult[]> {
  const results: PlatformEventResult[] = [];
  const told: Told[] = [];
  for (const [n, item] of items.entries()) {
    const screened = screenEvent(item, currencies);
    if (screened.ok) {
      const player = playerId(origin.brandId, screened.value.player);
      told.push({ n, event: { ...screened.value, brandId: origin.brandId, playerId: player } });
    } else results[n] = rejected(idOf(item), screened.refusal);
  }
  const { taken, repeats, conflicts, untimely } = await sortOut(db, told, takers.keeper);
  for (const { n, event, flaw } of untimely) results[n] = rejected(event.id, UNTIMELY[flaw]);
  for (const { n, event } of conflicts) results[n] = rejected(event.id, CONFLICT);

  const events = taken.map(({ event }) => event);
  const given = takers.codes ? events.filter(hasCode) : [];
  const used = (await takers.codes?.use(given, origin)) ?? [];
  const outcomes = await take(db, takers, origin, events);
  const fresh = events.filter((event) => !outcomes.has(event));
  for (const listener of takers.listeners) await listener(origin.brandId, fresh);
  const settled = (await takers.codes?.settled(used)) ?? [];
  const codes = new Map<IncomingEvent, DepositCodeResult | undefined>(
    given.map((event, index) => [event, settled[index]]),
  );
  for (const { event, n } of taken)
    results[n] = withCode(outcomes.get(event) ?? accepted(event.id), codes.get(event));
  for (const { n, event, of } of repeats) {
    const first = results[of];
    if (first) results[n] = first.status === 'accepted' ? duplicate(event.id) : { ...first, id: event.id };
  }
  return results;
}

const hasCode = (event: IncomingEvent): event is DepositWithCode =>
  event.type === 'deposit.succeeded' && event.data.code !== undefined;

const withCode = (result: PlatformEventResult, code: DepositCodeResult | undefined): PlatformEventResult =>
  code === undefined || result.status === 'rejected' ? result : { ...result, code };

type Outcomes = Map<IncomingEvent, PlatformEventResult>;

/**
 * One transaction for each part with at most one event of a player: with several of them in one transaction, those after
 * the first would take locks that come before what the first one holds.
 * @returns the results of the events that were not accepted.
 */
async function take(
  db: Database,
  { consumers, keeper }: Takers,
  origin: Origin,
  events: readonly IncomingEvent[],
): Promise<Outcomes> {
  const { kept = [], others = [] } = Object.groupBy(events, (event) =>
    keeper?.nameOf(event) === undefined ? 'others' : 'kept',
  );
  const outcomes: Outcomes = new Map();
  for (const round of rounds(others))
    for (const [event, outcome] of await takeRound(db, consumers, origin, round))
      outcomes.set(event, outcome);
  if (keeper && kept.length > 0)
    for (const [event, outcome] of keptOutcomes(kept, await keeper.take(kept, origin)))
      outcomes.set(event, outcome);
  return outcomes;
}

function keptOutcomes(events: readonly IncomingEvent[], verdicts: readonly KeptAs[]): Outcomes {
  const outcomes: Outcomes = new Map();
  for (const [n, event] of events.entries()) {
    const verdict = verdicts[n] ?? 'taken';
    if (verdict === 'known') outcomes.set(event, duplicate(event.id));
    else if (verdict !== 'taken') outcomes.set(event, rejected(event.id, NOT_KEPT[verdict]));
  }
  return outcomes;
}

const NOT_KEPT: Record<Exclude<KeptAs, 'taken' | 'known'>, Refusal> = {
  ...UNTIMELY,
  conflict: CONFLICT,
  amount_too_large: TOO_LARGE,
};

/** As many rows as a plan is made for that is made once; of more, how many decides on the plan. */
const FEW = 10;

const takeRound = (
  db: Database,
  consumers: readonly BoundConsumer[],
  origin: Origin,
  events: readonly IncomingEvent[],
): Promise<Outcomes> => {
  const run = events.length > FEW ? db.transaction : db.preparedTransaction;
  return run(async (tx: Queryable) => {
    const outcomes: Outcomes = new Map();
    const verdicts = await recordEvents(tx, events);
    const having = (verdict: Verdict) => events.filter((_, n) => verdicts[n] === verdict);

    for (const flaw of ['event_in_future', 'event_too_old'] as const)
      for (const event of having(flaw)) outcomes.set(event, rejected(event.id, UNTIMELY[flaw]));

    const known = having('known');
    for (const event of known) outcomes.set(event, duplicate(event.id));
    if (known.length > 0)
      for (const event of await findConflicting(tx, known)) outcomes.set(event, rejected(event.id, CONFLICT));

    const result = await applyEvents(tx, consumers, having('fresh'), origin);
    for (const [event, refusal] of result.rejected) outcomes.set(event, rejected(event.id, refusal));
    if (result.rejected.size > 0) await forgetEvents(tx, [...result.rejected.keys()]);
    await publish(tx, origin, result.published);
    return outcomes;
  });
};
