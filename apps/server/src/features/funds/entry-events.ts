import type { FundsEvent } from '@promosmith/core/funds';
import type { Entry } from './store/entries.ts';

/** An entry as an event of its wallet; none for one that only says which round never was. */
export function toEvent({ kind, at, reference: id, amount, grantId, detail }: Entry): FundsEvent | null {
  switch (kind) {
    case 'deposit':
    case 'correction':
      return { kind, at, id, amount };
    case 'cash':
      return { kind, at, id, amount, grantId };
    case 'deposit_reversed':
      return { kind, at, id, depositId: id, amount };
    case 'withdrawal_requested':
    case 'withdrawal_paid':
      return { kind, at, id, withdrawalId: id, amount };
    case 'withdrawal_cancelled':
      return { kind, at, id, withdrawalId: id };
    case 'end':
      return { kind: 'grant_ended', at, id, grantId: named(grantId), as: detail.as ?? 'cancelled' };
    case 'extend':
      return { kind: 'grant_extended', at, id, grantId: named(grantId), expiresAt: detail.expiresAt ?? null };
    case 'reinstate':
      return { kind: 'grant_reinstated', at, id, grantId: named(grantId) };
    case 'rollback':
    case 'bet_rollback':
      return null;
  }
}

function named(grantId: string | null): string {
  if (grantId === null) throw new Error('an entry about a bonus names none');
  return grantId;
}
