import type { Lifecycle } from './lifecycle.ts';

export type FreeSpinsState = 'pending' | 'delivery_failed' | 'issued' | 'playing' | 'finished';

/** Finished spins pay their winnings out as cash or as a bonus grant. A failed delivery is retried. */
export const freeSpinsLifecycle: Lifecycle<FreeSpinsState> = {
  name: 'free spins package',
  initial: ['pending'],
  moves: {
    pending: { issued: [], delivery_failed: [] },
    delivery_failed: { pending: [] },
    issued: { playing: [] },
    playing: { finished: [] },
    finished: {},
  },
};
