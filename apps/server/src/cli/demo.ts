import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Actor, PERMISSIONS, type Permission } from '@promosmith/contract';
import { Command } from 'commander';
import type { App } from '../app.ts';
import { loadConfig } from '../platform/config.ts';
import { migrate } from '../platform/migrations.ts';
import { runApp, withDatabase } from './database.ts';
import { orFail } from './failure.ts';

export interface Demo {
  /** Slug of the brand. */
  brand: string;
  /** A secret key with every scope. */
  apiKey: string;
}

const demoBrand = {
  slug: 'demo',
  name: 'Demo Casino',
  timeZone: 'Europe/Malta',
  currency: 'EUR',
};
const actor: Actor = { kind: 'system', id: 'demo' };

/**
 * Makes the demo brand and an API key for it, unless they are there. The key is kept in `demo.key` of the data folder, so
 * that later starts can show it again.
 */
export async function seedDemo(app: App, dataDir: string): Promise<Demo> {
  const existing = await app.brands.bySlug(demoBrand.slug);
  const brand = existing ?? orFail(await app.brands.create(demoBrand, { actor }));
  const kept = existing ? readKey(dataDir) : undefined;
  if (kept) return { brand: brand.slug, apiKey: kept };
  const key = { brandId: brand.brandId, name: 'demo', scopes: Object.keys(PERMISSIONS) as Permission[] };
  const { secret } = orFail(await app.staff.createApiKey(key, { actor, permissions: 'all' }));
  writeFileSync(keyFile(dataDir), secret, { mode: 0o600 });
  return { brand: brand.slug, apiKey: secret };
}

const keyFile = (dataDir: string) => join(dataDir, 'demo.key');

function readKey(dataDir: string): string | undefined {
  try {
    return readFileSync(keyFile(dataDir), 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}

export const describeDemo = ({ brand, apiKey }: Demo): string =>
  `Demo brand: ${brand}\nIts API key: ${apiKey}`;

export function demoCommand(): Command {
  return new Command('demo')
    .description('Make a demo brand if there is none, and print its API key.')
    .addHelpText(
      'after',
      `
Examples:
  promosmith demo
  promosmith start --demo               the same, then serve`,
    )
    .action(async () => {
      const config = loadConfig();
      const demo = await withDatabase(config, async (db) => {
        await migrate(db.pool);
        return runApp(config, db, (app) => seedDemo(app, config.dataDir));
      });
      console.log(describeDemo(demo));
    });
}
