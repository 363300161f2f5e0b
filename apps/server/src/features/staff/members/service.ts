import { type Actor, Id, type InvitedStaff, type Role, type StaffMember } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { audit } from '../../../platform/audit.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { newId } from '../../../platform/ids.ts';
import { hashPassword } from '../sign-in/passwords.ts';
import type { Invitations } from './invitations.ts';
import { findPassword, insertPassword } from './password-store.ts';
import { type Manager, mayManage } from './rank.ts';
import * as store from './store.ts';

/** Who manages staff, for the audit log as well. */
export interface StaffManager extends Manager {
  actor: Actor;
  requestId?: string;
}

export interface NewMember {
  brandId: string;
  email: string;
  name: string;
  role: Role;
}

export interface AddedMember extends StaffMember {
  /** False for somebody with an account already, who keeps the password of that. */
  passwordSet: boolean;
}

interface Change {
  role?: Role;
  status?: StaffMember['status'];
}

export interface Members {
  list(
    brandId: string,
    query: { cursor?: string; limit: number },
  ): Promise<Result<{ items: StaffMember[]; nextCursor: string | null }>>;
  get(brandId: string, staffId: string): Promise<Result<StaffMember>>;
  invite(input: NewMember, manager: StaffManager): Promise<Result<InvitedStaff>>;
  renewInvitation(brandId: string, staffId: string, manager: StaffManager): Promise<Result<InvitedStaff>>;
  /** A member who can sign in at once: a brand's first owner. */
  add(input: NewMember & { password: string }, manager: StaffManager): Promise<Result<AddedMember>>;
  /** The same in the caller's transaction, with a password that is hashed already. */
  addIn(
    tx: Queryable,
    input: NewMember & { passwordHash: string },
    manager: StaffManager,
  ): Promise<Result<AddedMember>>;
  /** Makes somebody with an account the owner of a brand that is new in this transaction. */
  addFounder(tx: Queryable, brandId: string, staffId: string, manager: StaffManager): Promise<void>;
  changeRole(
    brandId: string,
    staffId: string,
    role: Role,
    manager: StaffManager,
  ): Promise<Result<StaffMember>>;
  suspend(
    brandId: string,
    staffId: string,
    reason: string | undefined,
    manager: StaffManager,
  ): Promise<Result<StaffMember>>;
  reactivate(
    brandId: string,
    staffId: string,
    reason: string | undefined,
    manager: StaffManager,
  ): Promise<Result<StaffMember>>;
}

const PageKey = z.tuple([Id]);
const notFound = () => refuse('not_found', 'There is no such member of staff.');
const above = (role: Role) => refuse('forbidden', `You cannot give or change the role ${role}.`);

export function createMembers(db: Database, invitations: Invitations): Members {
  const record = (
    tx: Queryable,
    brandId: string,
    { actor, requestId }: StaffManager,
    action: string,
    after: StaffMember,
    more: { before?: StaffMember; reason?: string } = {},
  ) =>
    audit(tx, {
      brandId,
      actor,
      requestId,
      action,
      targetKind: 'staff',
      targetId: after.staffId,
      after,
      ...more,
    });

  async function join(
    tx: Queryable,
    input: NewMember,
    status: StaffMember['status'],
  ): Promise<Result<StaffMember>> {
    const { brandId, name, role } = input;
    const staffId = await store.ensureStaff(tx, { staffId: newId(), email: input.email.toLowerCase(), name });
    const joined = await store.insertMembership(tx, brandId, staffId, role, status);
    if (!joined) return refuse('conflict', `${input.email} is a member of staff already.`);
    return ok((await store.findMember(tx, brandId, staffId))!);
  }

  const addIn: Members['addIn'] = async (tx, { passwordHash, ...input }, manager) => {
    if (!mayManage(manager, input.role)) return above(input.role);
    const joined = await join(tx, input, 'active');
    if (!joined.ok) return joined;
    const passwordSet = await insertPassword(tx, newId(), joined.value.staffId, passwordHash);
    await record(tx, input.brandId, manager, 'staff.added', joined.value);
    return ok({ ...joined.value, passwordSet });
  };

  /** One change of a membership: rank checked on both sides, the last owner kept, the write guarded. */
  const change = (
    brandId: string,
    staffId: string,
    manager: StaffManager,
    action: string,
    decide: (before: StaffMember, tx: Queryable) => Promise<Result<Change>>,
    reason?: string,
  ): Promise<Result<StaffMember>> =>
    db.transaction(async (tx) => {
      const owners = await store.lockOwners(tx, brandId);
      const before = await store.findMember(tx, brandId, staffId);
      if (!before) return notFound();
      const decided = await decide(before, tx);
      if (!decided.ok) return decided;
      const after = { role: before.role, status: before.status, ...decided.value };
      for (const role of [before.role, after.role]) if (!mayManage(manager, role)) return above(role);
      const staysOwner = after.role === 'owner' && after.status === 'active';
      if (!staysOwner && owners.length === 1 && owners[0] === staffId)
        return refuse('last_owner', 'A brand keeps at least one owner: make somebody else an owner first.');
      if (!(await store.updateMembership(tx, brandId, before, after)))
        return refuse('conflict', 'The membership was changed a moment ago: look at it again.');
      await store.endSessionsWithoutMembership(tx, staffId);
      const changed = (await store.findMember(tx, brandId, staffId))!;
      await record(tx, brandId, manager, action, changed, { before, reason });
      return ok(changed);
    });

  return {
    async list(brandId, { cursor, limit }) {
      const before = decodeCursor(cursor, PageKey);
      if (!before.ok) return before;
      const rows = await store.listMembers(db, brandId, before.value?.[0], limit + 1);
      return ok(
        toPage(
          rows,
          limit,
          ({ staffId }) => [staffId],
          (member) => member,
        ),
      );
    },

    async get(brandId, staffId) {
      const member = await store.findMember(db, brandId, staffId);
      return member ? ok(member) : notFound();
    },

    async invite(input, manager) {
      if (!mayManage(manager, input.role)) return above(input.role);
      return db.transaction(async (tx) => {
        const joined = await join(tx, input, 'invited');
        if (!joined.ok) return joined;
        const member = joined.value;
        await record(tx, input.brandId, manager, 'staff.invited', member);
        return ok({ ...member, invitation: await invitations.issue(tx, input.brandId, member.staffId) });
      });
    },

    renewInvitation: (brandId, staffId, manager) =>
      db.transaction(async (tx) => {
        const member = await store.findMember(tx, brandId, staffId);
        if (!member) return notFound();
        if (!mayManage(manager, member.role)) return above(member.role);
        if (member.status !== 'invited')
          return refuse('invitation_accepted', `${member.name} has accepted an invitation already.`);
        await record(tx, brandId, manager, 'staff.invited', member);
        return ok({ ...member, invitation: await invitations.issue(tx, brandId, staffId) });
      }),

    async add({ password, ...input }, manager) {
      if (!mayManage(manager, input.role)) return above(input.role);
      const passwordHash = await hashPassword(password);
      return db.transaction((tx) => addIn(tx, { ...input, passwordHash }, manager));
    },
    addIn,

    async addFounder(tx, brandId, staffId, manager) {
      await store.insertMembership(tx, brandId, staffId, 'owner', 'active');
      const founder = (await store.findMember(tx, brandId, staffId))!;
      await record(tx, brandId, manager, 'staff.added', founder);
    },

    changeRole: (brandId, staffId, role, manager) =>
      change(brandId, staffId, manager, 'staff.role_changed', async () => ok({ role })),

    suspend: (brandId, staffId, reason, manager) =>
      change(brandId, staffId, manager, 'staff.suspended', async () => ok({ status: 'suspended' }), reason),

    reactivate: (brandId, staffId, reason, manager) =>
      change(
        brandId,
        staffId,
        manager,
        'staff.reactivated',
        async ({ status }, tx) => {
          if (status !== 'suspended') return refuse('not_suspended', 'Only a suspension can be lifted.');
          const canSignIn = (await findPassword(tx, staffId)) !== undefined;
          return ok({ status: canSignIn ? 'active' : 'invited' });
        },
        reason,
      ),
  };
}
