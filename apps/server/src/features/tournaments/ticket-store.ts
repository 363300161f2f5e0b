import type { TicketStatus } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { endGrants, type GrantKey } from '../bonuses/index.ts';

/** When a ticket `t` of the bonus `g` can no longer be used. */
export const EXPIRES_AT = 'coalesce(t.valid_until, g.expires_at)';

/**
 * What a ticket `t` of the bonus `g` is, with `u` its use that counts, if any: a bonus that was taken back voids its
 * tickets, and time their use. A ticket given back outlives the bonus that was completed by its use.
 */
export const STATUS = `case
  when u.ticket_id is not null then 'used'
  when g.status not in ('active', 'completed', 'expired') then 'voided'
  when ${EXPIRES_AT} <= now() then 'expired'
  else 'issued' end`;

export const COUNTING_USE =
  'u.player_id = t.player_id and u.ticket_id = t.ticket_id and u.returned_at is null';

/** A ticket whose bonus's row is held. */
export interface HeldTicket {
  readonly playerId: string;
  readonly player: string;
  readonly grantId: string;
  readonly tournamentKey: string;
  readonly status: TicketStatus;
  readonly excluded: boolean;
  readonly now: Date;
}

/** Holds the bonus of a ticket, so that uses and the end of the bonus come one after another. */
export async function holdTicket(
  tx: Queryable,
  brandId: string,
  ticketId: string,
): Promise<HeldTicket | undefined> {
  const held = await tx.query<{ player_id: string; grant_id: string }>(
    `select g.player_id, g.grant_id from grants g
     where (g.player_id, g.grant_id) in (select player_id, grant_id from tickets where ticket_id = $1 and brand_id = $2)
     for update`,
    [ticketId, brandId],
  );
  if (!held.rows[0]) return undefined;
  // A statement of its own: it sees what was done by whoever held the row before.
  const { rows } = await tx.query<HeldTicket>(
    `select t.player_id as "playerId", p.external_id as player, t.grant_id as "grantId",
       t.tournament_key as "tournamentKey", ${STATUS} as status,
       coalesce(p.self_excluded_until > now(), false) as excluded, clock_timestamp() as now
     from tickets t
       join grants g on g.player_id = t.player_id and g.grant_id = t.grant_id
       join players p on p.player_id = t.player_id
       left join ticket_uses u on ${COUNTING_USE}
     where t.player_id = $1 and t.ticket_id = $2`,
    [held.rows[0].player_id, ticketId],
  );
  return rows[0];
}

/** A use by the platform's own id of it: whether the ticket was given back since, or undefined when there was none. */
export async function findUse(
  tx: Queryable,
  playerId: string,
  ticketId: string,
  reference: string,
): Promise<{ returned: boolean } | undefined> {
  const { rows } = await tx.query<{ returned: boolean }>(
    `select returned_at is not null as returned from ticket_uses
     where player_id = $1 and ticket_id = $2 and reference = $3`,
    [playerId, ticketId, reference],
  );
  return rows[0];
}

/** Two uses of one ticket that count are an error, whatever was looked at before. */
export async function insertUse(
  tx: Queryable,
  use: { playerId: string; ticketId: string; reference: string; tournamentId: string },
): Promise<void> {
  await tx.query(
    `insert into ticket_uses (player_id, ticket_id, reference, tournament_id) values ($1, $2, $3, $4)`,
    [use.playerId, use.ticketId, use.reference, use.tournamentId],
  );
}

/** Completes a bonus whose last seat is used. The caller holds its row. */
export async function completeUsedUp(tx: Queryable, playerId: string, grantId: string): Promise<void> {
  const grant = { playerId, grantId };
  if ((await countUnused(tx, grant)) === 0)
    await endGrants(tx, [grant], { as: 'completed', from: ['active'] });
}

/** How many tickets of a bonus are not used. */
export async function countUnused(db: Queryable, { playerId, grantId }: GrantKey): Promise<number> {
  const { rows } = await db.query<{ unused: number }>(
    `select count(*) as unused from tickets t left join ticket_uses u on ${COUNTING_USE}
     where t.player_id = $1 and t.grant_id = $2 and u.ticket_id is null`,
    [playerId, grantId],
  );
  return rows[0]?.unused ?? 0;
}
