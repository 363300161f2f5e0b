import type { Lifecycle } from './lifecycle.ts';

export type ActivationState =
  | 'accepted'
  | 'awaiting_deposit'
  | 'in_review'
  | 'refused'
  | 'lapsed'
  | 'reversed';

/**
 * An activation begins with its outcome. Lapsing, reversing and refusing what was in review give the use and the budget
 * back. An offer that needs a deposit goes on waiting for it once it is released.
 */
export const activationLifecycle: Lifecycle<ActivationState> = {
  name: 'activation',
  initial: ['accepted', 'awaiting_deposit', 'in_review', 'refused'],
  moves: {
    awaiting_deposit: { accepted: [], lapsed: [] },
    in_review: { accepted: [], awaiting_deposit: [], refused: [] },
    accepted: { reversed: [] },
    refused: {},
    lapsed: {},
    reversed: {},
  },
};
