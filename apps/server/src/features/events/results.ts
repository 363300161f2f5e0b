import type { PlatformEventResult } from '@promosmith/contract';
import { type Refusal, refuse } from '@promosmith/core';
import type { IncomingEvent } from './consumers.ts';
import type { Untimely } from './store.ts';

/** The results of events that were not accepted. */
export type Outcomes = ReadonlyMap<IncomingEvent, PlatformEventResult>;

export const accepted = (id: string): PlatformEventResult => ({ status: 'accepted', id });
export const duplicate = (id: string): PlatformEventResult => ({ status: 'duplicate', id });
export const rejected = (id: string | null, { key, message, errors }: Refusal): PlatformEventResult => ({
  status: 'rejected',
  id,
  reason: { key, message, ...(errors ? { errors: [...errors] } : {}) },
});

export const CONFLICT = refuse(
  'conflict',
  'An event of this player with this id, or this deposit or bet, was told before, with other content.',
).refusal;

export const UNTIMELY: Record<Untimely, Refusal> = {
  event_in_future: refuse('event_in_future', 'The event is more than five minutes ahead of the clock.')
    .refusal,
  event_too_old: refuse('event_too_old', 'The event is more than ninety days old.').refusal,
};

export const TOO_LARGE = refuse(
  'amount_too_large',
  'With this amount the balance would be too large to be exact.',
).refusal;
