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
 * A delivery that failed is seen, and a retry makes the grant pending once more. A grant that waits for its deposit
 * expires when the deposit does not come in time; until it has ended, it is cancelled when its activation is reversed.
 */
export const grantLifecycle: Lifecycle<GrantState> = {
  name: 'grant',
  initial: ['pending'],
  moves: {
    pending: { active: [], delivery_failed: [], expired: [], cancelled: [] },
    delivery_failed: { pending: [], cancelled: [] },
    active: { completed: [], lost: [], expired: [], forfeited: [], cancelled: [], auto_closed: [] },
    lost: { active: ['reversal'] },
    forfeited: { active: ['reversal'] },
    completed: {},
    expired: {},
    cancelled: {},
    auto_closed: {},
  },
};
