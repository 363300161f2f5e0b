import type { RefusalKey } from '@promosmith/core/activation';
import type { Queryable } from '../../platform/db.ts';
import type { StoredTake } from './give-back.ts';

/** An activation that waits for its deposit. */
export interface Awaiting {
  activation_id: string;
  player_id: string;
  brand_id: string;
  player_external_id: string;
  campaign_id: string;
  campaign_version: number;
  takes: StoredTake[];
  created_at: Date;
  /** Its code came with this very deposit. */
  came_with: boolean;
  /** The database's clock. */
  now: Date;
}

/** The idempotency key of the activation whose code came with a deposit. */
export const keyOfDeposit = (depositId: string): string => `deposit ${depositId}`;

/**
 * Activations that waited for a deposit when it was made and still do: the one whose code came with it, then the oldest
 * first; their rows are locked. Many platforms tell whole seconds, so a deposit of the second in which the code was
 * entered counts as made after it.
 * @param deposits at most one per player.
 */
export async function lockAwaiting(
  tx: Queryable,
  deposits: readonly { playerId: string; time: string; data: { depositId: string } }[],
): Promise<Awaiting[]> {
  const { rows } = await tx.query<Awaiting>(
    `select a.activation_id, a.player_id, a.brand_id, a.player_external_id, a.campaign_id, a.campaign_version, a.takes,
       a.created_at, a.idempotency_key = deposit.key as came_with, now() as now
     from activations a
     join unnest($1::uuid[], $2::timestamptz[], $3::text[]) as deposit (player_id, at, key)
       on a.player_id = deposit.player_id
     where a.outcome = 'awaiting_deposit' and deposit.at < a.awaiting_until and a.awaiting_until > now()
       and (date_trunc('second', a.created_at) <= deposit.at or a.idempotency_key = deposit.key)
     order by a.player_id, a.idempotency_key = deposit.key desc, a.activation_id for update of a`,
    [
      deposits.map(({ playerId }) => playerId),
      deposits.map(({ time }) => time),
      deposits.map(({ data }) => keyOfDeposit(data.depositId)),
    ],
  );
  return rows;
}

/** What a deposit did to a waiting activation. */
export interface Outcome {
  readonly activation: Awaiting;
  /** Why the deposit did not qualify; null when it paid. */
  readonly refusal: RefusalKey | null;
  /** What the activation holds from now on. */
  readonly takes: readonly StoredTake[];
}

/** A deposit that did not qualify leaves its reason on the activation, which goes on waiting. */
export async function saveOutcomes(tx: Queryable, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return;
  const column = <T>(of: (outcome: Outcome) => T): T[] => outcomes.map(of);
  await tx.query(
    `update activations a set
       outcome = case when t.refusal is null then 'accepted' else a.outcome end,
       refusal_key = t.refusal, takes = t.takes, changed_at = now(),
       awaiting_until = case when t.refusal is null then null else a.awaiting_until end
     from unnest($1::uuid[], $2::uuid[], $3::text[], $4::json[]) as t (activation_id, player_id, refusal, takes)
     where a.player_id = any($2::uuid[]) and a.activation_id = t.activation_id and a.player_id = t.player_id`,
    [
      column(({ activation }) => activation.activation_id),
      column(({ activation }) => activation.player_id),
      column(({ refusal }) => refusal),
      column(({ takes }) => JSON.stringify(takes)),
    ],
  );
}
