import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent, Origin } from '../../../platform/outbox.ts';

export type Operation = 'issue' | 'cancel';

/** A delivery as its sender gets it. */
export interface Delivery {
  readonly deliveryId: string;
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly brandId: string;
  /** What the outside must know it by: the same for every attempt. */
  readonly grantId: string;
  readonly operation: Operation;
  readonly payload: Readonly<Record<string, unknown>>;
  /** Which attempt this is, from 1. */
  readonly attempt: number;
}

/** What came of one attempt. */
export type DeliveryOutcome =
  | { readonly kind: 'delivered'; readonly response: unknown }
  /** For good: it makes no sense to ask again. */
  | { readonly kind: 'refused'; readonly reason: string; readonly response: unknown }
  /** To be tried again. */
  | {
      readonly kind: 'failed';
      readonly error: string;
      readonly response?: unknown;
      /** What the outside asked for, in ms. */
      readonly retryAfterMs?: number | null;
    };

/** How deliveries of one target are made. */
export interface DeliverySender {
  /**
   * Tells the outside. Whatever the outside does is an outcome; what is thrown is logged as a bug and the attempt is made
   * again. It must give up well before the lease of {@link LEASE_MS} is over.
   */
  send(delivery: Delivery): Promise<DeliveryOutcome>;
  /**
   * What follows from a delivery that was taken or refused for good, in the transaction that records it, called once. The
   * bonus's row is locked. An issue that was refused has been compensated by then: the bonus is cancelled, and its budget
   * is given back at the end of the transaction.
   * @returns what to publish.
   */
  settled(
    tx: Queryable,
    delivery: Delivery,
    outcome: Exclude<DeliveryOutcome, { kind: 'failed' }>,
    origin: Origin,
  ): Promise<readonly NewEvent[]>;
}

/** An attempt without a result after this long is lost. */
export const LEASE_MS = 60_000;
