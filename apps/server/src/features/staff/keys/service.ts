import {
  type Actor,
  type ApiKey,
  type ApiKeyKind,
  Id,
  type IssuedApiKey,
  type Permission,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { z } from 'zod';
import { type AuditEntry, audit } from '../../../platform/audit.ts';
import type { Database, Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { newId } from '../../../platform/ids.ts';
import type { KeyAuthenticator } from './authenticator.ts';
import { keyHash, keyHint, newKeySecret } from './secret.ts';
import * as store from './store.ts';

/** Who makes or changes a key. */
export interface KeyMaker {
  actor: Actor;
  /** What the maker may do, and so the most a key of theirs may. `all` for the command line. */
  permissions: ReadonlySet<Permission> | 'all';
  requestId?: string;
}

export interface NewApiKey {
  brandId: string;
  name: string;
  /** `secret` when left out. */
  kind?: ApiKeyKind;
  /** At least one for a secret key; none for a publishable one. */
  scopes: readonly Permission[];
  /** Instant, ISO 8601; never when left out. */
  expiresAt?: string | null;
}

type Page = { items: ApiKey[]; nextCursor: string | null };

export interface Keys {
  create(input: NewApiKey, maker: KeyMaker): Promise<Result<IssuedApiKey>>;
  list(brandId: string, query: { cursor?: string; limit: number }): Promise<Result<Page>>;
  get(brandId: string, keyId: string): Promise<Result<ApiKey>>;
  rename(brandId: string, keyId: string, name: string, maker: KeyMaker): Promise<Result<ApiKey>>;
  rotate(
    brandId: string,
    keyId: string,
    overlapSeconds: number,
    maker: KeyMaker,
  ): Promise<Result<IssuedApiKey>>;
  revoke(
    brandId: string,
    keyId: string,
    reason: string | undefined,
    maker: KeyMaker,
  ): Promise<Result<ApiKey>>;
  /**
   * Who answers for what the actor does: a member of staff, also through the keys they made. For a key that no person
   * made, the first of its line.
   */
  principalOf(db: Queryable, actor: Actor): Promise<string>;
}

const PageKey = z.tuple([Id]);
const notFound = () => refuse('not_found', 'There is no such API key.');

export function createKeys(db: Database, authenticator: KeyAuthenticator): Keys {
  async function principalOf(tx: Queryable, actor: Actor): Promise<string> {
    const found = actor.kind === 'api_key' ? await store.findPrincipal(tx, actor.id) : undefined;
    return found ?? `${actor.kind}/${actor.id}`;
  }

  async function issue(
    tx: Queryable,
    keyId: string,
    { brandId, name, kind = 'secret', scopes, expiresAt = null }: NewApiKey,
    maker: KeyMaker,
  ): Promise<IssuedApiKey> {
    const secret = newKeySecret(kind);
    const madeBySystem = maker.actor.kind === 'system';
    const key = await store.insertKey(tx, {
      keyId,
      brandId,
      name,
      kind,
      scopes,
      expiresAt,
      hash: Buffer.from(keyHash(secret), 'base64'),
      hint: keyHint(secret),
      principal: madeBySystem ? `api_key/${keyId}` : await principalOf(tx, maker.actor),
      createdBy: maker.actor,
    });
    return { ...key, secret };
  }

  const record = (
    tx: Queryable,
    maker: KeyMaker,
    entry: Pick<AuditEntry, 'brandId' | 'action' | 'targetId' | 'before' | 'after' | 'reason'>,
  ) => audit(tx, { actor: maker.actor, requestId: maker.requestId, targetKind: 'api_key', ...entry });

  return {
    principalOf,

    async create(input, maker) {
      const fit = checkInput(input, maker);
      if (!fit.ok) return fit;
      return db.transaction(async (tx) => {
        const { secret, ...key } = await issue(tx, newId(), input, maker);
        await record(tx, maker, {
          brandId: input.brandId,
          action: 'api_key.created',
          targetId: key.keyId,
          after: key,
        });
        return ok({ ...key, secret });
      });
    },

    async list(brandId, { cursor, limit }) {
      const before = decodeCursor(cursor, PageKey);
      if (!before.ok) return before;
      const rows = await store.listKeys(db, brandId, before.value?.[0], limit + 1);
      return ok(
        toPage(
          rows,
          limit,
          ({ keyId }) => [keyId],
          (key) => key,
        ),
      );
    },

    async get(brandId, keyId) {
      const found = await store.findKey(db, brandId, keyId);
      return found ? ok(found.key) : notFound();
    },

    rename: (brandId, keyId, name, maker) =>
      db.transaction(async (tx) => {
        const before = await store.findKey(tx, brandId, keyId);
        const after = before && (await store.renameKey(tx, brandId, keyId, name));
        if (!after) return notFound();
        await record(tx, maker, {
          brandId,
          action: 'api_key.renamed',
          targetId: keyId,
          before: before.key,
          after,
        });
        return ok(after);
      }),

    async rotate(brandId, keyId, overlapSeconds, maker) {
      const old = await store.findKey(db, brandId, keyId);
      if (!old) return notFound();
      const lacking = lackedScopes(old.key.scopes, maker);
      if (!lacking.ok) return lacking;
      const result = await db.transaction(async (tx) => {
        const newKeyId = newId();
        const replaced = await store.replaceKey(tx, brandId, keyId, { keyId: newKeyId, overlapSeconds });
        if (!replaced)
          return refuse('key_not_in_force', 'The key is revoked, expired or was rotated already.');
        const { name, kind, scopes } = old.key;
        const { secret, ...key } = await issue(
          tx,
          newKeyId,
          { brandId, name, kind, scopes, ...replaced },
          maker,
        );
        await record(tx, maker, {
          brandId,
          action: 'api_key.rotated',
          targetId: keyId,
          before: old.key,
          after: { replacedBy: key, overlapSeconds },
        });
        return ok({ ...key, secret });
      });
      authenticator.forget(old.hash.toString('base64'));
      return result;
    },

    async revoke(brandId, keyId, reason, maker) {
      const found = await store.findKey(db, brandId, keyId);
      if (!found) return notFound();
      const result = await db.transaction(async (tx) => {
        const after = await store.revokeKey(tx, brandId, keyId);
        if (!after) return ok(found.key);
        await record(tx, maker, {
          brandId,
          action: 'api_key.revoked',
          targetId: keyId,
          before: found.key,
          after,
          reason,
        });
        return ok(after);
      });
      authenticator.forget(found.hash.toString('base64'));
      return result;
    },
  };
}

function checkInput({ kind = 'secret', scopes }: NewApiKey, maker: KeyMaker): Result<undefined> {
  const wrong =
    kind === 'publishable' && scopes.length > 0
      ? 'a publishable key is for anybody to see and takes no scopes'
      : kind === 'secret' && scopes.length === 0
        ? 'name at least one scope'
        : undefined;
  if (wrong) return refuse('invalid_request', `scopes: ${wrong}`, [{ field: 'scopes', reason: wrong }]);
  return lackedScopes(scopes, maker);
}

function lackedScopes(scopes: readonly Permission[], { permissions }: KeyMaker): Result<undefined> {
  const lacking = permissions === 'all' ? [] : scopes.filter((scope) => !permissions.has(scope));
  if (lacking.length === 0) return ok(undefined);
  return refuse(
    'forbidden',
    'A key cannot do more than whoever makes it.',
    lacking.map((scope) => ({ field: 'scopes', reason: `you lack ${scope}` })),
  );
}
