import type { Actor, Tournament } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

export interface NewTournament {
  readonly tournamentId: string;
  readonly brandId: string;
  readonly key: string;
  readonly name: string;
  /** ISO 8601 */
  readonly startsAt: string | null;
  readonly endsAt: string;
  readonly seats: number | null;
  readonly createdBy: Actor;
}

interface Row extends Omit<Tournament, 'startsAt' | 'endsAt' | 'createdAt' | 'updatedAt'> {
  startsAt: Date | null;
  endsAt: Date;
  createdAt: Date;
  updatedAt: Date;
}

/** The columns of a tournament under the names of the API. */
export const COLUMNS = `tournament_id as id, key, name, status, starts_at as "startsAt", ends_at as "endsAt", seats,
  seats_taken as "seatsTaken", cancel_reason as "cancelReason", created_by as "createdBy", created_at as "createdAt",
  updated_at as "updatedAt"`;

export const tournamentOf = ({ startsAt, endsAt, createdAt, updatedAt, ...row }: Row): Tournament => ({
  ...row,
  startsAt: startsAt?.toISOString() ?? null,
  endsAt: endsAt.toISOString(),
  createdAt: createdAt.toISOString(),
  updatedAt: updatedAt.toISOString(),
});

/** @returns undefined when one of the key is open already. */
export async function insertTournament(
  tx: Queryable,
  tournament: NewTournament,
): Promise<Tournament | undefined> {
  const { tournamentId, brandId, key, name, startsAt, endsAt, seats, createdBy } = tournament;
  const { rows } = await tx.query<Row>(
    `insert into tournaments (tournament_id, brand_id, key, name, starts_at, ends_at, seats, created_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8)
     on conflict (brand_id, key) where status = 'open' do nothing
     returning ${COLUMNS}`,
    [tournamentId, brandId, key, name, startsAt, endsAt, seats, JSON.stringify(createdBy)],
  );
  return rows[0] && tournamentOf(rows[0]);
}

export async function findTournament(
  db: Queryable,
  brandId: string,
  tournamentId: string,
): Promise<Tournament | undefined> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from tournaments where tournament_id = $1 and brand_id = $2`,
    [tournamentId, brandId],
  );
  return rows[0] && tournamentOf(rows[0]);
}

export async function lockTournament(
  tx: Queryable,
  brandId: string,
  tournamentId: string,
): Promise<Tournament | undefined> {
  const { rows } = await tx.query<Row>(
    `select ${COLUMNS} from tournaments where tournament_id = $1 and brand_id = $2 for update`,
    [tournamentId, brandId],
  );
  return rows[0] && tournamentOf(rows[0]);
}

/** The caller holds its row. */
export async function setStatus(
  tx: Queryable,
  tournamentId: string,
  status: Tournament['status'],
  cancelReason: string | null,
): Promise<Tournament> {
  const { rows } = await tx.query<Row>(
    `update tournaments set status = $2, cancel_reason = $3, updated_at = now() where tournament_id = $1
     returning ${COLUMNS}`,
    [tournamentId, status, cancelReason],
  );
  return heldOf(rows, tournamentId);
}

/** What of a tournament may change while it is open. */
export type Settings = Pick<Tournament, 'name' | 'startsAt' | 'endsAt' | 'seats'>;

/** The caller holds its row. */
export async function setSettings(
  tx: Queryable,
  tournamentId: string,
  { name, startsAt, endsAt, seats }: Settings,
): Promise<Tournament> {
  const { rows } = await tx.query<Row>(
    `update tournaments set name = $2, starts_at = $3, ends_at = $4, seats = $5, updated_at = now()
     where tournament_id = $1 returning ${COLUMNS}`,
    [tournamentId, name, startsAt, endsAt, seats],
  );
  return heldOf(rows, tournamentId);
}

function heldOf([row]: readonly Row[], tournamentId: string): Tournament {
  if (!row) throw new Error(`tournament ${tournamentId} vanished under its lock`);
  return tournamentOf(row);
}

/** The id of the one tournament that tickets of a key are good for now. */
export async function findOpen(db: Queryable, brandId: string, key: string): Promise<string | undefined> {
  const { rows } = await db.query<{ tournament_id: string }>(
    `select tournament_id from tournaments where brand_id = $1 and key = $2 and status = 'open' and ends_at > now()`,
    [brandId, key],
  );
  return rows[0]?.tournament_id;
}

/** Takes a seat, guarded: the row is shared by all who play, so last in a transaction. */
export async function takeSeat(tx: Queryable, tournamentId: string): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update tournaments set seats_taken = seats_taken + 1
     where tournament_id = $1 and status = 'open' and ends_at > now() and (seats is null or seats_taken < seats)`,
    [tournamentId],
  );
  return rowCount === 1;
}

/** Tournaments whose end has come. @param of only this brand's of this key. */
export async function findEnded(
  db: Queryable,
  { aside = [], of }: { aside?: readonly string[]; of?: { brandId: string; key: string } },
): Promise<string[]> {
  const { rows } = await db.query<{ tournament_id: string }>(
    `select tournament_id from tournaments
     where status = 'open' and ends_at <= now() and ($1::uuid is null or (brand_id = $1 and key = $2))
       and tournament_id <> all($3::uuid[])`,
    [of?.brandId ?? null, of?.key ?? null, aside],
  );
  return rows.map(({ tournament_id }) => tournament_id);
}

/** Closes those of them that are open still. @returns how many. */
export async function closeEnded(tx: Queryable, tournamentIds: readonly string[]): Promise<number> {
  const { rowCount } = await tx.query(
    `update tournaments set status = 'closed', updated_at = now()
     where tournament_id in (
       select tournament_id from tournaments where tournament_id = any($1::uuid[]) order by tournament_id for update)
     and status = 'open'`,
    [tournamentIds],
  );
  return rowCount ?? 0;
}

/** Seats of a cancelled tournament that are no longer taken. @param tournamentIds one for each seat. */
export async function giveSeatsBack(tx: Queryable, tournamentIds: readonly string[]): Promise<void> {
  await tx.query(
    `update tournaments t set seats_taken = t.seats_taken - back.seats
     from (select tournament_id, count(*) as seats from unnest($1::uuid[]) as s (tournament_id)
           group by 1 order by 1) back
     where t.tournament_id = back.tournament_id`,
    [tournamentIds],
  );
}

/** Says of cancelled tournaments that their last ticket was given back. */
export async function markReturned(db: Queryable): Promise<void> {
  await db.query(
    `update tournaments t set returned_at = now()
     where t.status = 'cancelled' and t.returned_at is null
       and not exists (select from ticket_uses u where u.tournament_id = t.tournament_id and u.returned_at is null)`,
  );
}
