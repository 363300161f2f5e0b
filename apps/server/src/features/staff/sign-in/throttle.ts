import type { Result } from '@promosmith/core';
import ipaddr from 'ipaddr.js';
import type { Database } from '../../../platform/db.ts';
import type { Secrets } from '../../../platform/secrets.ts';
import { countFailure, forgiveFailures } from './store.ts';

const WINDOW_SECONDS = 900;

/** Most wrong passwords in a quarter of an hour. An account's own limit is wide, so that nobody can lock its holder out cheaply. */
const MOST = { pair: 5, address: 50, account: 30 };

export interface SignInThrottle {
  /**
   * Runs `check` unless the account or address has failed too often. The attempt is counted before it is checked, so
   * that attempts made at once do not slip through; one that succeeds is not held against anybody.
   * @param account what is guessed at: an e-mail address or staff id.
   * @param ip address of the client.
   */
  attempt<T>(account: string, ip: string, check: () => Promise<Result<T>>): Promise<Result<T>>;
}

/** Counts in PostgreSQL, so that all processes hold to one limit. Keys are hashed: the table tells nobody's address. */
export function createSignInThrottle(db: Database, secrets: Secrets): SignInThrottle {
  const keyOf = (kind: string, text: string) =>
    `${kind}:${secrets.mac('sign-in throttle', text.toLowerCase()).toString('base64url')}`;

  /** @returns seconds to wait, 0 when within the limit. */
  async function count(key: string, most: number): Promise<number> {
    const { failures, wait } = await countFailure(db, key, WINDOW_SECONDS);
    return failures > most ? Math.max(1, wait) : 0;
  }

  return {
    async attempt(account, ip, check) {
      const network = networkOf(ip);
      const address = keyOf('address', network);
      const pair = keyOf('pair', `${account} ${network}`);
      const ofAccount = keyOf('account', account);
      const waits = [
        await count(address, MOST.address),
        await count(pair, MOST.pair),
        await count(ofAccount, MOST.account),
      ];
      const retryAfterSeconds = Math.max(...waits);
      if (retryAfterSeconds > 0) return tooMany(retryAfterSeconds);
      const result = await check();
      // An address keeps its failures: many people may be behind it, and one of them may be guessing.
      if (result.ok) await forgiveFailures(db, address, [pair, ofAccount]);
      return result;
    },
  };
}

/** An IPv6 customer has 2^64 addresses to guess from, so their network counts as one. */
function networkOf(ip: string): string {
  const address = ipaddr.process(ip);
  return address.kind() === 'ipv6' ? address.toNormalizedString().split(':').slice(0, 4).join(':') : ip;
}

const tooMany = (retryAfterSeconds: number): Result<never> => {
  const refusal = {
    key: 'rate_limited',
    message: 'Too many attempts. Wait, and try again.',
    retryAfterSeconds,
  };
  return { ok: false, refusal };
};
