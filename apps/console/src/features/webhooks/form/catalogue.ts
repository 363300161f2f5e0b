import type { EventType } from '@promosmith/contract';

/** Every event there is, under what it is about. */
const CATALOGUE = {
  code: ['generated', 'distributed', 'activated', 'limit_reached', 'expired', 'disabled', 'leak_suspected'],
  activation: ['refused', 'held', 'lapsed', 'reversed'],
  bonus: [
    ...(['granted', 'converted', 'lost', 'expired', 'forfeited', 'cancelled', 'reversed'] as const),
    ...(['extended', 'reinstated'] as const),
  ],
  grant: ['delivery_failed'],
  wagering: ['progressed', 'completed'],
  freespins: ['issued', 'finished', 'cancelled'],
  cashback: ['settled'],
  ticket: ['issued', 'used', 'returned'],
  draw: ['drawn'],
  campaign: ['submitted', 'approved', 'rejected', 'activated', 'paused', 'ended'],
  budget: ['threshold_crossed'],
  risk: ['flagged', 'case_opened', 'case_decided'],
  journey: ['enrolled', 'completed', 'exited'],
  message: ['sent', 'shown', 'clicked', 'dismissed', 'failed', 'suppressed', 'expired'],
} as const;

type Catalogue = typeof CATALOGUE;
type Listed = { [About in keyof Catalogue]: `${About}.${Catalogue[About][number]}` }[keyof Catalogue];

/** Does not compile while the contract has an event that the catalogue lacks, or the other way round. */
const EVERY: [Listed] extends [EventType] ? ([EventType] extends [Listed] ? Catalogue : never) : never =
  CATALOGUE;

export interface EventGroup {
  readonly about: string;
  readonly types: readonly EventType[];
}

export const EVENT_GROUPS: readonly EventGroup[] = Object.entries(EVERY).map(([about, names]) => ({
  about,
  types: names.map((name) => `${about}.${name}` as EventType),
}));
