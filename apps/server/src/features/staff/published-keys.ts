import { createRemoteJWKSet, customFetch, type RemoteJWKSet } from 'jose';
import { fetch } from 'undici';
import { createAgent } from '../../platform/outbound/agent.ts';

const TIMEOUT_MS = 3000;
const LARGEST_SET_BYTES = 256 * 1024;

/** Key sets (JWKS) that platforms publish: fetched when first needed, again every ten minutes, and for an unknown key id. */
export interface PublishedKeys {
  of(brandId: string, url: string): RemoteJWKSet;
}

/** @param allowPrivate whether a platform may publish its keys at a private address. */
export function createPublishedKeys(allowPrivate: boolean): PublishedKeys {
  const dispatcher = createAgent({
    allowPrivate,
    connectTimeoutMs: TIMEOUT_MS,
    largestAnswerBytes: LARGEST_SET_BYTES,
  });
  const sets = new Map<string, { url: string; keys: RemoteJWKSet }>();

  return {
    of(brandId, url) {
      const known = sets.get(brandId);
      if (known?.url === url) return known.keys;
      const keys = createRemoteJWKSet(new URL(url), {
        timeoutDuration: TIMEOUT_MS,
        async [customFetch](target, { signal }) {
          const response = await fetch(target, { signal, redirect: 'manual', dispatcher });
          return new Response(await response.text(), { status: response.status });
        },
      });
      sets.set(brandId, { url, keys });
      return keys;
    },
  };
}
