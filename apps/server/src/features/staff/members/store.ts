import type { Role, StaffMember } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

type Status = StaffMember['status'];

/** An active membership, as it decides what a session may do. */
export interface Membership {
  brandId: string;
  /** Slug. */
  brand: string;
  brandName: string;
  role: Role;
}

export async function listMemberships(db: Queryable, staffId: string): Promise<Membership[]> {
  const { rows } = await db.query<Membership>(
    `select brand_id as "brandId", slug as brand, name as "brandName", role
     from memberships join brands using (brand_id)
     where staff_id = $1 and status = 'active' order by slug`,
    [staffId],
  );
  return rows;
}

export async function hasActiveMembership(db: Queryable, staffId: string): Promise<boolean> {
  const { rows } = await db.query(
    `select from memberships where staff_id = $1 and status = 'active' limit 1`,
    [staffId],
  );
  return rows.length > 0;
}

/** Somebody who works for a brand now. */
export interface ActiveMember {
  staffId: string;
  email: string;
  name: string;
  role: Role;
}

/** Of these people, who works for the brand now. */
export async function activeMembers(
  db: Queryable,
  brandId: string,
  staffIds: readonly string[],
): Promise<ActiveMember[]> {
  const { rows } = await db.query<ActiveMember>(
    `select m.staff_id as "staffId", s.email, s.name, m.role
     from memberships m join staff s on s.id = m.staff_id
     where m.staff_id = any($2) and m.brand_id = $1 and m.status = 'active'`,
    [brandId, staffIds],
  );
  return rows;
}

interface MemberRow {
  staff_id: string;
  email: string;
  name: string;
  role: Role;
  status: Status;
  two_factor_enabled: boolean;
  created_at: Date;
  updated_at: Date;
}

const MEMBERS = `select staff_id, email, name, role, status, two_factor_enabled,
    memberships.created_at, memberships.updated_at
  from memberships join staff on staff.id = memberships.staff_id`;

const memberOf = (row: MemberRow): StaffMember => ({
  staffId: row.staff_id,
  email: row.email,
  name: row.name,
  role: row.role,
  status: row.status,
  twoFactor: row.two_factor_enabled,
  createdAt: row.created_at.toISOString(),
  updatedAt: row.updated_at.toISOString(),
});

export async function findMember(
  db: Queryable,
  brandId: string,
  staffId: string,
): Promise<StaffMember | undefined> {
  const { rows } = await db.query<MemberRow>(`${MEMBERS} where brand_id = $1 and staff_id = $2`, [
    brandId,
    staffId,
  ]);
  return rows[0] && memberOf(rows[0]);
}

/** @param before the last member of the page before. */
export async function listMembers(
  db: Queryable,
  brandId: string,
  before: string | undefined,
  limit: number,
): Promise<StaffMember[]> {
  const { rows } = await db.query<MemberRow>(
    `${MEMBERS} where brand_id = $1 and ($2::uuid is null or staff_id < $2) order by staff_id desc limit $3`,
    [brandId, before ?? null, limit],
  );
  return rows.map(memberOf);
}

export async function findStaff(
  db: Queryable,
  staffId: string,
): Promise<{ email: string; name: string } | undefined> {
  const { rows } = await db.query<{ email: string; name: string }>(
    'select email, name from staff where id = $1',
    [staffId],
  );
  return rows[0];
}

export async function findStaffByEmail(
  db: Queryable,
  email: string,
): Promise<{ staffId: string; name: string } | undefined> {
  const { rows } = await db.query<{ staffId: string; name: string }>(
    'select id as "staffId", name from staff where email = $1',
    [email],
  );
  return rows[0];
}

/** @returns the id of the person with this address, who is added when new. An existing person keeps their name. */
export async function ensureStaff(
  tx: Queryable,
  person: { staffId: string; email: string; name: string },
): Promise<string> {
  await tx.query('insert into staff (id, email, name) values ($1, $2, $3) on conflict (email) do nothing', [
    person.staffId,
    person.email,
    person.name,
  ]);
  const { rows } = await tx.query<{ id: string }>('select id from staff where email = $1', [person.email]);
  return rows[0]!.id;
}

/** @returns false when the person is a member already. */
export async function insertMembership(
  tx: Queryable,
  brandId: string,
  staffId: string,
  role: Role,
  status: Status,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `insert into memberships (staff_id, brand_id, role, status) values ($1, $2, $3, $4) on conflict do nothing`,
    [staffId, brandId, role, status],
  );
  return rowCount === 1;
}

/** Locks the owners of the brand in force, so that two changes at once cannot leave it without one. */
export async function lockOwners(tx: Queryable, brandId: string): Promise<string[]> {
  const { rows } = await tx.query<{ staff_id: string }>(
    `select staff_id from memberships where brand_id = $1 and role = 'owner' and status = 'active'
     order by staff_id for update`,
    [brandId],
  );
  return rows.map((row) => row.staff_id);
}

/** @returns false when the membership is no longer as it was read. */
export async function updateMembership(
  tx: Queryable,
  brandId: string,
  before: StaffMember,
  after: { role: Role; status: Status },
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `update memberships set role = $5, status = $6, updated_at = now()
     where staff_id = $1 and brand_id = $2 and role = $3 and status = $4`,
    [before.staffId, brandId, before.role, before.status, after.role, after.status],
  );
  return rowCount === 1;
}

/** Whoever works for no brand any more is signed out everywhere. */
export async function endSessionsWithoutMembership(tx: Queryable, staffId: string): Promise<void> {
  await tx.query(
    `delete from staff_sessions where staff_id = $1
     and not exists (select from memberships where staff_id = $1 and status = 'active')`,
    [staffId],
  );
}
