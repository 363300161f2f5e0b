import { ReceivedEvent } from '@promosmith/contract';
import { Webhook, WebhookVerificationError } from 'standardwebhooks';

export { WebhookVerificationError };

/** Headers as a server framework gives them: Fetch `Headers`, or Node's plain object. */
export type ReceivedHeaders = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/**
 * Checks that a webhook comes from Promosmith, and returns its event. A message can come twice: remember `id`, which is
 * also the `webhook-id` header. Messages can come out of order: `sequence` sorts them as text.
 *
 * @param body the bytes or text exactly as received. JSON that was parsed and written again does not verify.
 * @param secret the endpoint's `whsec_…`. While it is being rotated, messages verify with the old and the new one.
 * @throws WebhookVerificationError when the signature is wrong or missing, or the message is older than five minutes.
 *
 * @example
 * app.post('/promosmith', express.raw({ type: '*\/*' }), (request, response) => {
 *   const event = verifyWebhook(request.body, request.headers, process.env.PROMOSMITH_WEBHOOK_SECRET);
 *   response.sendStatus(204);
 * });
 */
export function verifyWebhook(
  body: string | Uint8Array,
  headers: ReceivedHeaders,
  secret: string,
): ReceivedEvent {
  const text = typeof body === 'string' ? body : new TextDecoder().decode(body);
  const signed = {
    'webhook-id': headerOf(headers, 'webhook-id'),
    'webhook-timestamp': headerOf(headers, 'webhook-timestamp'),
    'webhook-signature': headerOf(headers, 'webhook-signature'),
  };
  const event = ReceivedEvent.safeParse(new Webhook(secret).verify(text, signed));
  if (!event.success) throw new WebhookVerificationError('The message is signed, but is no event');
  return event.data;
}

function headerOf(headers: ReceivedHeaders, name: string): string {
  if (headers instanceof Headers) return headers.get(name) ?? '';
  const value = Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1];
  return (typeof value === 'string' ? value : value?.[0]) ?? '';
}
