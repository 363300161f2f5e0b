import type { Lifecycle } from './lifecycle.ts';

export type TournamentState = 'open' | 'closed' | 'cancelled';

/** A tournament that is cancelled gives its tickets back, whether it had been played or not. */
export const tournamentLifecycle: Lifecycle<TournamentState> = {
  name: 'tournament',
  initial: ['open'],
  moves: {
    open: { closed: [], cancelled: [] },
    closed: { cancelled: [] },
    cancelled: {},
  },
};

export type DrawState = 'open' | 'closed' | 'drawn';

/** Its entries are frozen when it closes; what follows from them is drawn after that. */
export const drawLifecycle: Lifecycle<DrawState> = {
  name: 'prize draw',
  initial: ['open'],
  moves: {
    open: { closed: [] },
    closed: { drawn: [] },
    drawn: {},
  },
};
