import type { RowOf } from '../../api/index.ts';

/** Every kind of movement, those of a bonus first. */
export const MOVEMENTS = [
  ...(['bonus_granted', 'stake', 'win', 'converted', 'capped', 'sticky_removed', 'breakage'] as const),
  ...(['bonus_reversed', 'reinstated', 'stake_corrected', 'win_corrected', 'cash_paid'] as const),
  ...(['deposit', 'deposit_reversed', 'withdrawal', 'withdrawal_cancelled'] as const),
  'balance_adjusted',
] satisfies RowOf<'listPostings'>['kind'][];
