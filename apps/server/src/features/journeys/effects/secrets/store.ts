import type { Queryable } from '../../../../platform/db.ts';

/** A secret without its value. */
export interface SecretHead {
  readonly name: string;
  /** Where it may be sent; null: to any host. */
  readonly hosts: readonly string[] | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

export interface StoredSecret extends SecretHead {
  /** Encrypted. */
  readonly value: Buffer;
}

const HEAD = 'name, hosts, created_at as "createdAt", updated_at as "updatedAt"';

export async function listSecrets(db: Queryable, brandId: string): Promise<SecretHead[]> {
  const { rows } = await db.query<SecretHead>(
    `select ${HEAD} from journey_secrets where brand_id = $1 order by name`,
    [brandId],
  );
  return rows;
}

export async function findSecrets(
  db: Queryable,
  brandId: string,
  names: readonly string[],
): Promise<StoredSecret[]> {
  if (names.length === 0) return [];
  const { rows } = await db.query<StoredSecret>(
    `select ${HEAD}, value from journey_secrets where brand_id = $1 and name = any($2::text[]) order by name`,
    [brandId, names],
  );
  return rows;
}

/**
 * Keeps secrets from being deleted until the transaction ends: whoever publishes what names them does this.
 * @returns the names that there are no secrets of.
 */
export async function holdSecrets(
  tx: Queryable,
  brandId: string,
  names: readonly string[],
): Promise<string[]> {
  const { rows } = await tx.query<{ name: string }>(
    `select name from journey_secrets where brand_id = $1 and name = any($2::text[]) order by name for share`,
    [brandId, names],
  );
  const held = new Set(rows.map(({ name }) => name));
  return names.filter((name) => !held.has(name));
}

/** @returns the secret as it is now, and whether it is new. */
export async function putSecret(
  tx: Queryable,
  brandId: string,
  { name, value, hosts }: Pick<StoredSecret, 'name' | 'value' | 'hosts'>,
): Promise<SecretHead & { readonly isNew: boolean }> {
  const { rows } = await tx.query<SecretHead & { isNew: boolean }>(
    `insert into journey_secrets as s (brand_id, name, value, hosts) values ($1, $2, $3, $4)
     on conflict (brand_id, name) do update set value = excluded.value, hosts = excluded.hosts, updated_at = now()
     returning ${HEAD}, created_at = updated_at as "isNew"`,
    [brandId, name, value, hosts],
  );
  const [put] = rows;
  if (!put) throw new Error(`secret ${name} was not stored`);
  return put;
}

/** @returns whether there was one. */
export async function deleteSecret(tx: Queryable, brandId: string, name: string): Promise<boolean> {
  const { rowCount } = await tx.query('delete from journey_secrets where brand_id = $1 and name = $2', [
    brandId,
    name,
  ]);
  return rowCount === 1;
}

/** A published version that somebody may still walk. */
export interface LiveVersion {
  readonly journeyId: string;
  readonly name: string;
  readonly version: number;
  readonly definition: unknown;
}

/** Versions that players enter or are in, whose definitions hold a text. */
export async function findLiveVersions(tx: Queryable, brandId: string, text: string): Promise<LiveVersion[]> {
  const { rows } = await tx.query<LiveVersion>(
    `select j.journey_id as "journeyId", j.name, v.version, v.definition
     from journeys as j join journey_versions as v on v.brand_id = j.brand_id and v.journey_id = j.journey_id
     where j.brand_id = $1 and position($2 in v.definition::text) > 0
       and ((j.status in ('active', 'paused') and v.version = j.version) or exists (
         select from journey_enrolments as e
         where e.journey_id = v.journey_id and e.version = v.version and e.status = 'active'))
     order by j.journey_id, v.version`,
    [brandId, text],
  );
  return rows;
}

/** What webhooks of a brand are signed with, encrypted: the one in force and the one before, while it is good. */
export async function findSigningSecrets(db: Queryable, brandId: string): Promise<Buffer[]> {
  const { rows } = await db.query<{ secret: Buffer; previous: Buffer | null }>(
    `select secret, case when previous_until > now() then previous end as previous
     from journey_signing_secrets where brand_id = $1`,
    [brandId],
  );
  return rows.flatMap(({ secret, previous }) => (previous ? [secret, previous] : [secret]));
}

/** Puts a signing secret in force; the one before stays good for a while. @returns until when; null: there was none. */
export async function replaceSigningSecret(
  tx: Queryable,
  brandId: string,
  secret: Buffer,
  overlapSeconds: number,
): Promise<Date | null> {
  const { rows } = await tx.query<{ until: Date | null }>(
    `insert into journey_signing_secrets as s (brand_id, secret) values ($1, $2)
     on conflict (brand_id) do update set secret = excluded.secret, previous = s.secret,
       previous_until = now() + $3 * interval '1 second', created_at = now()
     returning previous_until as until`,
    [brandId, secret, overlapSeconds],
  );
  return rows[0]?.until ?? null;
}
