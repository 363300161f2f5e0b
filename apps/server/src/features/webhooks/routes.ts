import {
  createWebhook,
  deleteWebhook,
  getWebhook,
  Id,
  listWebhookDeliveries,
  listWebhooks,
  replayWebhookDeliveries,
  replayWebhookDelivery,
  rotateWebhookSecret,
  updateWebhook,
} from '@promosmith/contract';
import type { Result } from '@promosmith/core';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import type { RequestContext } from '../../platform/http/context.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { type Origin, type WebhookService, webhookNotFound } from './service.ts';
import { listDeliveries } from './store/deliveries.ts';
import { findEndpoint, listEndpoints } from './store/endpoints.ts';

const Cursor = z.tuple([Id]);

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

  http.mount(listWebhooks, async ({ query }, { caller }) => {
    const cursor = decodeCursor(query.cursor, Cursor);
    if (!cursor.ok) return cursor;
    const found = await listEndpoints(db, caller.brandId, cursor.value?.[0], query.limit + 1);
    return reply(
      200,
      toPage(
        found,
        query.limit,
        (webhook) => [webhook.webhookId],
        (webhook) => webhook,
      ),
    );
  });

  http.mount(getWebhook, async ({ params }, { caller }) => {
    const webhook = await findEndpoint(db, caller.brandId, params.webhookId);
    return webhook ? reply(200, webhook) : webhookNotFound;
  });

  http.mount(updateWebhook, async ({ params, body }, context) =>
    answer(200, await webhooks.update(params.webhookId, body, originOf(context))),
  );

  http.mount(deleteWebhook, async ({ params }, context) =>
    answer(204, await webhooks.remove(params.webhookId, originOf(context))),
  );

  http.mount(rotateWebhookSecret, async ({ params, body }, context) =>
    answer(200, await webhooks.rotateSecret(params.webhookId, body.overlapSeconds, originOf(context))),
  );

  http.mount(listWebhookDeliveries, async ({ params, query }, { caller }) => {
    const cursor = decodeCursor(query.cursor, Cursor);
    if (!cursor.ok) return cursor;
    if (!(await findEndpoint(db, caller.brandId, params.webhookId))) return webhookNotFound;
    const { status, type, limit } = query;
    const found = await listDeliveries(
      db,
      params.webhookId,
      { status, type, before: cursor.value?.[0] },
      limit + 1,
    );
    return reply(
      200,
      toPage(
        found,
        limit,
        (delivery) => [delivery.eventId],
        (delivery) => delivery,
      ),
    );
  });

  http.mount(replayWebhookDelivery, async ({ params }, context) =>
    answer(202, await webhooks.replayOne(params.webhookId, params.eventId, originOf(context))),
  );

  http.mount(replayWebhookDeliveries, async ({ params, body }, context) =>
    answer(202, await webhooks.replay(params.webhookId, body, originOf(context))),
  );
}
