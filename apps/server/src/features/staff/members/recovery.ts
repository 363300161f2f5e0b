import type { Actor } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../../platform/audit.ts';
import type { Database } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import { endSessions, replacePassword } from './password-store.ts';
import { findStaffByEmail, listMemberships } from './store.ts';

/**
 * Lets somebody in again who cannot prove who they are: their password is replaced and every session of theirs ended.
 * Two-factor sign-in stays as it was. Each brand they work for has it in its audit log.
 * @param actor who runs the installation: nobody may do this by the API.
 */
export async function setPassword(
  db: Database,
  email: string,
  password: string,
  actor: Actor,
): Promise<Result<{ staffId: string; name: string }>> {
  const hash = await hashPassword(password);
  return db.transaction(async (tx) => {
    const person = await findStaffByEmail(tx, email.toLowerCase());
    const memberships = person ? await listMemberships(tx, person.staffId) : [];
    if (!person || memberships.length === 0)
      return refuse('not_found', `Nobody with the address ${email} works for a brand at present.`);
    const { staffId } = person;
    await replacePassword(tx, newId(), staffId, hash);
    await endSessions(tx, staffId);
    for (const { brandId } of memberships)
      await audit(tx, {
        brandId,
        actor,
        action: 'staff.password_set',
        targetKind: 'staff',
        targetId: staffId,
      });
    return ok(person);
  });
}
