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
  if (!rows[0]) throw new Error(`tournament ${tournamentId} vanished under its lock`);
  return tournamentOf(rows[0]);
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

/** Closes tournaments whose end has come. @param of only this brand's of this key. */
export async function closeEnded(tx: Queryable, of?: { brandId: string; key: string }): Promise<number> {
  const { rowCount } = await tx.query(
    `update tournaments set status = 'closed', updated_at = now()
     where tournament_id in (
       select tournament_id from tournaments
       where status = 'open' and ends_at <= now() and ($1::uuid is null or (brand_id = $1 and key = $2))
       order by tournament_id for update)
     and status = 'open'`,
    [of?.brandId ?? null, of?.key ?? null],
  );
  return rowCount ?? 0;
}
