import type { Lifecycle } from './lifecycle.ts';

export type FreeSpinsState =
  | 'pending'
  | 'delivery_failed'
  | 'issued'
  | 'playing'
  | 'finished'
  | 'cancelled'
  | 'expired';

/**
 * Spins that are over pay their winnings out as cash or as a bonus grant. A failed delivery is retried. The provider
 * may tell of plays before its answer to the order has come, or although that answer was lost, so spins that count as
 * undelivered may turn out to be played. Where a cancellation raced a play, the provider's last word decides.
 */
export const freeSpinsLifecycle: Lifecycle<FreeSpinsState> = {
  name: 'free spins package',
  initial: ['pending'],
  moves: {
    pending: { issued: [], playing: [], finished: [], delivery_failed: [], cancelled: [], expired: [] },
    delivery_failed: { pending: [], playing: [], finished: [], cancelled: [], expired: [] },
    issued: { playing: [], finished: [], cancelled: [], expired: [] },
    playing: { finished: [], cancelled: [], expired: [] },
    cancelled: { finished: [] },
    expired: { finished: [] },
    finished: {},
  },
};
