import { randomBytes } from 'node:crypto';
import { type Actor, PERMISSIONS, type Permission } from '@promosmith/contract';
import { createApp } from '../../apps/server/src/app.ts';
import { loadConfig } from '../../apps/server/src/platform/config.ts';
import type { Database } from '../../apps/server/src/platform/db.ts';
import { openSecrets, type Secrets } from '../../apps/server/src/platform/secrets.ts';

const ACTOR: Actor = { kind: 'system', id: 'bench' };
const SECRET_KEY_BYTES = 32;

export interface BenchBrand {
  brandId: string;
  /** A secret API key with every scope. */
  key: string;
  secrets: Secrets;
  /** Environment for the server processes. */
  environment: Record<string, string>;
}

/** Makes one brand with a key through the application, as the command line does. */
export async function makeBrand(db: Database, databaseUrl: string): Promise<BenchBrand> {
  const environment = {
    NODE_ENV: 'production',
    DATABASE_URL: databaseUrl,
    SECRET_KEY: randomBytes(SECRET_KEY_BYTES).toString('base64'),
    HOST: '127.0.0.1',
    PORT: '0',
    LOG_LEVEL: 'warn',
  };
  const config = loadConfig(environment);
  const app = await createApp({ ...config, logLevel: 'fatal' }, db);
  try {
    const brand = await app.brands.create(
      { slug: 'bench', name: 'Bench', timeZone: 'Europe/Malta', currency: 'EUR' },
      { actor: ACTOR },
    );
    if (!brand.ok) throw new Error(brand.refusal.message);
    const { brandId } = brand.value;
    const scopes = Object.keys(PERMISSIONS) as Permission[];
    const key = await app.staff.createApiKey(
      { brandId, name: 'bench', kind: 'secret', scopes },
      { actor: ACTOR, permissions: 'all' },
    );
    if (!key.ok) throw new Error(key.refusal.message);
    return { brandId, key: key.value.secret, secrets: openSecrets(config.secretKey), environment };
  } finally {
    await app.close();
  }
}
