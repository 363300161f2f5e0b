import { createHash, randomBytes } from 'node:crypto';
import type { Invitation } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../../platform/audit.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import { hashPassword, isPassword } from '../sign-in/passwords.ts';
import type { SignInThrottle } from '../sign-in/throttle.ts';
import { findInvitation, type Invited, saveInvitation, useInvitation } from './invitation-store.ts';
import { findPassword, insertPassword } from './password-store.ts';
import { findMember, updateMembership } from './store.ts';

const DAYS = 7;

export interface Invitations {
  /** Voids the membership's invitation before it. */
  issue(tx: Queryable, brandId: string, staffId: string): Promise<Invitation>;
  /**
   * Makes the membership active. Somebody new sets their password with it. Somebody who has one must give that: else an
   * administrator of one brand could invite a person of another, accept in their place and take over their account.
   */
  accept(
    token: string,
    password: string,
    visit: { ip: string; requestId: string },
  ): Promise<Result<undefined>>;
}

const hashOf = (token: string): Buffer => createHash('sha256').update(token).digest();
const gone = () => refuse('gone', 'The invitation is unknown, used or over. Ask for a new one.');

export function createInvitations(db: Database, throttle: SignInThrottle): Invitations {
  async function activate(
    tx: Queryable,
    { staffId, brandId }: Invited,
    requestId: string,
  ): Promise<Result<undefined>> {
    const before = await findMember(tx, brandId, staffId);
    const accepted =
      before?.status === 'invited' &&
      (await updateMembership(tx, brandId, before, { role: before.role, status: 'active' }));
    if (!accepted) return gone();
    await audit(tx, {
      brandId,
      actor: { kind: 'staff', id: staffId, name: before.name },
      action: 'staff.invitation_accepted',
      targetKind: 'staff',
      targetId: staffId,
      before,
      after: { ...before, status: 'active' },
      requestId,
    });
    return ok(undefined);
  }

  return {
    async issue(tx, brandId, staffId) {
      const token = randomBytes(32).toString('base64url');
      return { token, expiresAt: await saveInvitation(tx, { staffId, brandId }, hashOf(token), DAYS) };
    },

    async accept(token, password, { ip, requestId }) {
      const pending = await findInvitation(db, hashOf(token));
      if (!pending) return gone();
      return throttle.attempt(pending.staffId, ip, async () => {
        const known = await findPassword(db, pending.staffId);
        if (known && !(await isPassword(known, password)))
          return refuse('wrong_password', 'You have an account already: give the password of that.');
        const hash = known ? undefined : await hashPassword(password);
        return db.transaction(async (tx) => {
          if (!(await useInvitation(tx, hashOf(token)))) return gone();
          if (hash && !(await insertPassword(tx, newId(), pending.staffId, hash)))
            return refuse('conflict', 'A password was set a moment ago: accept again with that.');
          return activate(tx, pending, requestId);
        });
      });
    },
  };
}
