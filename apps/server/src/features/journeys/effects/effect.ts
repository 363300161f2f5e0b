import type { Effect } from '@promosmith/core/journey';
import type { Enrolments } from '../enrolments/types.ts';

/** What is done outside of the engine: each has its own queue. */
export type EffectKind = 'message' | 'webhook' | 'give_bonus' | 'send_code' | 'change_property';

/** The effects of a kind. */
export type EffectOf<Kind extends EffectKind> = Kind extends 'message'
  ? Extract<Effect, { kind: 'message' }>
  : Extract<Effect, { kind: 'action' }> & { readonly action: { readonly kind: Kind } };

/** The visit an effect is of. */
export interface VisitKey {
  readonly playerId: string;
  readonly enrolmentId: string;
  readonly seq: number;
}

/** An effect that this process has taken for one attempt. */
export interface Claim<Kind extends EffectKind = EffectKind> extends VisitKey {
  readonly brandId: string;
  readonly journeyId: string;
  readonly version: number;
  readonly effect: EffectOf<Kind>;
  /** The same at every attempt: id of the message and of the bonus, idempotency key of the webhook. UUIDv7. */
  readonly effectKey: string;
  /** The number of this attempt: what it came to is written only while it is the latest. */
  readonly attempts: number;
  /** Attempts before it that came to nothing. */
  readonly failures: number;
  /** The platform's own id of the player. */
  readonly playerExternalId: string;
  /** When it was taken, by the database's clock. */
  readonly at: Date;
}

/** What of enrolments effects need: to move them on by what they came to. */
export type Move = Enrolments['move'];
