import { randomBytes } from 'node:crypto';
import { type Client, ProblemError } from '@promosmith/client';
import type { Store } from '../store.ts';

/** What the two sides have agreed on. */
export interface Connection {
  /** Slug of our brand. */
  brand: string;
  /** Signs player tokens. */
  tokenSecret: string;
  /** Signs what Promosmith sends to our webhook. */
  webhookSecret: string;
  /** The free spins of our game studio: what both sides sign with, and where their end is told. */
  studio: { secret: string; callbackUrl: string };
}

export const WEBHOOK_PATH = '/promosmith/webhook';
export const STUDIO_PATH = '/studio';
/** What campaigns call the studio that our slot comes from. */
export const STUDIO_NAME = 'demo-games';

const secret = (): string => randomBytes(32).toString('hex');

/**
 * Sets our side of Promosmith up: how player tokens are signed, where webhooks go, where free spins are ordered. A
 * person does this once, on the screens or with the API; the demo does it at every start, and nothing changes the second
 * time.
 * @param url base URL of this casino, as Promosmith reaches it.
 */
export async function connect(promosmith: Client, store: Store, url: string): Promise<Connection> {
  const tokenSecret = store.kept('token_secret', secret);
  const studioSecret = store.kept('studio_secret', secret);
  const { slug } = await promosmith.setPlayerTokens({
    body: { playerTokens: { kind: 'hs256', secrets: [tokenSecret] } },
  });
  const { callbackUrl } = await promosmith.putFreeRoundProvider({
    params: { provider: STUDIO_NAME },
    body: { shape: 'hmac256', baseUrl: `${url}${STUDIO_PATH}`, accountId: slug, secret: studioSecret },
  });
  const webhookSecret = await webhook(promosmith, store, `${url}${WEBHOOK_PATH}`);
  return { brand: slug, tokenSecret, webhookSecret, studio: { secret: studioSecret, callbackUrl } };
}

/** The secret of an endpoint is shown once, when it is made: it is kept here. */
async function webhook(promosmith: Client, store: Store, url: string): Promise<string> {
  const [webhookId, kept] = [store.setting('webhook_id'), store.setting('webhook_secret')];
  if (webhookId && kept) {
    try {
      await promosmith.updateWebhook({ params: { webhookId }, body: { url, enabled: true } });
      return kept;
    } catch (error) {
      if (!(error instanceof ProblemError && error.key === 'not_found')) throw error;
    }
  }
  const made = await promosmith.createWebhook({ body: { url, description: 'Demo casino' } });
  store.together(() => {
    store.keep('webhook_id', made.webhookId);
    store.keep('webhook_secret', made.secret);
  });
  return made.secret;
}
