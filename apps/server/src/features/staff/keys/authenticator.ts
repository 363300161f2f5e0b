import type { Permission } from '@promosmith/contract';
import type { Database } from '../../../platform/db.ts';
import { createFreshCache } from '../../../platform/fresh-cache.ts';
import type { Caller } from '../../../platform/http/context.ts';
import type { Ticker } from '../../../platform/ticker.ts';
import { keyHash, looksLikeKey } from './secret.ts';
import { findKeyInForce, type KeyHolder, noteKeyUse } from './store.ts';

const MAX_AGE_MS = 1000;
const CAPACITY = 10_000;
const NOTE_USE_EVERY_MS = 10_000;

export interface KeyAuthenticator {
  /** @returns undefined for a key that is unknown, revoked or expired. */
  callerOf(secret: string): Promise<Caller | undefined>;
  /** After a change to the key of this hash. */
  forget(hash: string): void;
}

/**
 * Costs a request one SHA-256; PostgreSQL is asked once a second and key. So a revoked key is refused at once by the
 * process that revoked it, and within a second by the others.
 */
export function createKeyAuthenticator(db: Database, ticker: Ticker): KeyAuthenticator {
  const used = new Set<string>();
  const callers = createFreshCache({
    maxAgeMs: MAX_AGE_MS,
    capacity: CAPACITY,
    async load(hash): Promise<Caller | undefined> {
      const holder = await findKeyInForce(db, Buffer.from(hash, 'base64'));
      if (!holder) return undefined;
      used.add(holder.keyId);
      return callerOf(holder);
    },
  });

  ticker.everyHere('api key use', NOTE_USE_EVERY_MS, async () => {
    if (used.size === 0) return false;
    const keyIds = [...used];
    used.clear();
    await noteKeyUse(db, keyIds);
    return false;
  });

  return {
    callerOf: async (secret) => (looksLikeKey(secret) ? callers.get(keyHash(secret)) : undefined),
    forget: callers.forget,
  };
}

const NOTHING: ReadonlySet<Permission> = new Set();

function callerOf({ keyId, brandId, brandSlug, name, kind, scopes }: KeyHolder): Caller {
  const isSecret = kind === 'secret';
  return {
    brandId,
    brandSlug,
    actor: { kind: isSecret ? 'api_key' : 'anonymous', id: keyId, name },
    permissions: isSecret ? new Set(scopes) : NOTHING,
  };
}
