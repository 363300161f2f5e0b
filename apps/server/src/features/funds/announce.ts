import type { EventType } from '@promosmith/contract';
import { WAGER_UNIT } from '@promosmith/core/money';
import type { NewEvent } from '../../platform/outbox.ts';
import { findKnown, type Wallet } from './folding/wallet.ts';

const ENDED = {
  lost: 'bonus.lost',
  expired: 'bonus.expired',
  forfeited: 'bonus.forfeited',
  cancelled: 'bonus.cancelled',
  auto_closed: 'bonus.cancelled',
} as const satisfies Record<string, EventType>;

/** Why a person or a rule ended a bonus. */
export interface Cause {
  readonly reason: string;
  /** It is as if it had never been granted. */
  readonly isReversal: boolean;
}

export const NO_CAUSES: ReadonlyMap<string, Cause> = new Map();

/** What a wallet's changes are told of to subscribers. Amounts are minor units, turnover too. */
export function eventsOf(
  wallet: Wallet,
  player: string,
  causes: ReadonlyMap<string, Cause> = NO_CAUSES,
): NewEvent[] {
  const { told, currency } = wallet;
  return told.flatMap(({ notice, at }): NewEvent[] => {
    if (!('grantId' in notice)) return [];
    const { grantId } = notice;
    const of = findKnown(wallet, grantId);
    const about = {
      grantId,
      kind: of?.kind,
      campaignId: of?.campaignId,
      player,
      currency,
      at: new Date(at).toISOString(),
    };
    const event = (type: EventType, data: Record<string, unknown>): NewEvent => ({
      type,
      subject: `grant/${grantId}`,
      data: { ...about, ...data },
    });
    switch (notice.kind) {
      case 'progressed':
        return [
          event('wagering.progressed', {
            wagered: Math.floor(notice.wagered / WAGER_UNIT),
            required: Math.ceil(notice.required / WAGER_UNIT),
          }),
        ];
      case 'completed':
        return [
          event('wagering.completed', {}),
          event('bonus.converted', { amount: notice.converted, removed: notice.removed }),
        ];
      case 'ended': {
        const cause = causes.get(grantId);
        return [
          event(cause?.isReversal ? 'bonus.reversed' : ENDED[notice.as], {
            status: notice.as,
            amount: notice.remainder,
            ...(cause && { reason: cause.reason }),
          }),
        ];
      }
      case 'reinstated':
        return [event('bonus.reinstated', { balance: notice.balance })];
      case 'bet_above_limit': {
        const { betId, stake, limit } = notice;
        const reaction = of?.grant.terms.maxBet?.onBreach;
        return [event('risk.flagged', { indicator: 'max_bet_breach', betId, stake, limit, reaction })];
      }
      default:
        return [];
    }
  });
}
