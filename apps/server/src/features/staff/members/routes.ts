import * as contract from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Database } from '../../../platform/db.ts';
import type { RequestContext } from '../../../platform/http/context.ts';
import { type HttpServer, reply } from '../../../platform/http/server.ts';
import { type Brands, brandView } from '../../brands/index.ts';
import { ofStaffOnly } from '../staff-only.ts';
import type { Members, StaffManager } from './service.ts';

const managerOf = ({ caller, requestId }: RequestContext): StaffManager => ({
  actor: caller.actor,
  role: caller.role,
  permissions: caller.permissions,
  requestId,
});
const answer = <T>(status: number, result: Result<T>) => (result.ok ? reply(status, result.value) : result);

export function mountMemberRoutes(
  http: HttpServer,
  { db, brands, members }: { db: Database; brands: Brands; members: Members },
): void {
  http.mount(contract.getMe, async (_, { caller }) =>
    reply(200, {
      brand: caller.brandSlug,
      actor: caller.actor,
      role: caller.role ?? null,
      permissions: [...caller.permissions],
    }),
  );
  http.mount(contract.createBrand, async ({ body }, context) => {
    const { actor } = context.caller;
    if (actor.kind !== 'staff') return ofStaffOnly('A brand has a person as its owner.');
    const made = await db.transaction(async (tx) => {
      const brand = await brands.createIn(tx, body, { actor, requestId: context.requestId });
      if (brand.ok) await members.addFounder(tx, brand.value.brandId, actor.id, managerOf(context));
      return brand;
    });
    return made.ok ? reply(201, brandView(made.value)) : made;
  });
  http.mount(contract.listStaff, async ({ query }, { caller }) =>
    answer(200, await members.list(caller.brandId, query)),
  );
  http.mount(contract.getStaffMember, async ({ params }, { caller }) =>
    answer(200, await members.get(caller.brandId, params.staffId)),
  );
  http.mount(contract.inviteStaff, async ({ body }, context) =>
    answer(201, await members.invite({ ...body, brandId: context.caller.brandId }, managerOf(context))),
  );
  http.mount(contract.renewInvitation, async ({ params }, context) =>
    answer(201, await members.renewInvitation(context.caller.brandId, params.staffId, managerOf(context))),
  );
  http.mount(contract.changeRole, async ({ params, body }, context) =>
    answer(
      200,
      await members.changeRole(context.caller.brandId, params.staffId, body.role, managerOf(context)),
    ),
  );
  http.mount(contract.suspendStaff, async ({ params, body }, context) =>
    answer(
      200,
      await members.suspend(context.caller.brandId, params.staffId, body.reason, managerOf(context)),
    ),
  );
  http.mount(contract.reactivateStaff, async ({ params, body }, context) =>
    answer(
      200,
      await members.reactivate(context.caller.brandId, params.staffId, body.reason, managerOf(context)),
    ),
  );
}
