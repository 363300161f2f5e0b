import type { ProviderShape } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

/** A provider as it is stored. */
export interface ProviderRow {
  readonly name: string;
  readonly shape: ProviderShape;
  readonly baseUrl: string;
  readonly accountId: string;
  /** Encrypted, as is the one before, which is null once its time is over. */
  readonly secret: Buffer;
  readonly previousSecret: Buffer | null;
  readonly previousSecretUntil: Date | null;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `name, shape, base_url as "baseUrl", account_id as "accountId", secret,
  case when previous_secret_until > now() then previous_secret end as "previousSecret",
  case when previous_secret_until > now() then previous_secret_until end as "previousSecretUntil",
  created_at as "createdAt", updated_at as "updatedAt"`;

export async function findProvider(
  db: Queryable,
  brandId: string,
  name: string,
): Promise<ProviderRow | undefined> {
  const { rows } = await db.query<ProviderRow>(
    `select ${COLUMNS} from free_round_providers where brand_id = $1 and name = $2`,
    [brandId, name],
  );
  return rows[0];
}

export async function lockProvider(
  tx: Queryable,
  brandId: string,
  name: string,
): Promise<ProviderRow | undefined> {
  const { rows } = await tx.query<ProviderRow>(
    `select ${COLUMNS} from free_round_providers where brand_id = $1 and name = $2 for update`,
    [brandId, name],
  );
  return rows[0];
}

/** @param after name of the last provider of the page before. */
export async function listProviders(
  db: Queryable,
  brandId: string,
  after: string | undefined,
  atMost: number,
): Promise<ProviderRow[]> {
  const { rows } = await db.query<ProviderRow>(
    `select ${COLUMNS} from free_round_providers where brand_id = $1 and ($2::text is null or name > $2)
     order by name limit $3`,
    [brandId, after ?? null, atMost],
  );
  return rows;
}

/**
 * Makes the provider, or replaces what is known of it.
 * @param overlapSeconds how long the secret in force is still good; null where it stays.
 */
export async function saveProvider(
  tx: Queryable,
  brandId: string,
  provider: Pick<ProviderRow, 'name' | 'shape' | 'baseUrl' | 'accountId' | 'secret'>,
  overlapSeconds: number | null,
): Promise<ProviderRow> {
  const { rows } = await tx.query<ProviderRow>(
    `insert into free_round_providers as p (brand_id, name, shape, base_url, account_id, secret)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (brand_id, name) do update set shape = excluded.shape, base_url = excluded.base_url,
       account_id = excluded.account_id, secret = excluded.secret,
       previous_secret = case when $7::int is null then p.previous_secret else p.secret end,
       previous_secret_until = case when $7::int is null then p.previous_secret_until
         else now() + $7::int * interval '1 second' end,
       updated_at = now()
     returning ${COLUMNS}`,
    [
      brandId,
      provider.name,
      provider.shape,
      provider.baseUrl,
      provider.accountId,
      provider.secret,
      overlapSeconds,
    ],
  );
  const [saved] = rows;
  if (!saved) throw new Error(`provider ${provider.name} was not stored`);
  return saved;
}

export async function deleteProvider(tx: Queryable, brandId: string, name: string): Promise<void> {
  await tx.query('delete from free_round_providers where brand_id = $1 and name = $2', [brandId, name]);
}

/** Whether spins are ordered there that are not over. */
export async function isInUse(tx: Queryable, brandId: string, name: string): Promise<boolean> {
  const { rows } = await tx.query(
    `select from free_spin_packages where brand_id = $1 and provider = $2 and state in ('pending', 'issued', 'playing') limit 1`,
    [brandId, name],
  );
  return rows.length > 0;
}
