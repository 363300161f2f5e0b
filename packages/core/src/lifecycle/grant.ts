import type { Lifecycle } from './lifecycle.ts';

export type GrantState =
  | 'pending'
  | 'delivery_failed'
  | 'active'
  | 'completed'
  | 'lost'
  | 'expired'
  | 'forfeited'
  | 'cancelled'
  | 'auto_closed';

/**
 * A lost or forfeited grant lives again when what ended it is reversed: a cancelled withdrawal, a voided bet.
 * A delivery that failed is seen, and a retry makes the grant pending once more.
 */
export const grantLifecycle: Lifecycle<GrantState> = {
  name: 'grant',
  initial: ['pending'],
  moves: {
    pending: { active: [], delivery_failed: [] },
    delivery_failed: { pending: [] },
    active: { completed: [], lost: [], expired: [], forfeited: [], cancelled: [], auto_closed: [] },
    lost: { active: ['reversal'] },
    forfeited: { active: ['reversal'] },
    completed: {},
    expired: {},
    cancelled: {},
    auto_closed: {},
  },
};
