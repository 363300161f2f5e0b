import {
  type DeliveryStatus,
  type EventType,
  Id,
  type Webhook,
  type WebhookDelivery,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { deliveryNotFound, webhookNotFound } from './refusals.ts';
import { findDelivery, listDeliveries } from './store/deliveries.ts';
import { findEndpoint, listEndpoints } from './store/endpoints.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

interface PageQuery {
  cursor?: string | undefined;
  limit: number;
}

const Cursor = z.tuple([Id]);

export async function viewWebhook(
  db: Queryable,
  brandId: string,
  webhookId: string,
): Promise<Result<Webhook>> {
  const webhook = await findEndpoint(db, brandId, webhookId);
  return webhook ? ok(webhook) : webhookNotFound;
}

export async function pageOfWebhooks(
  db: Queryable,
  brandId: string,
  { cursor, limit }: PageQuery,
): Promise<Result<Page<Webhook>>> {
  const before = decodeCursor(cursor, Cursor);
  if (!before.ok) return before;
  const rows = await listEndpoints(db, brandId, before.value?.[0], limit + 1);
  return ok(toPage(rows, limit, ({ webhookId }) => [webhookId], same));
}

export async function pageOfDeliveries(
  db: Queryable,
  brandId: string,
  webhookId: string,
  {
    cursor,
    limit,
    ...filter
  }: PageQuery & { status?: DeliveryStatus | undefined; type?: EventType | undefined },
): Promise<Result<Page<WebhookDelivery>>> {
  const before = decodeCursor(cursor, Cursor);
  if (!before.ok) return before;
  const webhook = await viewWebhook(db, brandId, webhookId);
  if (!webhook.ok) return webhook;
  const rows = await listDeliveries(db, webhookId, { ...filter, before: before.value?.[0] }, limit + 1);
  return ok(toPage(rows, limit, ({ eventId }) => [eventId], same));
}

export async function viewDelivery(
  db: Queryable,
  brandId: string,
  webhookId: string,
  eventId: string,
): Promise<Result<WebhookDelivery>> {
  const webhook = await viewWebhook(db, brandId, webhookId);
  if (!webhook.ok) return webhook;
  const delivery = await findDelivery(db, webhookId, eventId);
  return delivery ? ok(delivery) : deliveryNotFound;
}

const same = <Item>(item: Item): Item => item;
