import type {
  MessageChannel,
  MessageOrigin,
  MessageState,
  Product,
  SuppressionReason,
} from '@promosmith/contract';
import type { Rendered } from '@promosmith/core/content';
import type { LabelValue } from '@promosmith/core/labels';
import type { Queryable } from '../../../platform/db.ts';
import type { NewEvent } from '../../../platform/outbox.ts';

/** A message somebody wants a player to get. */
export interface MessageRequest {
  readonly brandId: string;
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly channel: MessageChannel;
  /** Of the consent it is sent under. */
  readonly product: Product;
  readonly contentId: string;
  readonly contentVersion: number;
  /** Chosen before, by who evaluates label tags for it; a new one when left out. */
  readonly messageId?: string | undefined;
  /** Names what asked for it: asked again, the player gets no second message. */
  readonly originKey: string;
  readonly origin: MessageOrigin;
  /** How long it is of use. */
  readonly expiresAfterMs: number;
}

/** A message that may be sent, about to be rendered. */
export interface Draft<Request extends MessageRequest = MessageRequest> {
  readonly request: Request;
  readonly messageId: string;
  /** For `message.unsubscribe_url`. */
  readonly unsubscribeUrl: string;
}

/** What a message says, with the values of its label tags: evaluated and rendered once, and kept. */
export type Composed =
  | {
      readonly ok: true;
      readonly rendered: Rendered;
      readonly labels: Readonly<Record<string, LabelValue>>;
      /** Keys of codes it tells that were the player's before, and are not drawn by label tags. */
      readonly codes?: readonly string[];
    }
  | { readonly ok: false; readonly problem: string };

/** Evaluates label tags and renders content, in the order given. Codes are drawn in the caller's transaction. */
export type Compose<Request extends MessageRequest = MessageRequest> = (
  tx: Queryable,
  drafts: readonly Draft<Request>[],
) => Promise<readonly Composed[]>;

/** What became of a request. */
export interface Prepared {
  readonly messageId: string;
  readonly playerId: string;
  readonly originKey: string;
  readonly state: MessageState;
  /** Why it is suppressed. */
  readonly reason: SuppressionReason | null;
  readonly expiresAt: Date;
}

/** A move of a message, as whoever asked for it is told. `sent`: handed over to the channel. */
export interface MessageOutcome {
  readonly brandId: string;
  readonly playerId: string;
  readonly messageId: string;
  readonly originKey: string;
  readonly origin: MessageOrigin;
  readonly outcome: 'sent' | 'impression' | 'clicked' | 'dismissed' | 'failed' | 'suppressed' | 'expired';
  readonly reason: string | null;
  readonly at: Date;
}

/** Told in the transaction of the move. @returns what to publish with it. */
export type OnOutcome = (tx: Queryable, outcomes: readonly MessageOutcome[]) => Promise<readonly NewEvent[]>;

/** Channels that the widget shows; the others are sent. */
export const isShownByWidget = (channel: MessageChannel): boolean =>
  channel === 'popup' || channel === 'inbox';
