import type { CashbackReason, CashbackSettlement } from '@promosmith/contract';
import type { NewEvent, Origin } from '../../platform/outbox.ts';
import type { TermsKey } from './terms.ts';

/** Names a period in the tables. */
export interface PeriodKey {
  readonly playerId: string;
  readonly grantId: string;
  /** From 1. */
  readonly number: number;
}

/** A bonus has one open period at most, so its id names that. */
export const nameOf = ({ grantId }: Pick<PeriodKey, 'grantId'>): string => grantId;

/** A period as it is told of. */
export interface SettledPeriod extends PeriodKey, Pick<TermsKey, 'campaignId'> {
  readonly settlementId: string;
  readonly playerExternalId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly currency: string;
  readonly netLoss: number | null;
  /** Minor units. */
  readonly amount: number;
  readonly state: CashbackSettlement['state'];
  readonly reason: CashbackReason | null;
}

/** Told when a period closes, and once more when one that waited to be claimed is paid or lapses. */
export const settledEvent = (period: SettledPeriod): NewEvent => ({
  type: 'cashback.settled',
  subject: `grant/${period.grantId}`,
  data: {
    settlementId: period.settlementId,
    grantId: period.grantId,
    campaignId: period.campaignId,
    player: period.playerExternalId,
    number: period.number,
    from: period.startsAt.toISOString(),
    to: period.endsAt.toISOString(),
    currency: period.currency,
    netLoss: period.netLoss,
    amount: period.amount,
    state: period.state,
    ...(period.reason && { reason: period.reason }),
  },
});

/** Whoever closes periods on time is nobody in particular. */
export const settledBySystem = (brandId: string, now: Date): Origin => ({
  brandId,
  actor: { kind: 'system', id: 'cashback' },
  correlationId: 'cashback',
  time: now.toISOString(),
});
