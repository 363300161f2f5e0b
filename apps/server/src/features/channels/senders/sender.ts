import type { Rendered } from '@promosmith/core/content';

/** Where a message goes: a mailbox, a number, a chat, or a browser with its keys. */
export interface Address {
  readonly address: string;
  readonly keys?: BrowserKeys;
}

/** Of a browser's push subscription, in base64url. */
export interface BrowserKeys {
  readonly p256dh: string;
  readonly auth: string;
  /** The key of ours that it subscribed with. */
  readonly applicationServerKey: string;
}

export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly content: Buffer;
}

/** A message as a sender gets it. Sent again after a result was lost, it has the same id. */
export interface Outgoing<Content extends Rendered = Rendered> {
  readonly messageId: string;
  readonly content: Content;
  /** At least one; several only of push. */
  readonly addresses: readonly Address[];
  /** How long it is of use to its player. */
  readonly ttlSeconds: number;
  /** Of email to players: where one click ends them. */
  readonly unsubscribeUrl?: string;
  /** Of email. */
  readonly attachments?: readonly Attachment[];
}

export type SendResult =
  | {
      readonly kind: 'sent';
      /** What the other side calls it; one for each part of an SMS. */
      readonly references: readonly string[];
      /** Addresses that reach nobody any more. */
      readonly gone?: readonly string[];
    }
  | {
      readonly kind: 'failed';
      readonly reason: string;
      /** Trying again would come to the same. */
      readonly final: boolean;
      readonly gone?: readonly string[];
    }
  /** The other side asked for patience: no failure. */
  | { readonly kind: 'later'; readonly afterMs: number; readonly reason: string };

/** One way out, connected for one brand. */
export interface Sender<Content extends Rendered = Rendered> {
  /** Never throws for what the other side does: that is a result. */
  send(message: Outgoing<Content>): Promise<SendResult>;
  /** Ends its connections, after what is under way. */
  close(): Promise<void>;
}

/** What the other side tells of a message later on. */
export interface Receipt {
  readonly reference: string;
  readonly outcome: 'delivered' | 'failed';
  readonly reason: string | null;
}

/** @returns whether the message is known; of one that is not, the other side is asked to tell again. */
export type TakeReceipt = (receipt: Receipt) => Promise<boolean>;

export const sent = (...references: string[]): SendResult => ({ kind: 'sent', references });
export const later = (reason: string, afterMs: number): SendResult => ({ kind: 'later', afterMs, reason });
/** @param gone addresses that reach nobody any more. */
export const failed = (reason: string, final: boolean, gone: readonly string[] = []): SendResult => ({
  kind: 'failed',
  reason: reason.slice(0, LONGEST_REASON),
  final,
  gone,
});

const LONGEST_REASON = 500;
