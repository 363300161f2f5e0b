import type { Actor, DeliveryStatus, Webhook, WebhookDelivery } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { newSecret } from '../../platform/outbound/signing.ts';
import { checkUrl } from '../../platform/outbound/url.ts';
import type { Secrets } from '../../platform/secrets.ts';
import { findHead } from '../events/index.ts';
import { deliveryNotFound, webhookNotFound } from './refusals.ts';
import { requeueDeliveries, requeueDelivery } from './store/deliveries.ts';
import {
  type EndpointSettings,
  findEndpoint,
  insertEndpoint,
  lockEndpoint,
  markDeleted,
  replaceSecret,
  updateEndpoint,
} from './store/endpoints.ts';

const REQUEUED_AT_ONCE = 10_000;

/** Who asks for a change, in which brand. */
export interface Origin {
  brandId: string;
  actor: Actor;
  requestId: string;
}

export interface Replay {
  since: string;
  until?: string | undefined;
  statuses: readonly DeliveryStatus[];
  cursor?: string | undefined;
}

export type WebhookWithSecret = Webhook & { secret: string };

export interface WebhookService {
  create(settings: EndpointSettings, origin: Origin): Promise<Result<WebhookWithSecret>>;
  update(
    webhookId: string,
    patch: Partial<EndpointSettings> & { enabled?: boolean | undefined },
    origin: Origin,
  ): Promise<Result<Webhook>>;
  remove(webhookId: string, origin: Origin): Promise<Result<undefined>>;
  rotateSecret(webhookId: string, overlapSeconds: number, origin: Origin): Promise<Result<WebhookWithSecret>>;
  replayOne(webhookId: string, eventId: string, origin: Origin): Promise<Result<WebhookDelivery>>;
  replay(
    webhookId: string,
    replay: Replay,
    origin: Origin,
  ): Promise<Result<{ requeued: number; nextCursor: string | null }>>;
}

/** @param allowPrivate whether endpoints may be at private addresses. */
export function createWebhookService(db: Database, secrets: Secrets, allowPrivate: boolean): WebhookService {
  const record = (
    tx: Queryable,
    origin: Origin,
    action: string,
    webhookId: string,
    change: { before?: unknown; after?: unknown },
  ) =>
    audit(tx, {
      ...origin,
      action: `webhook.${action}`,
      targetKind: 'webhook',
      targetId: webhookId,
      ...change,
    });

  /** Runs a change on the endpoint as it is now; nobody else changes it meanwhile. */
  const changing = <T>(
    webhookId: string,
    origin: Origin,
    change: (tx: Queryable, before: Webhook) => Promise<Result<T>>,
  ): Promise<Result<T>> =>
    db.transaction(async (tx) => {
      const before = await lockEndpoint(tx, origin.brandId, webhookId);
      return before ? change(tx, before) : webhookNotFound;
    });

  return {
    async create(settings, origin) {
      const url = checkUrl(settings.url, allowPrivate);
      if (!url.ok) return url;
      const secret = newSecret();
      return db.transaction(async (tx) => {
        const endpoint = {
          ...settings,
          url: url.value,
          endpointId: newId(),
          brandId: origin.brandId,
          secret: secrets.encrypt(secret),
        };
        const webhook = await insertEndpoint(tx, endpoint, await findHead(tx, origin.brandId));
        await record(tx, origin, 'created', webhook.webhookId, { after: webhook });
        return ok({ ...webhook, secret });
      });
    },

    async update(webhookId, patch, origin) {
      const url = patch.url === undefined ? ok(undefined) : checkUrl(patch.url, allowPrivate);
      if (!url.ok) return url;
      return changing(webhookId, origin, async (tx, before) => {
        const settings = {
          url: url.value ?? before.url,
          description: patch.description ?? before.description,
          eventTypes: patch.eventTypes === undefined ? before.eventTypes : patch.eventTypes,
        };
        const enabled = patch.enabled ?? before.enabled;
        const disabledReason = enabled ? null : (before.disabledReason ?? 'by_hand');
        const after = await updateEndpoint(tx, webhookId, settings, { enabled, disabledReason });
        await record(tx, origin, 'updated', webhookId, { before, after });
        return ok(after);
      });
    },

    remove: (webhookId, origin) =>
      changing(webhookId, origin, async (tx, before) => {
        await markDeleted(tx, webhookId);
        await record(tx, origin, 'deleted', webhookId, { before });
        return ok(undefined);
      }),

    rotateSecret: (webhookId, overlapSeconds, origin) =>
      changing(webhookId, origin, async (tx) => {
        const secret = newSecret();
        const webhook = await replaceSecret(tx, webhookId, secrets.encrypt(secret), overlapSeconds);
        await record(tx, origin, 'secret_rotated', webhookId, { after: { overlapSeconds } });
        return ok({ ...webhook, secret });
      }),

    replayOne: (webhookId, eventId, origin) =>
      db.transaction(async (tx) => {
        if (!(await findEndpoint(tx, origin.brandId, webhookId))) return webhookNotFound;
        const delivery = await requeueDelivery(tx, webhookId, eventId);
        if (!delivery) return deliveryNotFound;
        await record(tx, origin, 'delivery_replayed', webhookId, { after: { eventId } });
        return ok(delivery);
      }),

    replay: (webhookId, { since, until, statuses, cursor }, origin) =>
      db.transaction(async (tx) => {
        if (!(await findEndpoint(tx, origin.brandId, webhookId))) return webhookNotFound;
        const { requeued, last } = await requeueDeliveries(
          tx,
          webhookId,
          {
            sinceMs: Date.parse(since),
            untilMs: until === undefined ? Number.MAX_SAFE_INTEGER : Date.parse(until),
            statuses,
            after: cursor,
          },
          REQUEUED_AT_ONCE,
        );
        await record(tx, origin, 'deliveries_replayed', webhookId, {
          after: { since, until, statuses, requeued },
        });
        return ok({ requeued, nextCursor: requeued === REQUEUED_AT_ONCE ? last : null });
      }),
  };
}
