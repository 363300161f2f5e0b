import type { NewEvent } from '../../platform/outbox.ts';
import type { PackageRow } from './packages/store.ts';

const about = (row: PackageRow) => ({
  grantId: row.grantId,
  player: row.playerExternalId,
  campaignId: row.campaignId,
  activationId: row.activationId,
  provider: row.provider,
  currency: row.currency,
  count: row.count,
});

const event = (
  type: 'freespins.issued' | 'freespins.finished' | 'freespins.cancelled',
  row: PackageRow,
  more: Record<string, unknown>,
): NewEvent => ({ type, subject: `grant/${row.grantId}`, data: { ...about(row), ...more } });

export const issuedEvent = (row: PackageRow): NewEvent =>
  event('freespins.issued', row, {
    spinValue: row.spinValue,
    expiresAt: row.expiresAt?.toISOString() ?? null,
  });

/** What the end of spins came to. Amounts are minor units. */
export interface EndOfSpins {
  /** What was paid just now. */
  readonly credited: number;
  readonly paidAs: 'cash' | 'bonus';
  /** What waits for a person instead. */
  readonly referred: number;
}

export const endedEvent = (row: PackageRow, { credited, paidAs, referred }: EndOfSpins): NewEvent =>
  event(row.state === 'cancelled' ? 'freespins.cancelled' : 'freespins.finished', row, {
    state: row.state,
    played: row.played,
    unplayed: row.state === 'finished' ? 0 : row.count - row.played,
    won: row.won,
    credited,
    paidAs,
    ...(referred > 0 ? { referred } : {}),
    ...(row.endingReason ? { reason: row.endingReason } : {}),
  });

/** Of spins that never reached the provider. */
export const cancelledEvent = (row: PackageRow, reason: string): NewEvent =>
  event('freespins.cancelled', row, {
    state: row.state,
    played: 0,
    unplayed: row.count,
    won: 0,
    credited: 0,
    reason,
  });
