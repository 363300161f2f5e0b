import type { Queryable } from '../../platform/db.ts';

/** A brand's connection to an outside engine. Secrets are encrypted. */
export interface Engine {
  readonly brandId: string;
  readonly engineId: string;
  readonly url: string;
  /** Whether it keeps bonuses that are issued now. */
  readonly enabled: boolean;
  readonly secret: Buffer;
  /** Null once its time is over. */
  readonly previousSecret: Buffer | null;
  readonly previousSecretUntil: Date | null;
  readonly updatedAt: Date;
}

const COLUMNS = `brand_id as "brandId", engine_id as "engineId", url, enabled, secret,
  case when previous_secret_until > now() then previous_secret end as "previousSecret",
  case when previous_secret_until > now() then previous_secret_until end as "previousSecretUntil",
  updated_at as "updatedAt"`;

export async function findEngine(db: Queryable, brandId: string): Promise<Engine | undefined> {
  const { rows } = await db.query<Engine>(`select ${COLUMNS} from bonus_engines where brand_id = $1`, [
    brandId,
  ]);
  return rows[0];
}

export async function findEngineById(db: Queryable, engineId: string): Promise<Engine | undefined> {
  const { rows } = await db.query<Engine>(`select ${COLUMNS} from bonus_engines where engine_id = $1`, [
    engineId,
  ]);
  return rows[0];
}

export async function lockEngine(tx: Queryable, brandId: string): Promise<Engine | undefined> {
  const { rows } = await tx.query<Engine>(
    `select ${COLUMNS} from bonus_engines where brand_id = $1 for update`,
    [brandId],
  );
  return rows[0];
}

export async function insertEngine(
  tx: Queryable,
  { brandId, engineId, url, secret }: Pick<Engine, 'brandId' | 'engineId' | 'url' | 'secret'>,
): Promise<Engine> {
  const { rows } = await tx.query<Engine>(
    `insert into bonus_engines (brand_id, engine_id, url, enabled, secret) values ($1, $2, $3, true, $4)
     returning ${COLUMNS}`,
    [brandId, engineId, url, secret],
  );
  return saved(rows);
}

export async function updateEngine(
  tx: Queryable,
  brandId: string,
  { url, enabled }: Pick<Engine, 'url' | 'enabled'>,
): Promise<Engine> {
  const { rows } = await tx.query<Engine>(
    `update bonus_engines set url = $2, enabled = $3, updated_at = now() where brand_id = $1 returning ${COLUMNS}`,
    [brandId, url, enabled],
  );
  return saved(rows);
}

/** The secret in force becomes the previous one, good for `overlapSeconds` more. */
export async function replaceSecret(
  tx: Queryable,
  brandId: string,
  secret: Buffer,
  overlapSeconds: number,
): Promise<Engine> {
  const { rows } = await tx.query<Engine>(
    `update bonus_engines set previous_secret = secret, secret = $2,
       previous_secret_until = now() + $3 * interval '1 second', updated_at = now()
     where brand_id = $1 returning ${COLUMNS}`,
    [brandId, secret, overlapSeconds],
  );
  return saved(rows);
}

function saved([engine]: readonly Engine[]): Engine {
  if (!engine) throw new Error('an engine went away while its row was locked');
  return engine;
}
