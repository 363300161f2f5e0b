import type { RenderedPush } from '@promosmith/core/content';
import { type Agent, request } from 'undici';
import webPush from 'web-push';
import { parseRetryAfter } from '../../../platform/outbound/backoff.ts';
import { type Address, failed, later, type Outgoing, type Sender, type SendResult } from './sender.ts';

/** An application server's key pair (RFC 8292), base64url. */
export interface VapidKeys {
  readonly publicKey: string;
  readonly privateKey: string;
}

export interface VapidSettings {
  /** Whom push services turn to: mailto: or https:. */
  readonly subject: string;
  /** The present pair first; then the one before, for browsers that subscribed with it. */
  readonly keys: readonly [VapidKeys, ...VapidKeys[]];
}

export interface PushOptions {
  /** Connects to public addresses only: endpoints come from browsers. */
  readonly agent: Agent;
  readonly timeoutMs: number;
}

/** Makes a key pair. */
export const newVapidKeys = (): VapidKeys => webPush.generateVAPIDKeys();

const GONE: ReadonlySet<number> = new Set([404, 410]);
const DEFAULT_PATIENCE_MS = 30_000;
const LONGEST_TTL_SECONDS = 28 * 86_400;
const DETAIL_CHARACTERS = 200;

/** Web push (RFC 8030, 8188, 8291, 8292) to all browsers of a player. It is sent when one of them gets it. */
export function createPushSender(settings: VapidSettings, options: PushOptions): Sender<RenderedPush> {
  async function sendTo(address: Address, message: Outgoing<RenderedPush>): Promise<SendResult> {
    const { keys } = address;
    const own = settings.keys.find(({ publicKey }) => publicKey === keys?.applicationServerKey);
    // It subscribed with a key that is no more: nothing we sign is taken there.
    if (!keys || !own) return failed('subscribed with a key that is no more', true, [address.address]);
    try {
      const { method, headers, body } = webPush.generateRequestDetails(
        { endpoint: address.address, keys },
        payloadOf(message),
        {
          vapidDetails: { subject: settings.subject, ...own },
          TTL: Math.min(message.ttlSeconds, LONGEST_TTL_SECONDS),
          contentEncoding: 'aes128gcm',
          // A message sent twice takes the place of itself: at most 32 symbols, as a UUID has without its dashes.
          topic: message.messageId.replaceAll('-', ''),
        },
      );
      const answer = await request(address.address, {
        dispatcher: options.agent,
        method: method as 'POST',
        headers: Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)])),
        body,
        signal: AbortSignal.timeout(options.timeoutMs),
      });
      const text = (await answer.body.text()).slice(0, DETAIL_CHARACTERS);
      return resultOf(address.address, answer.statusCode, answer.headers, text);
    } catch (error) {
      return failed(error instanceof Error ? error.message : String(error), false);
    }
  }

  return {
    async send(message) {
      const results = await Promise.all(message.addresses.map((address) => sendTo(address, message)));
      const gone = results.flatMap((result) => (result.kind === 'later' ? [] : (result.gone ?? [])));
      const best =
        results.find(({ kind }) => kind === 'sent') ??
        results.find(({ kind }) => kind === 'later') ??
        results.find((result) => result.kind === 'failed' && !result.final) ??
        results[0] ??
        failed('no browser', true);
      return best.kind === 'later' || gone.length === 0 ? best : { ...best, gone };
    },
    async close() {},
  };
}

function resultOf(
  endpoint: string,
  status: number,
  headers: Readonly<Record<string, string | string[] | undefined>>,
  text: string,
): SendResult {
  if (status >= 200 && status < 300)
    return { kind: 'sent', references: [String(headers.location ?? endpoint)] };
  const reason = `answered ${status}: ${text}`;
  if (GONE.has(status)) return failed(reason, true, [endpoint]);
  if (status === 429 || status === 503)
    return later(
      reason,
      parseRetryAfter(String(headers['retry-after'] ?? ''), Date.now()) ?? DEFAULT_PATIENCE_MS,
    );
  return failed(reason, status >= 400 && status < 500);
}

/** What the service worker shows. */
const payloadOf = ({ messageId, content }: Outgoing<RenderedPush>): string => {
  const { title, body, icon, url, locale, direction } = content;
  return JSON.stringify({ messageId, title, body, icon, url, lang: locale, dir: direction });
};
