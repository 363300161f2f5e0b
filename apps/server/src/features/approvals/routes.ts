import * as contract from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { ApprovalDesk, By } from './service.ts';
import type { Thresholds } from './thresholds.ts';

const byOf = ({ caller, requestId }: RequestContext): By => ({ actor: caller.actor, requestId });
const answer = <T>(result: Result<T>) => (result.ok ? reply(200, result.value) : result);

export function mountApprovalRoutes(http: HttpServer, desk: ApprovalDesk, thresholds: Thresholds): void {
  http.mount(contract.listApprovals, async ({ query }, { caller }) =>
    answer(await desk.list(caller.brandId, query)),
  );
  http.mount(contract.getApproval, async ({ params }, { caller }) =>
    answer(await desk.get(caller.brandId, params.approvalId)),
  );
  http.mount(contract.approveRequest, async ({ params, body }, context) =>
    answer(await desk.approve(context.caller.brandId, params.approvalId, byOf(context), body.reason)),
  );
  http.mount(contract.rejectRequest, async ({ params, body }, context) =>
    answer(await desk.reject(context.caller.brandId, params.approvalId, byOf(context), body.reason)),
  );
  http.mount(contract.withdrawRequest, async ({ params, body }, context) =>
    answer(await desk.withdraw(context.caller.brandId, params.approvalId, byOf(context), body.reason)),
  );
  http.mount(contract.getApprovalThresholds, async (_, { caller }) =>
    reply(200, await thresholds.read(caller.brandId)),
  );
  http.mount(contract.changeApprovalThresholds, async ({ body }, context) => {
    const changed = await thresholds.change(context.caller.brandId, body, byOf(context));
    if (!changed.ok) return changed;
    return 'approval' in changed.value
      ? reply(202, changed.value.approval)
      : reply(200, changed.value.thresholds);
  });
}
