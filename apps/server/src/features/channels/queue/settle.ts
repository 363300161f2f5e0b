import type { Database, Queryable } from '../../../platform/db.ts';
import { forgetGone, type KeptChannel } from '../addresses.ts';
import { announce, type Moved } from '../messages/announce.ts';
import { type Counted, giveBackCaps } from '../messages/caps.ts';
import type { OnOutcome } from '../messages/message.ts';
import { expireMessages, type MovedRow } from '../messages/moves.ts';
import type { Receipt, SendResult } from '../senders/sender.ts';
import {
  type DueChannel,
  findReferenced,
  recordDelivered,
  recordEnd,
  recordPause,
  recordReferences,
  recordSent,
  recordUndelivered,
  type SendClaim,
} from './store.ts';

const told = (row: MovedRow, outcome: Moved['outcome']): Moved => ({ ...row, outcome });

const isKept = (channel: string): channel is KeptChannel => channel === 'push' || channel === 'telegram';

/** Writes what came of attempts, and tells everybody, in one transaction each. */
export interface Settle {
  /** @param pauseMs until the next attempt of one that failed; null when there is none. */
  result(claim: SendClaim, due: DueChannel, result: SendResult, pauseMs: number | null): Promise<string>;
  suppressed(claim: SendClaim, reason: string): Promise<void>;
  /** @returns whether the message is known. */
  receipt(due: DueChannel, receipt: Receipt): Promise<boolean>;
  /** Ends what was of use for a while only. @returns whether there is more. */
  expired(atMost: number): Promise<boolean>;
}

export function createSettle(db: Database, onOutcome: OnOutcome): Settle {
  async function end(
    tx: Queryable,
    row: (MovedRow & { counted: Counted }) | undefined,
    outcome: 'failed' | 'suppressed',
  ): Promise<void> {
    if (!row) return;
    await announce(tx, onOutcome, [told(row, outcome)]);
    await giveBackCaps(tx, [row]);
  }

  return {
    async result(claim, due, result, pauseMs) {
      if (result.kind === 'later') {
        await recordPause(db, claim, { pauseMs: result.afterMs, error: result.reason, failed: false });
        return 'later';
      }
      const over = result.kind === 'failed' && (result.final || pauseMs === null);
      await db.transaction(async (tx) => {
        if (result.gone && result.gone.length > 0 && isKept(due.channel))
          await forgetGone(tx, claim, due.channel, result.gone);
        if (result.kind === 'sent') {
          const row = await recordSent(tx, claim);
          if (!row) return;
          await recordReferences(tx, { ...claim, ...due }, result.references);
          await announce(tx, onOutcome, [told(row, 'sent')]);
        } else if (over) await end(tx, await recordEnd(tx, claim, 'failed', result.reason), 'failed');
        else await recordPause(tx, claim, { pauseMs: pauseMs ?? 0, error: result.reason, failed: true });
      });
      return result.kind === 'sent' ? 'sent' : over ? 'given_up' : 'failed';
    },

    suppressed: (claim, reason) =>
      db.transaction(async (tx) => end(tx, await recordEnd(tx, claim, 'suppressed', reason), 'suppressed')),

    receipt: (due, { reference, outcome, reason }) =>
      db.transaction(async (tx) => {
        const message = await findReferenced(tx, due, reference);
        if (!message) return false;
        if (outcome === 'delivered') await recordDelivered(tx, message);
        else {
          const row = await recordUndelivered(tx, message, reason ?? 'not delivered');
          if (row) await announce(tx, onOutcome, [told(row, 'failed')]);
        }
        return true;
      }),

    expired: (atMost) =>
      db.transaction(async (tx) => {
        const rows = await expireMessages(tx, atMost);
        await announce(
          tx,
          onOutcome,
          rows.map((row) => told(row, 'expired')),
        );
        await giveBackCaps(
          tx,
          rows.filter(({ unsent }) => unsent),
        );
        return rows.length === atMost;
      }),
  };
}
