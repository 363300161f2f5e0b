import { type Permission, ROLES, type Role } from '@promosmith/contract';

/** Whoever manages staff: a member, an API key, or the command line. */
export interface Manager {
  /** Absent for an API key. */
  role?: Role;
  /** `all` for the command line, which also makes a brand's first owner. */
  permissions: ReadonlySet<Permission> | 'all';
}

/**
 * Whether the manager may give the role, or change somebody who holds it: it must not be able to do anything that the
 * manager cannot, and only owners make and unmake owners.
 */
export function mayManage(manager: Manager, role: Role): boolean {
  const { permissions } = manager;
  if (permissions === 'all') return true;
  if (role === 'owner' && manager.role !== 'owner') return false;
  return ROLES[role].every((permission) => permissions.has(permission));
}
