import type { RefusalKey } from '@promosmith/core/activation';
import type { Database, Queryable } from '../../platform/db.ts';
import { doDue } from '../../platform/do-due.ts';
import { type NewEvent, publish } from '../../platform/outbox.ts';
import type { SetAside } from '../../platform/set-aside.ts';
import { endPending } from '../bonuses/index.ts';
import { giveBack, type Move, moveCounters, type StoredTake } from './give-back.ts';

const AT_ONCE = 500;

interface Lapsed {
  activation_id: string;
  player_id: string;
  brand_id: string;
  player_external_id: string;
  code_shown: string;
  code_key: string | null;
  campaign_id: string | null;
  takes: StoredTake[];
  changed_at: Date;
}

const COLUMNS = `a.activation_id, a.player_id, a.brand_id, a.player_external_id, a.code_shown, a.code_key,
  a.campaign_id, a.changed_at`;

/**
 * Ends activations whose deposit did not come in time and gives back what they reserved. Several processes may run it:
 * rows another one holds are skipped.
 * @returns whether there may be more.
 */
export const lapseOverdue = (db: Database, aside: SetAside): Promise<boolean> =>
  doDue<Overdue>(aside, {
    find: (names) => findOverdue(db, names),
    nameOf: ({ activationId }) => activationId,
    work: (overdue) => db.transaction((tx) => lapse(tx, overdue)),
  });

interface Overdue {
  readonly activationId: string;
  readonly playerId: string;
}

/** Looked for every second. Nothing is locked. */
async function findOverdue(db: Queryable, aside: readonly string[]): Promise<Overdue[]> {
  const { rows } = await db.query<Overdue>(
    `select activation_id as "activationId", player_id as "playerId" from activations
     where outcome = 'awaiting_deposit' and awaiting_until <= now() and activation_id <> all($1::uuid[])
     order by awaiting_until limit ${AT_ONCE}`,
    [aside],
  );
  return rows;
}

async function lapse(tx: Queryable, overdue: readonly Overdue[]): Promise<number> {
  const { rows } = await tx.query<Lapsed>(
    `update activations a set outcome = 'lapsed', takes = '[]', changed_at = now(), awaiting_until = null
     from (select activation_id, player_id, takes from activations
           where player_id = any($1::uuid[]) and activation_id = any($2::uuid[])
             and outcome = 'awaiting_deposit' and awaiting_until <= now()
           order by player_id, activation_id for update skip locked) due
     where a.activation_id = due.activation_id and a.player_id = due.player_id
     returning ${COLUMNS}, due.takes`,
    [overdue.map(({ playerId }) => playerId), overdue.map(({ activationId }) => activationId)],
  );
  if (rows.length === 0) return 0;
  await endPending(tx, rows, 'expired');
  for (const [brandId, ofBrand] of Map.groupBy(rows, ({ brand_id }) => brand_id)) {
    const time = ofBrand[0]?.changed_at.toISOString() ?? '';
    const origin = {
      brandId,
      actor: { kind: 'system' as const, id: 'lapse' },
      correlationId: 'lapse',
      time,
    };
    await publish(
      tx,
      origin,
      ofBrand.map((row) => lapsedEvent(row)),
    );
  }
  await moveCounters(tx, rows.flatMap(reservedBy));
  return rows.length;
}

/**
 * Ends at once what players wait for. Their counters are the caller's to move: other rows come before them in the order
 * of locks.
 */
export async function lapseNow(
  tx: Queryable,
  playerIds: readonly string[],
  reason: RefusalKey,
): Promise<{ events: NewEvent[]; moves: Move[] }> {
  // Never prepared: while few wait, reading the index of all who do looks as good as looking the players up.
  const { rows } = await tx.query<Lapsed>({
    text: `update activations a set outcome = 'lapsed', refusal_key = $2, takes = '[]', changed_at = now(),
        awaiting_until = null
      from (select activation_id, player_id, takes from activations
            where player_id = any($1::uuid[]) and outcome = 'awaiting_deposit'
            order by player_id, activation_id for update) waiting
      where a.player_id = any($1::uuid[]) and a.activation_id = waiting.activation_id
        and a.player_id = waiting.player_id
      returning ${COLUMNS}, waiting.takes`,
    values: [playerIds, reason],
  });
  if (rows.length > 0) await endPending(tx, rows, 'cancelled', reason);
  return { events: rows.map((row) => lapsedEvent(row, reason)), moves: rows.flatMap(reservedBy) };
}

const reservedBy = ({ takes }: Lapsed): Move[] => giveBack(takes, 'reserved');

const lapsedEvent = (row: Lapsed, reason?: RefusalKey): NewEvent => ({
  type: 'activation.lapsed',
  subject: `activation/${row.activation_id}`,
  data: {
    activationId: row.activation_id,
    player: row.player_external_id,
    code: row.code_shown,
    codeId: row.code_key,
    campaignId: row.campaign_id,
    ...(reason && { reason }),
  },
});
