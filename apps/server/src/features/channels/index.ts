import type { Queryable } from '../../platform/db.ts';
import { createAgent } from '../../platform/outbound/agent.ts';
import { BACKOFF_MS } from '../../platform/outbound/backoff.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import type { Events } from '../events/index.ts';
import type { Properties } from '../properties/index.ts';
import { createClaims, type OnAction } from './browser/claims.ts';
import { createHub } from './browser/hub.ts';
import { mountBrowser } from './browser/routes.ts';
import { deleteOldSignals } from './browser/signals.ts';
import { mountConnections } from './connections/routes.ts';
import { createConnections } from './connections/service.ts';
import { mountReceipts } from './gateway-receipts.ts';
import type { Compose, MessageRequest, OnOutcome, Prepared } from './messages/message.ts';
import { prepare } from './messages/prepare.ts';
import { createDispatcher, type Timing } from './queue/dispatcher.ts';
import { createSettle } from './queue/settle.ts';
import { deleteOldReferences } from './queue/store.ts';
import { createResend } from './resend.ts';
import { deleteOldCounters, deleteOldMessages } from './retention.ts';
import { mountMessages } from './routes.ts';
import { createSenderPool } from './senders/pool.ts';
import { createStaffMail, type SendStaffMail } from './staff-mail.ts';
import { createUnsubscribeLinks } from './unsubscribe.ts';

export type { OnAction, RaisedAction } from './browser/claims.ts';
export type {
  Compose,
  Composed,
  Draft,
  MessageOutcome,
  MessageRequest,
  OnOutcome,
  Prepared,
} from './messages/message.ts';

export type { SendResult } from './senders/sender.ts';
export type { SendStaffMail, StaffMail } from './staff-mail.ts';
export { findMessagesOf, type MessageDetail } from './views.ts';

export interface Channels {
  /**
   * Makes the messages of one brand, in the caller's transaction: consent, exclusion and caps checked, content rendered
   * once, stored. The caller publishes `events` with its own.
   * @returns in the order of the requests, also those that were made before.
   */
  prepare<Request extends MessageRequest>(
    tx: Queryable,
    brandId: string,
    requests: readonly Request[],
    compose: Compose<Request>,
  ): Promise<{ messages: Prepared[]; events: NewEvent[] }>;
  /** Registers who is told of messages' moves, in the transaction of the move. */
  onOutcome(listener: OnOutcome): void;
  /** Registers who is told of client actions that the server raises when a popup was shown: after its impression. */
  onAction(listener: OnAction): void;
  /** Sends an email to a member of staff, by the brand's email. */
  readonly mailStaff: SendStaffMail;
  /** Ends the streams of players' browsers, so that the server can stop. */
  drain(): void;
  /** Waits for the attempts under way. */
  settle(): Promise<void>;
  /** After the ticker has stopped: waits for the attempts under way, and disconnects. */
  close(): Promise<void>;
}

const SEND_EVERY_MS = 500;
const EXPIRE_EVERY_MS = 1000;
const CLEAN_EVERY_MS = 60_000;
const REFRESH_EVERY_MS = 30_000;
const EXPIRED_AT_ONCE = 500;
const CLEANED_AT_ONCE = 5000;

const TIMING: Timing = { backoffMs: BACKOFF_MS, leaseMs: 120_000, perChannel: 10 };
const TIMEOUT_MS = 20_000;
const ENQUIRE_EVERY_MS = 30_000;
const LARGEST_ANSWER_BYTES = 64 * 1024;

/** Messages to players: how channels are connected, what is sent and shown, and what players did about it. */
export function createChannels(
  platform: Platform,
  { brands, events, properties }: { brands: Brands; events: Events; properties: Properties },
  timing: Partial<Timing> = {},
): Channels {
  const { config, db, log, secrets, ticker } = platform;
  const allowPrivate = config.outboundAllowPrivate;
  const agent = createAgent({
    allowPrivate,
    connectTimeoutMs: TIMEOUT_MS,
    largestAnswerBytes: LARGEST_ANSWER_BYTES,
  });
  const outcomeListeners: OnOutcome[] = [];
  const actionListeners: OnAction[] = [];
  const onOutcome = toldInTurn(outcomeListeners);
  const links = createUnsubscribeLinks(secrets, config.publicUrl);
  const connections = createConnections(platform, brands);
  const settle = createSettle(db, onOutcome);
  const senders = createSenderPool(
    db,
    log,
    connections,
    { allowPrivate, agent, timeoutMs: TIMEOUT_MS, enquireEveryMs: ENQUIRE_EVERY_MS },
    (brandId, channel, receipt) => settle.receipt({ brandId, channel }, receipt),
  );
  const dispatcher = createDispatcher(
    platform,
    { senders, settle, unsubscribeUrl: links.url },
    { ...TIMING, ...timing },
    () => ticker.nudge('send messages'),
  );
  const preparing = { brands, unsubscribeUrl: links.url };
  const hub = createHub(platform);
  const claims = createClaims(db, properties, onOutcome, toldInTurn(actionListeners));

  mountConnections(platform, connections, senders);
  mountReceipts(platform, connections, settle);
  mountBrowser(platform, { brands, events, connections, hub, claims, links });
  mountMessages(platform, createResend(db, preparing));
  ticker.every('send messages', SEND_EVERY_MS, () => dispatcher.send());
  ticker.every('expire messages', EXPIRE_EVERY_MS, () => settle.expired(EXPIRED_AT_ONCE));
  ticker.everyHere('refresh channels', REFRESH_EVERY_MS, async () => {
    await senders.refresh();
    return false;
  });
  ticker.every('clean after messages', CLEAN_EVERY_MS, async () => {
    const more = [
      await deleteOldSignals(db, CLEANED_AT_ONCE),
      (await deleteOldReferences(db, CLEANED_AT_ONCE)) === CLEANED_AT_ONCE,
      await deleteOldMessages(db, config.messageRetentionDays),
      await deleteOldCounters(db),
    ];
    return more.includes(true);
  });

  return {
    prepare: (tx, brandId, requests, compose) => prepare(preparing, tx, brandId, requests, compose),
    onOutcome: (listener) => {
      outcomeListeners.push(listener);
    },
    onAction: (listener) => {
      actionListeners.push(listener);
    },
    mailStaff: createStaffMail(senders),
    drain: hub.drain,
    settle: dispatcher.settle,
    async close() {
      await dispatcher.settle();
      await senders.close();
      await agent.destroy();
    },
  };
}

/** All listeners one after another. @param listeners read at each call, so that features made later may add theirs. */
const toldInTurn =
  <T>(listeners: readonly ((tx: Queryable, told: readonly T[]) => Promise<readonly NewEvent[]>)[]) =>
  async (tx: Queryable, told: readonly T[]): Promise<readonly NewEvent[]> => {
    const published: NewEvent[] = [];
    for (const listener of listeners) published.push(...(await listener(tx, told)));
    return published;
  };
