import type { KeptEventType, PlatformEventType } from '@promosmith/contract';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import {
  type BoundConsumer,
  bindConsumer,
  bindKeeper,
  type DepositCodes,
  type EventConsumer,
  type EventKeeper,
} from './consumers.ts';
import { mountEventRoutes, type Receive } from './routes.ts';
import { type OnTaken, receive, type Takers } from './service.ts';
import { shareRounds } from './shared-rounds.ts';

export { type EventBatch, findBatches, findHead, findHeads, readBatches } from './batches.ts';
export type {
  CommonOrigin,
  DepositCodes,
  DepositWithCode,
  EventConsumer,
  EventKeeper,
  IncomingEvent,
  KeptAs,
  Reject,
  RejectedEvent,
} from './consumers.ts';
export { endOfNext, type FoundEvent, findOfTypes } from './of-types.ts';
export { rounds } from './rounds.ts';
export { endOf, sequenceOf } from './sequence.ts';

export interface Events {
  /** Registers what a feature does with the platform's events. Consumers are asked in the order of registration. */
  consume<Type extends PlatformEventType>(consumer: EventConsumer<Type>): void;
  /** Takes events in as the platform's: what another feature was told in its place. */
  readonly receive: Receive;
  /** Registers who writes down the events of a type itself. */
  keep<Type extends KeptEventType>(keeper: EventKeeper<Type>): void;
  /** Registers who looks at events once they are taken, outside of their transaction. */
  onTaken(listener: OnTaken): void;
  /** Registers who uses the codes that come with deposits. */
  useCodes(codes: DepositCodes): void;
}

/** The feed of what happened here, and the intake of what happened on the platform. */
export function createEvents({ db, http }: Platform, brands: Brands): Events {
  const consumers: BoundConsumer[] = [];
  const takeRound = shareRounds(db, consumers);
  const takers: Takers = { takeRound, keeper: undefined, codes: undefined, listeners: [] };
  const take: Receive = async (origin, items) => {
    const { currencies } = await brands.get(origin.brandId);
    return receive(db, takers, currencies, origin, items);
  };
  mountEventRoutes(http, db, brands, take);
  return {
    receive: take,
    onTaken: (listener) => {
      takers.listeners.push(listener);
    },
    useCodes: (codes) => {
      takers.codes = codes;
    },
    keep: (keeper) => {
      takers.keeper = bindKeeper(keeper);
    },
    consume: (consumer) => {
      consumers.push(bindConsumer(consumer));
    },
  };
}
