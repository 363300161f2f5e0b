import type { Lifecycle } from './lifecycle.ts';

export type ActivationState =
  | 'accepted'
  | 'awaiting_deposit'
  | 'in_review'
  | 'refused'
  | 'lapsed'
  | 'reversed';

/** An activation begins with its outcome. Lapsing and reversing give the use and the budget back. */
export const activationLifecycle: Lifecycle<ActivationState> = {
  name: 'activation',
  initial: ['accepted', 'awaiting_deposit', 'in_review', 'refused'],
  moves: {
    awaiting_deposit: { accepted: [], lapsed: [] },
    in_review: { accepted: [], refused: [] },
    accepted: { reversed: [] },
    refused: {},
    lapsed: {},
    reversed: {},
  },
};
