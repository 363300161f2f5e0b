import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { type CancelledGrant, IS_MONEY } from '../bonuses/index.ts';
import { changeFunds, holdWallets } from '../funds/index.ts';

/** Whose bonuses are taken back, and why. */
export interface Taken {
  readonly playerId: string;
  readonly playerExternalId: string;
  readonly brandId: string;
  readonly reason: string;
}

/** What ending bonuses in the wallet came to. */
export interface EndedMoney {
  /** Ids of those that ended by it; their budgets are the caller's to give back, and their reversal is its to tell of. */
  readonly ended: readonly string[];
  /** What came of the player's other bonuses until then: to be published. */
  readonly events: readonly NewEvent[];
}

/** The bonuses that an activation issued. */
export async function issuedBy(tx: Queryable, playerId: string, activationId: string): Promise<string[]> {
  const { rows } = await tx.query<{ grant_id: string }>(
    'select grant_id from grants where player_id = $1 and activation_id = $2',
    [playerId, activationId],
  );
  return rows.map(({ grant_id }) => grant_id);
}

/**
 * Holds bonuses, and before them the wallets of their player, so that nothing more can come out of them: what pays
 * winnings or cashback holds the bonus it pays from. The caller holds their activations.
 */
export async function holdBonuses(
  tx: Queryable,
  playerId: string,
  grantIds: readonly string[],
): Promise<void> {
  await holdWallets(tx, playerId);
  await tx.query(
    'select from grants where player_id = $1 and grant_id = any($2::uuid[]) order by grant_id for update',
    [playerId, grantIds],
  );
}

/**
 * Ends bonuses of money that are under way, in the wallet, as if they had never been granted: what is left goes back. What
 * was played away stays spent. Those that were lost or forfeited end as well, or a round rolled back or a withdrawal
 * cancelled later would bring them back. The caller holds them, or what they came out of.
 */
export async function endMoney(
  tx: Queryable,
  { reason, ...player }: Taken,
  grantIds: readonly string[],
): Promise<EndedMoney> {
  const { rows } = await tx.query<{ grant_id: string; currency: string }>(
    `select grant_id, currency from grants
     where player_id = $1 and grant_id = any($2::uuid[]) and status in ('active', 'lost', 'forfeited') and ${IS_MONEY}
     order by grant_id`,
    [player.playerId, grantIds],
  );
  const results = await changeFunds(
    tx,
    rows.map(({ grant_id, currency }) => ({
      ...player,
      currency,
      reference: `reversal ${grant_id}`,
      change: { kind: 'end', grantId: grant_id, as: 'cancelled', reason, takesBack: true } as const,
    })),
  );
  const ended = results.flatMap((result, index) => {
    const id = rows[index]?.grant_id;
    const after = result.ok ? result.value.grants.find(({ grantId }) => grantId === id) : undefined;
    return after?.status === 'cancelled' ? [after.grantId] : [];
  });
  const events = results.flatMap((result) => (result.ok ? result.value.events : []));
  return { ended, events: events.filter(({ type }) => type !== 'bonus.reversed') };
}

/** What bonuses that were taken back still held is no longer theirs; what was played away is spent. */
export async function releaseBudgets(
  tx: Queryable,
  playerId: string,
  grantIds: readonly string[],
): Promise<CancelledGrant[]> {
  if (grantIds.length === 0) return [];
  const { rows } = await tx.query<CancelledGrant>(
    `update grants g set budget_reserved = held.budget_reserved - held.left
     from (select grant_id, budget_reserved, least(budget_reserved, remainder) as left from grants
           where player_id = $1 and grant_id = any($2::uuid[])) held
     where g.player_id = $1 and g.grant_id = held.grant_id
     returning g.grant_id as "grantId", g.kind, g.remainder as amount, g.currency, held.left as budget`,
    [playerId, grantIds],
  );
  return rows;
}
