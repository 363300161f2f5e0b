import type { Answer } from '../../../api/index.ts';

export type Bonus = Answer<'getGrant'>;

/** Whether it has a balance of its own: tickets, spins and promises have none. */
export const isMoney = ({ kind }: Bonus): boolean => kind === 'deposit' || kind === 'bonus_balance';

/** Whether it may still become something. */
export const isUnderWay = ({ status }: Bonus): boolean =>
  status === 'pending' || status === 'active' || status === 'delivery_failed';
