import { setTimeout as delay } from 'node:timers/promises';
import {
  activateCode,
  explainActivation,
  exportActivations,
  getActivation,
  getPlayerRisk,
  listActivations,
  reverseActivation,
  validateCode,
} from '@promosmith/contract';
import type { Caller } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { type Audience, acceptedBody, isAccepted, refusedProblem, validationBody } from './answers.ts';
import { keptBackFor } from './pace.ts';
import type { Reversals } from './reversals.ts';
import type { ActivationService } from './service.ts';
import type { ActivationViews } from './views.ts';

const audienceOf = ({ actor }: Caller): Audience => {
  if (actor.kind === 'anonymous') return 'anonymous';
  return actor.kind === 'player' ? 'player' : 'staff';
};

export function mountActivations(
  http: HttpServer,
  service: ActivationService,
  reversals: Reversals,
  views: ActivationViews,
): void {
  http.mount(validateCode, async ({ body, headers }, context) => {
    const askedAt = performance.now();
    const audience = audienceOf(context.caller);
    const result = await service.validate(body, headers, context);
    if (!result.ok) return result;
    const answer = validationBody(result.value, audience);
    if (audience === 'anonymous' && !answer.valid) await delay(keptBackFor(performance.now() - askedAt));
    return reply(200, answer);
  });

  http.mount(activateCode, async ({ body, headers }, context) => {
    const result = await service.activate(body, headers, context);
    if (!result.ok) return result;
    const answer = result.value;
    if (!isAccepted(answer))
      return { ok: false, refusal: refusedProblem(answer, audienceOf(context.caller)) };
    return reply(201, acceptedBody(answer), answer.replayed ? { 'idempotent-replayed': 'true' } : undefined);
  });

  http.mount(reverseActivation, async ({ params, body }, { caller, requestId }) => {
    const result = await reversals.reverse(params.activationId, body.reason, { caller, requestId });
    return result.ok ? reply(200, result.value) : result;
  });

  http.mount(listActivations, async ({ query }, { caller }) => {
    const page = await views.list(caller.brandId, query);
    return page.ok ? reply(200, page.value) : page;
  });

  http.mount(exportActivations, async ({ query }, { caller }) =>
    reply(200, views.export(caller.brandId, query)),
  );

  http.mount(getActivation, async ({ params }, { caller }) => {
    const found = await views.find(caller.brandId, params.activationId);
    return found.ok ? reply(200, found.value) : found;
  });

  http.mount(getPlayerRisk, async ({ params }, { caller }) => {
    const risk = await views.risk(caller.brandId, params.externalId);
    return risk.ok ? reply(200, risk.value) : risk;
  });

  http.mount(explainActivation, async ({ params }, { caller }) => {
    const explained = await views.explain(caller.brandId, params.activationId);
    return explained.ok ? reply(200, explained.value) : explained;
  });
}
