import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  getWebhookDelivery,
  listWebhookDeliveries,
  listWebhooks,
  replayWebhookDeliveries,
  replayWebhookDelivery,
  rotateWebhookSecret,
  updateWebhook,
} from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Origin, WebhookService } from './service.ts';
import { pageOfDeliveries, pageOfWebhooks, viewDelivery, viewWebhook } from './views.ts';

const originOf = ({ caller, requestId }: RequestContext): Origin => ({
  brandId: caller.brandId,
  actor: caller.actor,
  requestId,
});

const answer = <T>(status: number, result: Result<T>) => (result.ok ? reply(status, result.value) : result);

export function mountWebhookRoutes(http: HttpServer, db: Database, webhooks: WebhookService): void {
  http.mount(createWebhook, async ({ body }, context) =>
    answer(201, await webhooks.create(body, originOf(context))),
  );

  http.mount(listWebhooks, async ({ query }, { caller }) =>
    answer(200, await pageOfWebhooks(db, caller.brandId, query)),
  );

  http.mount(getWebhook, async ({ params }, { caller }) =>
    answer(200, await viewWebhook(db, caller.brandId, params.webhookId)),
  );

  http.mount(updateWebhook, async ({ params, body }, context) =>
    answer(200, await webhooks.update(params.webhookId, body, originOf(context))),
  );

  http.mount(deleteWebhook, async ({ params }, context) =>
    answer(204, await webhooks.remove(params.webhookId, originOf(context))),
  );

  http.mount(rotateWebhookSecret, async ({ params, body }, context) =>
    answer(200, await webhooks.rotateSecret(params.webhookId, body.overlapSeconds, originOf(context))),
  );

  http.mount(listWebhookDeliveries, async ({ params, query }, { caller }) =>
    answer(200, await pageOfDeliveries(db, caller.brandId, params.webhookId, query)),
  );

  http.mount(getWebhookDelivery, async ({ params }, { caller }) =>
    answer(200, await viewDelivery(db, caller.brandId, params.webhookId, params.eventId)),
  );

  http.mount(replayWebhookDelivery, async ({ params }, context) =>
    answer(202, await webhooks.replayOne(params.webhookId, params.eventId, originOf(context))),
  );

  http.mount(replayWebhookDeliveries, async ({ params, body }, context) =>
    answer(202, await webhooks.replay(params.webhookId, body, originOf(context))),
  );
}
