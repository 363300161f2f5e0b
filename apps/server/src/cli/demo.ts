import { Command } from 'commander';
import { makeHistory } from '../demo/history/index.ts';
import { type Demo, type DemoMember, isSeeded, seedDemo } from '../demo/seed.ts';
import { type Config, loadConfig } from '../platform/config.ts';
import type { Database } from '../platform/db.ts';
import { migrate } from '../platform/migrations.ts';
import { runApp, withDatabase } from './database.ts';

export const describeDemo = ({ brand, apiKey, owner, staff }: Demo): string =>
  [
    `Demo brand: ${brand}`,
    `Its API key: ${apiKey}`,
    `Its owner: ${signIn(owner)}`,
    ...staff.map((member) => `Its ${member.role.replace('_', ' ')}: ${signIn(member)}`),
  ].join('\n');

const signIn = ({ email, password }: DemoMember): string => `${email}, password ${password}`;

const DAYS_TOLD = 10;

/**
 * Makes the demo on a database that is up to date, unless it is there: with its history, if that is wanted and comes to be
 * written.
 * @param tell what takes a while, or went wrong.
 */
export async function makeDemo(
  config: Config,
  { db, url, tell }: { db: Database; url: string; tell: (line: string) => void },
): Promise<Demo> {
  if (config.demoHistory && !(await isSeeded(db))) {
    tell('Making the demo brand with its last two months; this is done once …');
    try {
      await makeHistory(config, db, url, {
        lived(days, of) {
          if (days > 0 && days % DAYS_TOLD === 0) tell(`  ${days} of ${of} days`);
        },
      });
    } catch (error) {
      tell(`The demo goes on without a history: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return runApp(config, db, (app) => seedDemo(app, config.dataDir));
}

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
      const demo = await withDatabase(config, async (db, url) => {
        await migrate(db.pool);
        return makeDemo(config, { db, url, tell: (line) => console.error(line) });
      });
      console.log(describeDemo(demo));
    });
}
