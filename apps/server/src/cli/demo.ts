import { Command } from 'commander';
import { type Demo, seedDemo } from '../demo/seed.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import type { Database } from '../platform/db.ts';
import { migrate } from '../platform/migrations.ts';
import { runApp, withDatabase } from './database.ts';

export const describeDemo = ({ brand, apiKey, owner }: Demo): string =>
  [
    `Demo brand: ${brand}`,
    `Its API key: ${apiKey}`,
    `Its owner: ${owner.email}, password ${owner.password}`,
  ].join('\n');

/** Makes the demo on a database that is up to date, unless it is there. */
export const makeDemo = (config: Config, db: Database): Promise<Demo> =>
  runApp(config, db, (app) => seedDemo(app, config.dataDir));

export function demoCommand(): Command {
  return new Command('demo')
    .description('Make a demo brand with offers if there is none, and print its API key and owner.')
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
        return makeDemo(config, db);
      });
      console.log(describeDemo(demo));
    });
}
