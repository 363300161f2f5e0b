import type { SuppressionReason } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';
import { newId } from '../../../platform/ids.ts';
import type { NewEvent } from '../../../platform/outbox.ts';
import type { Brands } from '../../brands/index.ts';
import { eventOf, signal } from './announce.ts';
import { type Counted, giveBackCaps, takeCaps } from './caps.ts';
import { findObstacles } from './eligibility.ts';
import { findByOrigin, insertMessages, type NewMessage } from './insert.ts';
import {
  type Compose,
  type Composed,
  type Draft,
  isShownByWidget,
  type MessageRequest,
  type Prepared,
} from './message.ts';

export interface Preparing {
  readonly brands: Brands;
  unsubscribeUrl(brandId: string, playerId: string): string;
}

/** One message on its way into the table. */
interface Candidate<Request extends MessageRequest> extends Draft<Request> {
  obstacle: SuppressionReason | null;
  counted: Counted;
  composed: Composed | undefined;
}

/**
 * Makes the messages of one brand, in the caller's transaction: checked, rendered and stored. What may not be sent is
 * stored as suppressed, with its reason. A request that was made before is answered with its message.
 * @returns in the order of the requests; and what the caller is to publish.
 */
export async function prepare<Request extends MessageRequest>(
  { brands, unsubscribeUrl }: Preparing,
  tx: Queryable,
  brandId: string,
  requests: readonly Request[],
  compose: Compose<Request>,
): Promise<{ messages: Prepared[]; events: NewEvent[] }> {
  const known = await findByOrigin(tx, requests);
  const fresh = requests
    .filter(({ playerId, originKey }) => !known.has(`${playerId} ${originKey}`))
    .map(
      (request): Candidate<Request> => ({
        request,
        messageId: request.messageId ?? newId(),
        unsubscribeUrl: unsubscribeUrl(brandId, request.playerId),
        obstacle: null,
        counted: {},
        composed: undefined,
      }),
    );
  if (fresh.length > 0) {
    await screen(tx, await brands.read(tx, brandId), fresh);
    await render(tx, fresh, compose);
  }
  const stored = await insertMessages(tx, fresh.map(rowOf));
  await signal(
    tx,
    stored
      .filter(({ channel, outcome }) => isShownByWidget(channel) && outcome === 'sent')
      .map(({ playerId }) => playerId),
  );
  for (const message of stored) known.set(`${message.playerId} ${message.originKey}`, message.prepared);
  const messages = requests.map(({ playerId, originKey }) => {
    const message = known.get(`${playerId} ${originKey}`);
    if (!message) throw new Error(`the message of ${originKey} was not stored`);
    return message;
  });
  const events = stored.flatMap((message) =>
    message.outcome === null ? [] : eventOf({ ...message, outcome: message.outcome }),
  );
  return { messages, events };
}

async function screen<Request extends MessageRequest>(
  tx: Queryable,
  brand: { brandId: string; timeZone: string },
  candidates: Candidate<Request>[],
): Promise<void> {
  const obstacles = await findObstacles(
    tx,
    brand.brandId,
    candidates.map(({ request }) => request),
  );
  for (const [n, candidate] of candidates.entries()) candidate.obstacle = obstacles[n] ?? null;
  const open = candidates.filter(({ obstacle }) => obstacle === null);
  const counted = await takeCaps(
    tx,
    brand,
    open.map(({ request }) => request),
  );
  for (const [n, candidate] of open.entries()) {
    const taken = counted[n];
    if (taken) candidate.counted = taken;
    else candidate.obstacle = 'cap_reached';
  }
}

async function render<Request extends MessageRequest>(
  tx: Queryable,
  candidates: readonly Candidate<Request>[],
  compose: Compose<Request>,
): Promise<void> {
  const open = candidates.filter(({ obstacle }) => obstacle === null);
  if (open.length === 0) return;
  const composed = await compose(tx, open);
  const unsent: Candidate<Request>[] = [];
  for (const [n, candidate] of open.entries()) {
    candidate.composed = composed[n];
    if (candidate.composed?.ok) continue;
    candidate.obstacle = 'not_renderable';
    unsent.push(candidate);
  }
  await giveBackCaps(
    tx,
    unsent.map(({ request, counted }) => ({ ...request, counted })),
  );
  for (const candidate of unsent) candidate.counted = {};
}

function rowOf<Request extends MessageRequest>(candidate: Candidate<Request>): NewMessage {
  const { request, messageId, obstacle, counted, composed } = candidate;
  const content = composed?.ok ? composed : undefined;
  return {
    ...{ request, messageId, counted },
    rendered: content?.rendered ?? null,
    labels: content?.labels ?? {},
    codes: content?.codes?.length ? content.codes : null,
    state: obstacle ? 'suppressed' : isShownByWidget(request.channel) ? 'sent' : 'prepared',
    reason: obstacle,
    problem: composed && !composed.ok ? composed.problem : null,
  };
}
