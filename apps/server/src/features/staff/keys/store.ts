import type { Actor, ApiKey, ApiKeyKind, Permission } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

interface KeyRow {
  key_id: string;
  name: string;
  kind: ApiKeyKind;
  scopes: Permission[];
  hint: string;
  created_by: Actor;
  replaced_by: string | null;
  created_at: Date;
  expires_at: Date | null;
  revoked_at: Date | null;
  last_used_at: Date | null;
}

const COLUMNS =
  'key_id, name, kind, scopes, hint, created_by, replaced_by, created_at, expires_at, revoked_at, last_used_at';
const IN_FORCE = 'revoked_at is null and (expires_at is null or expires_at > now())';

const keyOf = (row: KeyRow): ApiKey => ({
  keyId: row.key_id,
  name: row.name,
  kind: row.kind,
  scopes: row.scopes,
  hint: row.hint,
  createdBy: row.created_by,
  replacedBy: row.replaced_by,
  createdAt: row.created_at.toISOString(),
  expiresAt: row.expires_at?.toISOString() ?? null,
  revokedAt: row.revoked_at?.toISOString() ?? null,
  lastUsedAt: row.last_used_at?.toISOString() ?? null,
});

export interface NewKey {
  keyId: string;
  brandId: string;
  name: string;
  kind: ApiKeyKind;
  scopes: readonly Permission[];
  hash: Buffer;
  hint: string;
  principal: string;
  createdBy: Actor;
  expiresAt: string | null;
}

export async function insertKey(tx: Queryable, key: NewKey): Promise<ApiKey> {
  const { rows } = await tx.query<KeyRow>(
    `insert into api_keys (key_id, brand_id, name, kind, scopes, hash, hint, principal, created_by, expires_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) returning ${COLUMNS}`,
    [
      key.keyId,
      key.brandId,
      key.name,
      key.kind,
      key.scopes,
      key.hash,
      key.hint,
      key.principal,
      JSON.stringify(key.createdBy),
      key.expiresAt,
    ],
  );
  return keyOf(rows[0]!);
}

/** What a request that carries the key needs to know. */
export interface KeyHolder {
  keyId: string;
  brandId: string;
  brandSlug: string;
  name: string;
  kind: ApiKeyKind;
  scopes: Permission[];
}

/** @returns undefined for a key that is unknown, revoked or expired. */
export async function findKeyInForce(db: Queryable, hash: Buffer): Promise<KeyHolder | undefined> {
  const { rows } = await db.query<KeyHolder>(
    `select key_id as "keyId", brand_id as "brandId", slug as "brandSlug", api_keys.name, kind, scopes
     from api_keys join brands using (brand_id)
     where hash = $1 and ${IN_FORCE}`,
    [hash],
  );
  return rows[0];
}

export async function findKey(
  db: Queryable,
  brandId: string,
  keyId: string,
): Promise<{ key: ApiKey; hash: Buffer } | undefined> {
  const { rows } = await db.query<KeyRow & { hash: Buffer }>(
    `select ${COLUMNS}, hash from api_keys where brand_id = $1 and key_id = $2`,
    [brandId, keyId],
  );
  return rows[0] && { key: keyOf(rows[0]), hash: rows[0].hash };
}

/** @param before the last key of the page before. */
export async function listKeys(
  db: Queryable,
  brandId: string,
  before: string | undefined,
  limit: number,
): Promise<ApiKey[]> {
  const { rows } = await db.query<KeyRow>(
    `select ${COLUMNS} from api_keys
     where brand_id = $1 and ($2::uuid is null or key_id < $2) order by key_id desc limit $3`,
    [brandId, before ?? null, limit],
  );
  return rows.map(keyOf);
}

export async function renameKey(
  tx: Queryable,
  brandId: string,
  keyId: string,
  name: string,
): Promise<ApiKey | undefined> {
  const { rows } = await tx.query<KeyRow>(
    `update api_keys set name = $3 where brand_id = $1 and key_id = $2 returning ${COLUMNS}`,
    [brandId, keyId, name],
  );
  return rows[0] && keyOf(rows[0]);
}

/** @returns undefined when it is revoked already. */
export async function revokeKey(tx: Queryable, brandId: string, keyId: string): Promise<ApiKey | undefined> {
  const { rows } = await tx.query<KeyRow>(
    `update api_keys set revoked_at = now()
     where brand_id = $1 and key_id = $2 and revoked_at is null returning ${COLUMNS}`,
    [brandId, keyId],
  );
  return rows[0] && keyOf(rows[0]);
}

/**
 * Ends the old key's life after the overlap. A key can be replaced once, so two who rotate at once make one new key.
 * @returns the instant the new key expires: it lives as long as the old one was given. Undefined when the old key is no
 * longer in force or was replaced already.
 */
export async function replaceKey(
  tx: Queryable,
  brandId: string,
  keyId: string,
  replacement: { keyId: string; overlapSeconds: number },
): Promise<{ expiresAt: string | null } | undefined> {
  const { rows } = await tx.query<{ expires_at: Date | null }>(
    `with old as (
       select key_id, expires_at - created_at as lifetime from api_keys
       where brand_id = $1 and key_id = $2 and replaced_by is null and ${IN_FORCE}
       for update
     )
     update api_keys set replaced_by = $3, expires_at = least(expires_at, now() + make_interval(secs => $4))
     from old where api_keys.key_id = old.key_id
     returning now() + old.lifetime as expires_at`,
    [brandId, keyId, replacement.keyId, replacement.overlapSeconds],
  );
  return rows[0] && { expiresAt: rows[0].expires_at?.toISOString() ?? null };
}

export async function findPrincipal(db: Queryable, keyId: string): Promise<string | undefined> {
  const { rows } = await db.query<{ principal: string }>('select principal from api_keys where key_id = $1', [
    keyId,
  ]);
  return rows[0]?.principal;
}

/** To the minute: a busy key must not write a row per request. */
export async function noteKeyUse(db: Queryable, keyIds: readonly string[]): Promise<void> {
  await db.query(
    `update api_keys set last_used_at = now()
     where key_id = any($1::uuid[]) and (last_used_at is null or last_used_at < now() - interval '1 minute')`,
    [keyIds],
  );
}
