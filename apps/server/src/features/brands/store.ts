import { BrandSettings, type PlayerTokens } from '@promosmith/contract';
import { createCurrencyTable } from '@promosmith/core/money';
import { type Queryable, sqlState } from '../../platform/db.ts';
import type { Brand, NewBrand } from './brand.ts';

const UNIQUE_VIOLATION = '23505';

interface BrandRow {
  brand_id: string;
  slug: string;
  name: string;
  time_zone: string;
  currency: string;
  settings: unknown;
  player_tokens: PlayerTokens | null;
  revision: number;
  created_at: Date;
  updated_at: Date;
}

const COLUMNS =
  'brand_id, slug, name, time_zone, currency, settings, player_tokens, revision, created_at, updated_at';

function brandOf(row: BrandRow): Brand {
  const settings = BrandSettings.parse(row.settings);
  const currencies = createCurrencyTable(settings.currencies);
  if (!currencies.ok) throw new Error(`brand ${row.slug}: ${currencies.refusal.message}`);
  return {
    brandId: row.brand_id,
    slug: row.slug,
    name: row.name,
    timeZone: row.time_zone,
    currency: row.currency,
    settings,
    currencies: currencies.value,
    playerTokens: row.player_tokens,
    revision: row.revision,
    createdAt: row.created_at.toISOString(),
    updatedAt: row.updated_at.toISOString(),
  };
}

/** @param by the column, and its value. */
export async function findBrand(
  db: Queryable,
  by: { brandId: string } | { slug: string },
): Promise<Brand | undefined> {
  const [column, value] = 'slug' in by ? ['slug', by.slug] : ['brand_id', by.brandId];
  const { rows } = await db.query<BrandRow>(`select ${COLUMNS} from brands where ${column} = $1`, [value]);
  return rows[0] && brandOf(rows[0]);
}

/** The currencies brands deal in unless something else is said, by brand. */
export async function findCurrencies(
  db: Queryable,
  brandIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const { rows } = await db.query<Pick<BrandRow, 'brand_id' | 'currency'>>(
    'select brand_id, currency from brands where brand_id = any($1::uuid[])',
    [brandIds],
  );
  return new Map(rows.map(({ brand_id, currency }) => [brand_id, currency]));
}

export async function lockBrand(tx: Queryable, brandId: string): Promise<Brand | undefined> {
  const { rows } = await tx.query<BrandRow>(`select ${COLUMNS} from brands where brand_id = $1 for update`, [
    brandId,
  ]);
  return rows[0] && brandOf(rows[0]);
}

/** @returns undefined when the slug is taken. */
export async function insertBrand(
  tx: Queryable,
  brandId: string,
  brand: NewBrand,
  settings: BrandSettings,
): Promise<Brand | undefined> {
  try {
    const { rows } = await tx.query<BrandRow>(
      `insert into brands (brand_id, slug, name, time_zone, currency, settings)
       values ($1, $2, $3, $4, $5, $6) returning ${COLUMNS}`,
      [brandId, brand.slug, brand.name, brand.timeZone, brand.currency, JSON.stringify(settings)],
    );
    return rows[0] && brandOf(rows[0]);
  } catch (error) {
    if (sqlState(error) === UNIQUE_VIOLATION) return undefined;
    throw error;
  }
}

/** Writes every column that may change. @returns undefined when `before.revision` is no longer in force. */
export async function saveBrand(tx: Queryable, before: Brand, after: Brand): Promise<Brand | undefined> {
  const { rows } = await tx.query<BrandRow>(
    `update brands set name = $3, time_zone = $4, currency = $5, settings = $6, player_tokens = $7,
       revision = revision + 1, updated_at = now()
     where brand_id = $1 and revision = $2 returning ${COLUMNS}`,
    [
      before.brandId,
      before.revision,
      after.name,
      after.timeZone,
      after.currency,
      JSON.stringify(after.settings),
      after.playerTokens && JSON.stringify(after.playerTokens),
    ],
  );
  return rows[0] && brandOf(rows[0]);
}

/** @param secret encrypted; null when there is none to keep. */
export async function savePlayerTokenSecret(
  tx: Queryable,
  brandId: string,
  secret: Buffer | null,
): Promise<void> {
  await tx.query('update brands set player_token_secret = $2 where brand_id = $1', [brandId, secret]);
}

export async function findPlayerTokenKeys(
  db: Queryable,
  slug: string,
): Promise<{ brandId: string; playerTokens: PlayerTokens; secret: Buffer | null } | undefined> {
  const { rows } = await db.query<{
    brand_id: string;
    player_tokens: PlayerTokens;
    player_token_secret: Buffer | null;
  }>(
    `select brand_id, player_tokens, player_token_secret from brands
     where slug = $1 and player_tokens is not null`,
    [slug],
  );
  const row = rows[0];
  return row && { brandId: row.brand_id, playerTokens: row.player_tokens, secret: row.player_token_secret };
}
