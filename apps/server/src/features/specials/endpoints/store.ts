import type { SpecialEndpoint } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

/** Where special bonuses are told of. Secrets are encrypted; the previous one is null once its time is over. */
export interface Endpoint {
  readonly name: string;
  readonly url: string;
  readonly secret: Buffer;
  readonly previousSecret: Buffer | null;
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `name, url, secret,
  case when previous_secret_until > now() then previous_secret end as "previousSecret",
  case when previous_secret_until > now() then previous_secret_until end as "previousSecretUntil",
  created_at as "createdAt", updated_at as "updatedAt"`;

export const viewOf = (endpoint: Endpoint): SpecialEndpoint => ({
  name: endpoint.name,
  url: endpoint.url,
  previousSecretUntil: endpoint.previousSecretUntil?.toISOString() ?? null,
  createdAt: endpoint.createdAt.toISOString(),
  updatedAt: endpoint.updatedAt.toISOString(),
});

export async function listEndpoints(db: Queryable, brandId: string): Promise<Endpoint[]> {
  const { rows } = await db.query<Endpoint>(
    `select ${COLUMNS} from special_endpoints where brand_id = $1 order by name`,
    [brandId],
  );
  return rows;
}

export async function findEndpoint(
  db: Queryable,
  brandId: string,
  name: string,
): Promise<Endpoint | undefined> {
  const { rows } = await db.query<Endpoint>(
    `select ${COLUMNS} from special_endpoints where brand_id = $1 and name = $2`,
    [brandId, name],
  );
  return rows[0];
}

/** Adds an endpoint, with the secret, or changes the URL of one that is there, which keeps its own. */
export async function putEndpoint(
  tx: Queryable,
  brandId: string,
  { name, url, secret }: Pick<Endpoint, 'name' | 'url' | 'secret'>,
): Promise<{ endpoint: Endpoint; created: boolean }> {
  const { rows } = await tx.query<Endpoint>(
    `insert into special_endpoints (brand_id, name, url, secret) values ($1, $2, $3, $4)
     on conflict (brand_id, name) do update set url = excluded.url, updated_at = now()
     returning ${COLUMNS}`,
    [brandId, name, url, secret],
  );
  const [endpoint] = rows;
  if (!endpoint) throw new Error(`special endpoint ${name} was not stored`);
  return { endpoint, created: endpoint.secret.equals(secret) };
}

/** The secret in force becomes the previous one, good for `overlapSeconds` more. */
export async function replaceSecret(
  tx: Queryable,
  brandId: string,
  name: string,
  secret: Buffer,
  overlapSeconds: number,
): Promise<Endpoint | undefined> {
  const { rows } = await tx.query<Endpoint>(
    `update special_endpoints set previous_secret = secret, secret = $3,
       previous_secret_until = now() + $4 * interval '1 second', updated_at = now()
     where brand_id = $1 and name = $2 returning ${COLUMNS}`,
    [brandId, name, secret, overlapSeconds],
  );
  return rows[0];
}

export async function deleteEndpoint(tx: Queryable, brandId: string, name: string): Promise<boolean> {
  const { rowCount } = await tx.query(`delete from special_endpoints where brand_id = $1 and name = $2`, [
    brandId,
    name,
  ]);
  return rowCount === 1;
}
