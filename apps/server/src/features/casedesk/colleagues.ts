import { type Actor, type Role, roleMay } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';

/** A member of staff who may decide cases. @returns undefined when there is none of that id. */
export async function findAnalyst(
  db: Queryable,
  brandId: string,
  staffId: string,
): Promise<Actor | undefined> {
  const { rows } = await db.query<{ name: string; role: Role }>(
    `select s.name, m.role from memberships m join staff s on s.id = m.staff_id
     where m.brand_id = $1 and m.staff_id = $2 and m.status = 'active'`,
    [brandId, staffId],
  );
  const [found] = rows;
  return found && roleMay(found.role, 'cases:decide')
    ? { kind: 'staff', id: staffId, name: found.name }
    : undefined;
}
