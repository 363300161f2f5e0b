import type { Actor } from '@promosmith/contract';

/** Who grants, for the audit log. */
export interface Origin {
  readonly brandId: string;
  readonly actor: Actor;
  readonly requestId: string;
}
