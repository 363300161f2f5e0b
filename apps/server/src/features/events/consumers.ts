import type {
  DepositCodeResult,
  KeptEventType,
  PlatformEvent,
  PlatformEventType,
} from '@promosmith/contract';
import type { Refusal } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent, Origin } from '../../platform/outbox.ts';

/**
 * An event of the platform that is new: it has not been applied before. `player` is the platform's id of the player,
 * `correlationId` that of the call that tells of it.
 */
export type IncomingEvent<Type extends PlatformEventType = PlatformEventType> = Extract<
  PlatformEvent,
  { type: Type }
> & { readonly brandId: string; readonly playerId: string; readonly correlationId: string };

/** What events that are applied together have in common: several calls may tell of them. */
export type CommonOrigin = Omit<Origin, 'correlationId'>;

export interface RejectedEvent {
  event: IncomingEvent;
  refusal: Refusal;
}

/** Says of an event that it cannot be applied. */
export type Reject = (event: IncomingEvent, refusal: Refusal) => void;

/**
 * What a feature does with the platform's events of some types, in the transaction that records them.
 *
 * `check` and `apply` are called with events of different players, sorted by player id, at most one of each player;
 * everything the platform told before about those players has been applied. All consumers check, then all apply. An
 * event that any consumer rejects is applied by none, and is new again when the platform sends it again.
 */
export interface EventConsumer<Type extends PlatformEventType = PlatformEventType> {
  /** `all`: also the platform's own types, `custom.…`; not those that somebody keeps. */
  readonly types: readonly Type[] | 'all';
  /**
   * Says which events cannot be applied, e.g. because the brand does not know their currency. Only reads.
   */
  check?(tx: Queryable, events: readonly IncomingEvent<Type>[]): Promise<readonly RejectedEvent[]>;
  /**
   * Applies the events; what it throws undoes what was done with them, and ends the call. It must lock players' rows in the order given.
   * @param reject for what only applying an event shows, e.g. that its money was told of before with another amount. All
   * that any consumer did with these events is undone then, and done again without those rejected.
   * @returns what to publish, naming the player as `data.player`: the intake writes the events of all consumers at once,
   * each as caused by the call that told of the player.
   */
  apply(
    tx: Queryable,
    events: readonly IncomingEvent<Type>[],
    origin: CommonOrigin,
    reject: Reject,
  ): Promise<readonly NewEvent[]>;
}

/** What became of an event that a keeper was given. */
export type KeptAs =
  | 'taken'
  /** It was told before. */
  | 'known'
  /** It was told before, with other content. */
  | 'conflict'
  | 'event_in_future'
  | 'event_too_old'
  /** With it the balance would be past what is exact. */
  | 'amount_too_large';

/**
 * A feature that writes events of a type down itself, in a form of its own, and knows which of them it was told before:
 * for types that come by the million. They are in no other table of events, and consumers do not see them.
 */
export interface EventKeeper<Type extends KeptEventType = KeptEventType> {
  readonly type: Type;
  /** What an event is known by, beside its player. */
  nameOf(event: IncomingEvent<Type>): string;
  /** Takes a call's events, after all others of the call, in a transaction of its own. @returns what became of each. */
  take(events: readonly IncomingEvent<Type>[], origin: Origin): Promise<KeptAs[]>;
}

/** A keeper as the intake asks it: with events of any type. */
export interface BoundKeeper {
  /** Undefined when the event is none of its own. */
  nameOf(event: IncomingEvent): string | undefined;
  take(events: readonly IncomingEvent[], origin: Origin): Promise<KeptAs[]>;
}

export function bindKeeper<Type extends KeptEventType>(keeper: EventKeeper<Type>): BoundKeeper {
  const isOwn = (event: IncomingEvent): event is IncomingEvent<Type> => event.type === keeper.type;
  const own = (events: readonly IncomingEvent[]): IncomingEvent<Type>[] => events.filter(isOwn);
  return {
    nameOf: (event) => (isOwn(event) ? keeper.nameOf(event) : undefined),
    take: (events, origin) => keeper.take(own(events), origin),
  };
}

/** A deposit that the player gave a code with. */
export type DepositWithCode = IncomingEvent<'deposit.succeeded'> & {
  readonly data: { readonly code: string };
};

/** What uses the codes that come with deposits. Both are harmless when done again for the same deposits. */
export interface DepositCodes {
  /** Uses the codes before their deposits are taken, in transactions of its own. */
  use(deposits: readonly DepositWithCode[], origin: Origin): Promise<DepositCodeResult[]>;
  /** What became of them once the deposits are taken. */
  settled(results: readonly DepositCodeResult[]): Promise<DepositCodeResult[]>;
}

/** A consumer as the intake asks it: with events of any type, of which it takes those it wants. */
export interface BoundConsumer {
  wants(event: IncomingEvent): boolean;
  check(tx: Queryable, events: readonly IncomingEvent[]): Promise<readonly RejectedEvent[]>;
  apply: EventConsumer['apply'];
}

export function bindConsumer<Type extends PlatformEventType>(consumer: EventConsumer<Type>): BoundConsumer {
  const types: ReadonlySet<string> | undefined =
    consumer.types === 'all' ? undefined : new Set(consumer.types);
  const wants = (event: IncomingEvent): event is IncomingEvent<Type> => types?.has(event.type) ?? true;
  return {
    wants,
    async check(tx, events) {
      const wanted = events.filter(wants);
      return wanted.length > 0 && consumer.check ? consumer.check(tx, wanted) : [];
    },
    async apply(tx, events, origin, reject) {
      const wanted = events.filter(wants);
      return wanted.length > 0 ? consumer.apply(tx, wanted, origin, reject) : [];
    },
  };
}
