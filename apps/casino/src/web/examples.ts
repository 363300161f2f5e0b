import { randomUUID } from 'node:crypto';
import type { PlatformEventType } from '@promosmith/contract';

type Example = { about: string; data: () => object };

const short = () => randomUUID().slice(0, 8);
const EUR = { currency: 'EUR' };
const MONTH_MS = 30 * 24 * 3_600_000;

/** An example of each event that a platform can tell of. Amounts are cents. */
export const EXAMPLES: Readonly<Record<string, Example>> = {
  login: { about: 'Somebody logs in', data: () => ({ ip: '203.0.113.7', country: 'DE' }) },
  'deposit.succeeded': {
    about: 'Money comes in, here with a code',
    data: () => ({ depositId: `d-${short()}`, amount: 2_000, ...EUR, method: 'card', code: 'TOPUP50' }),
  },
  'deposit.reversed': {
    about: 'A deposit is taken back: put in its depositId',
    data: () => ({ depositId: 'd-…', amount: 2_000, ...EUR, reason: 'chargeback' }),
  },
  'withdrawal.requested': {
    about: 'Money goes out',
    data: () => ({ withdrawalId: `w-${short()}`, amount: 1_000, ...EUR }),
  },
  'withdrawal.cancelled': {
    about: 'And comes back',
    data: () => ({ withdrawalId: 'w-…', amount: 1_000, ...EUR }),
  },
  'withdrawal.paid': {
    about: 'Or is gone',
    data: () => ({ withdrawalId: 'w-…', amount: 1_000, ...EUR }),
  },
  'bet.settled': {
    about: 'A bet that was played elsewhere',
    data: () => ({
      ...{ betId: `b-${short()}`, roundId: `r-${short()}`, game: 'dice', category: 'slots' },
      ...{ stake: 100, win: 0, ...EUR },
    }),
  },
  'round.rolled_back': {
    about: 'A round never was: put in its roundId',
    data: () => ({ roundId: 'r-…', reason: 'the game broke' }),
  },
  'player.updated': { about: 'Something about the player changed', data: () => ({ vipLevel: 3 }) },
  'player.registered': { about: 'An account is made', data: () => ({ country: 'DE', ...EUR }) },
  'player.self_excluded': {
    about: 'Somebody excludes themselves; better done under responsible gaming',
    data: () => ({ until: new Date(Date.now() + MONTH_MS).toISOString() }),
  },
  'client.action': {
    about: 'The browser did something, told by the back end',
    data: () => ({ action: 'WHEEL_SPUN', properties: { prize: 'mug' } }),
  },
  'custom.tournament_joined': { about: 'An event of your own', data: () => ({ tournament: 'slot-race' }) },
} satisfies Readonly<Partial<Record<PlatformEventType, Example>>>;
