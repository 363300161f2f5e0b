import { Command } from 'commander';
import { type Demo, seedDemo } from '../demo/seed.ts';
import { loadConfig } from '../platform/config.ts';
import { migrate } from '../platform/migrations.ts';
import { runApp, withDatabase } from './database.ts';

export const describeDemo = ({ brand, apiKey, owner }: Demo): string =>
  [
    `Demo brand: ${brand}`,
    `Its API key: ${apiKey}`,
    `Its owner: ${owner.email}, password ${owner.password}`,
  ].join('\n');

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
        return runApp(config, db, (app) => seedDemo(app, config.dataDir));
      });
      console.log(describeDemo(demo));
    });
}
