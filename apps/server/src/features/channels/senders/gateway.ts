import type { GatewayReceipts } from '@promosmith/contract';
import { type RenderedSms, renderTemplate, scopeOf } from '@promosmith/core/content';
import { type Agent, request } from 'undici';
import { parseRetryAfter } from '../../../platform/outbound/backoff.ts';
import { failed, later, type Outgoing, type Sender, type SendResult, sent } from './sender.ts';

/** An SMS gateway that is spoken to by HTTP. */
export interface GatewaySettings {
  readonly url: string;
  readonly method: 'POST' | 'PUT';
  readonly contentType: string;
  /** Secrets, most of them. */
  readonly headers: Readonly<Record<string, string>>;
  /** Liquid that makes JSON, with `message.to`, `message.text` and `message.id`. */
  readonly body: string;
  readonly success: {
    readonly statuses: readonly number[];
    readonly field: string | null;
    readonly equals: string | null;
    readonly reference: string | null;
  };
  readonly receipts: GatewayReceipts | null;
}

export interface GatewayOptions {
  readonly agent: Agent;
  readonly timeoutMs: number;
}

const DEFAULT_PATIENCE_MS = 10_000;
const DETAIL_CHARACTERS = 300;

/** SMS through a gateway's own HTTP interface. The message's id goes as `Idempotency-Key`, too. */
export function createGatewaySender(settings: GatewaySettings, options: GatewayOptions): Sender<RenderedSms> {
  return {
    async send({ messageId, content, addresses }: Outgoing<RenderedSms>) {
      const to = addresses[0]?.address;
      if (to === undefined) return failed('no number', true);
      const body = gatewayBody(settings.body, { to, text: content.text, id: messageId });
      if (!body.ok) return failed(`the body cannot be made: ${body.problem.message}`, false);
      try {
        const answer = await request(settings.url, {
          dispatcher: options.agent,
          method: settings.method,
          headers: {
            ...settings.headers,
            'content-type': settings.contentType,
            'idempotency-key': messageId,
          },
          body: body.text,
          signal: AbortSignal.timeout(options.timeoutMs),
        });
        const retryAfter = parseRetryAfter(String(answer.headers['retry-after'] ?? ''), Date.now());
        return resultOf(settings, messageId, answer.statusCode, await answer.body.text(), retryAfter);
      } catch (error) {
        return failed(error instanceof Error ? error.message : String(error), false);
      }
    },
    async close() {},
  };
}

/** The body for one message, with each value escaped for where it stands. */
export const gatewayBody = (template: string, message: { to: string; text: string; id: string }) =>
  renderTemplate(template, 'json', scopeOf({ message }), NO_FORMAT);

/** A body has no player who would read it. */
const NO_FORMAT = { locale: 'en', timeZone: 'UTC', currencies: new Map(), currency: 'EUR' } as const;

function resultOf(
  { success, receipts }: GatewaySettings,
  messageId: string,
  status: number,
  text: string,
  retryAfterMs: number | null,
): SendResult {
  const said = `answered ${status}: ${text.slice(0, DETAIL_CHARACTERS)}`;
  if (status === 429 || (status === 503 && retryAfterMs !== null))
    return later(said, retryAfterMs ?? DEFAULT_PATIENCE_MS);
  if (!success.statuses.includes(status))
    return failed(said, status >= 400 && status < 500 && status !== 408);
  const fields = fieldsOf(text);
  if (success.field !== null && String(fields[success.field]) !== success.equals) return failed(said, true);
  // A gateway without ids of its own tells by ours.
  const own = receipts === null ? undefined : messageId;
  const reference = success.reference === null ? own : fields[success.reference];
  return reference === undefined ? sent() : sent(String(reference));
}

function fieldsOf(text: string): Record<string, unknown> {
  try {
    const answer: unknown = JSON.parse(text);
    return typeof answer === 'object' && answer !== null ? { ...answer } : {};
  } catch {
    return {};
  }
}
