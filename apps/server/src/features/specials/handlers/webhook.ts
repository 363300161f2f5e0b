import { SpecialEndpointName, type SpecialMessage } from '@promosmith/contract';
import type { Agent } from 'undici';
import { z } from 'zod';
import { attempt } from '../../../platform/outbound/attempt.ts';
import { signedHeaders } from '../../../platform/outbound/signing.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { DeliveryOutcome } from '../../bonuses/index.ts';
import { findEndpoint } from '../endpoints/store.ts';
import type { SpecialHandler } from './handler.ts';

const TIMEOUT_MS = 10_000;
const REFUSED_FOR_GOOD = 422;

const Payload = z.strictObject({
  endpoint: SpecialEndpointName.describe('One of GET /v1/special-endpoints'),
  data: z.record(z.string().max(64), z.json()).default({}).describe('Sent along as it is'),
});
type Payload = z.infer<typeof Payload>;

/** An endpoint of the operator is told of the bonus, such as a physical gift to be sent. */
export const webhook = (
  { db, secrets }: Pick<Platform, 'db' | 'secrets'>,
  agent: Agent,
): SpecialHandler<Payload> => ({
  name: 'webhook',
  description:
    'Tells an endpoint of yours, signed by Standard Webhooks: a physical gift, a call, anything else.',
  payload: Payload,
  delivered: 'completed',

  async lacking(tx, brandId, { endpoint }) {
    if (await findEndpoint(tx, brandId, endpoint)) return [];
    return [
      {
        field: 'endpoint',
        reason: `there is no endpoint "${endpoint}"`,
        fix: `add it with PUT /v1/special-endpoints/${endpoint}`,
      },
    ];
  },

  async deliver(operation, bonus, { endpoint: name, data }): Promise<DeliveryOutcome> {
    const { brandId, grantId, campaignId, expiresAt } = bonus;
    const endpoint = await findEndpoint(db, brandId, name);
    if (!endpoint) return { kind: 'failed', error: `there is no endpoint "${name}"` };
    const message: SpecialMessage = {
      type: `special.${operation}`,
      grantId,
      player: bonus.playerExternalId,
      campaignId,
      expiresAt: expiresAt?.toISOString() ?? null,
      data,
    };
    const body = JSON.stringify(message);
    const keys = [endpoint.secret, endpoint.previousSecret].flatMap((key) =>
      key ? [secrets.decrypt(key)] : [],
    );
    const headers = signedHeaders(keys, `${grantId}.${operation}`, new Date(), body);
    const { delivered, status, error, response, retryAfterMs } = await attempt(
      agent,
      endpoint.url,
      headers,
      body,
      TIMEOUT_MS,
    );
    if (delivered) return { kind: 'delivered', response: { status, body: response } };
    if (status === REFUSED_FOR_GOOD)
      return { kind: 'refused', reason: 'the endpoint refused it', response: { status, body: response } };
    return {
      kind: 'failed',
      error: error ?? 'no answer',
      response: { status, body: response },
      retryAfterMs,
    };
  },
});
