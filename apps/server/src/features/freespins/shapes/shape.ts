import type { IncomingHttpHeaders } from 'node:http';
import type { ProviderShape } from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Millis } from '@promosmith/core/activation';
import type { SpinsEnd } from '@promosmith/core/freespins';
import type { Currency } from '@promosmith/core/money';
import type { Outcome } from '../../../platform/outbound/attempt.ts';

/** A provider as it is spoken to. */
export interface ProviderAccount {
  readonly shape: ProviderShape;
  /** Without a slash at the end. */
  readonly baseUrl: string;
  /** What the provider knows the brand by. */
  readonly accountId: string;
  readonly secret: string;
}

/** What is ordered of a provider. */
export interface SpinsOrder {
  /** The provider's idempotency key: the same for every attempt. */
  readonly grantId: string;
  readonly player: {
    readonly id: string;
    readonly country: string | null;
    readonly language: string | null;
  };
  readonly currency: Currency;
  readonly games: readonly string[];
  readonly count: number;
  /** Of one spin, minor units. */
  readonly spinValue: number;
  readonly expiresAt: Millis;
}

/** One request to a provider, always a POST. What was signed is sent byte for byte. */
export interface ProviderCall {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Makes a call; whatever comes of it is an outcome. */
export type Ask = (call: ProviderCall) => Promise<Outcome>;

/** What a provider made of an order. */
export type ProviderAnswer =
  | {
      readonly kind: 'accepted';
      /** The provider's own name of the order. */
      readonly reference?: string | undefined;
      /** Where it says how the order stands. `won` as in callbacks. */
      readonly standing?: { readonly won: Amount; readonly played: number } | undefined;
    }
  /** For good. */
  | { readonly kind: 'refused'; readonly reason: string }
  | { readonly kind: 'failed'; readonly error: string };

/** Money as the shape writes it: minor units as a number, or a decimal as text. */
export type Amount = number | string;

/** What a provider tells, whatever its shape. */
export interface SpinsCallback {
  readonly transactionId: string;
  readonly grantId: string;
  /** The platform's id of the player, where the shape names one. */
  readonly player?: string | undefined;
  readonly currency?: string | undefined;
  readonly told:
    | { readonly kind: 'round'; readonly won: Amount }
    | {
        readonly kind: 'end';
        readonly as: SpinsEnd;
        readonly won: Amount;
        readonly played?: number | undefined;
      };
}

/** A callback as it came in. */
export interface ReceivedCallback {
  readonly headers: IncomingHttpHeaders;
  readonly rawBody: Buffer;
  readonly now: Millis;
}

/** How free spins are ordered and told of: the one interface that every shape of provider has. */
export interface FreeRoundAdapter {
  /** Whether one order may name several games. */
  readonly severalGames: boolean;
  issue(account: ProviderAccount, order: SpinsOrder, ask: Ask): Promise<ProviderAnswer>;
  /** Ends what has not been played. Where the shape can be asked how the order stands, it is. */
  cancel(account: ProviderAccount, order: SpinsOrder, ask: Ask): Promise<ProviderAnswer>;
  /** Asks how an order stands that has expired; absent from shapes that tell by themselves. */
  standing?(account: ProviderAccount, order: SpinsOrder, ask: Ask): Promise<ProviderAnswer>;
  /**
   * Checks the signature over the bytes received, then reads them. Refusals: `signature_invalid`,
   * `timestamp_out_of_window`, `invalid_request`.
   */
  read(account: ProviderAccount, received: ReceivedCallback): Result<SpinsCallback>;
  /** What the shape adds to the answer of a callback. */
  readonly answerExtras: Readonly<Record<string, unknown>>;
}
