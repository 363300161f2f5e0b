import { Readable } from 'node:stream';
import {
  claimClick,
  claimDismissal,
  claimImpression,
  deletePushSubscription,
  getPushKey,
  getUnsubscribePage,
  listMyMessages,
  putPushSubscription,
  sendMyActions,
  streamMyMessages,
  unsubscribe,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { RequestContext } from '../../../platform/http/context.ts';
import { reply } from '../../../platform/http/server.ts';
import { playerId } from '../../../platform/ids.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Brands } from '../../brands/index.ts';
import type { Events } from '../../events/index.ts';
import { addBrowser, endConsent, removeAddresses } from '../addresses.ts';
import { type Connections, notConnected } from '../connections/service.ts';
import { askPage, donePage, PAGE_HEADERS, type UnsubscribeLinks } from '../unsubscribe.ts';
import type { ClaimedOutcome, Claims } from './claims.ts';
import type { Hub } from './hub.ts';
import { takeActions } from './incoming.ts';
import { findVisible } from './shown.ts';

interface Self {
  readonly brandId: string;
  readonly playerId: string;
  readonly externalId: string;
}

const noPlayer = refuse('player_token_needed', 'Only a player token says whose messages are meant.');
const noSuchLink = refuse('not_found', 'This link leads nowhere.');

/** The player who calls. */
function selfOf({ caller }: RequestContext): Result<Self> {
  const { brandId, playerExternalId: externalId } = caller;
  if (externalId === undefined) return noPlayer;
  return ok({ brandId, externalId, playerId: playerId(brandId, externalId) });
}

const CURSOR = /^\d{1,16}$/;

export function mountBrowser(
  { db, http }: Pick<Platform, 'db' | 'http'>,
  {
    brands,
    events,
    connections,
    hub,
    claims,
    links,
  }: {
    brands: Brands;
    events: Events;
    connections: Connections;
    hub: Hub;
    claims: Claims;
    links: UnsubscribeLinks;
  },
): void {
  http.mount(listMyMessages, async (_, context) => {
    const self = selfOf(context);
    if (!self.ok) return self;
    const { rows, cursor } = await findVisible(db, self.value.playerId);
    const messages = rows.map(({ message }) => message);
    const { popup: popups = [], inbox = [] } = Object.groupBy(messages, ({ channel }) => channel);
    const unread = inbox.filter(({ state }) => state === 'sent').length;
    return reply(200, { popups, inbox, unread, cursor: String(cursor) });
  });

  http.mount(streamMyMessages, async ({ headers }, context) => {
    const self = selfOf(context);
    if (!self.ok) return self;
    const cursor = headers['last-event-id'] ?? '0';
    if (!CURSOR.test(cursor))
      return refuse('invalid_request', 'headers.last-event-id: not an id of this stream', [
        {
          field: 'headers.last-event-id',
          reason: 'not an id of this stream',
          fix: 'leave it out to start over',
        },
      ]);
    const stream = await hub.connect(self.value.playerId, Number(cursor));
    return stream.ok ? reply(200, stream.value, STREAM_HEADERS) : stream;
  });

  const claim = (outcome: ClaimedOutcome, messageId: string, context: RequestContext) => {
    const self = selfOf(context);
    if (!self.ok) return Promise.resolve(self);
    const { brandId, actor } = context.caller;
    const origin = { brandId, actor, correlationId: context.requestId };
    return claims.claim({ playerId: self.value.playerId, messageId }, outcome, origin);
  };
  http.mount(claimImpression, async ({ params }, context) => {
    const claimed = await claim('impression', params.messageId, context);
    return claimed.ok ? reply(200, claimed.value) : claimed;
  });
  http.mount(claimClick, async ({ params }, context) => {
    const claimed = await claim('clicked', params.messageId, context);
    return claimed.ok ? reply(200, claimed.value) : claimed;
  });
  http.mount(claimDismissal, async ({ params }, context) => {
    const claimed = await claim('dismissed', params.messageId, context);
    return claimed.ok ? reply(200, claimed.value) : claimed;
  });

  http.mount(sendMyActions, async ({ body }, context) => {
    const self = selfOf(context);
    if (!self.ok) return self;
    const { brandId, actor } = context.caller;
    const origin = { brandId, actor, correlationId: context.requestId, time: new Date().toISOString() };
    return reply(200, {
      results: await takeActions(db, events, origin, self.value.externalId, body.actions),
    });
  });

  http.mount(getPushKey, async (_, { caller }) => {
    const connection = await connections.find(db, caller.brandId, 'push');
    const [keys] = connection?.secrets.vapidKeys ?? [];
    return keys ? reply(200, { publicKey: keys.publicKey }) : notConnected('push');
  });

  http.mount(putPushSubscription, async ({ body }, context) => {
    const self = selfOf(context);
    if (!self.ok) return self;
    const { brandId, playerId } = self.value;
    const connection = await connections.find(db, brandId, 'push');
    const [present] = connection?.secrets.vapidKeys ?? [];
    if (!present) return notConnected('push');
    const applicationServerKey = body.applicationServerKey ?? present.publicKey;
    const address = body.endpoint;
    await addBrowser(db, { brandId, playerId }, { address, keys: { ...body.keys, applicationServerKey } });
    return reply(204, undefined);
  });

  http.mount(deletePushSubscription, async ({ query }, context) => {
    const self = selfOf(context);
    if (!self.ok) return self;
    await removeAddresses(db, self.value.playerId, 'push', [query.endpoint]);
    return reply(204, undefined);
  });

  const html = (text: string) => reply(200, Readable.from([text]), PAGE_HEADERS);

  http.mount(getUnsubscribePage, async ({ params }) => {
    const subscriber = links.read(params.token);
    return subscriber ? html(askPage((await brands.get(subscriber.brandId)).name)) : noSuchLink;
  });

  http.mount(unsubscribe, async ({ params }) => {
    const subscriber = links.read(params.token);
    if (!subscriber) return noSuchLink;
    await db.transaction((tx) => endConsent(tx, subscriber, 'email', 'unsubscribed by a link in an email'));
    return html(donePage((await brands.get(subscriber.brandId)).name));
  });
}

/** Proxies keep nothing of a stream back. */
const STREAM_HEADERS = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' };
