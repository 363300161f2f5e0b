import { Command } from 'commander';
import { loadConfig } from '../platform/config.ts';
import { migrate } from '../platform/migrations.ts';
import { withDatabase } from './database.ts';

export function migrateCommand(): Command {
  return new Command('migrate')
    .description('Bring the database up to date. `start` does it too; this is for doing it beforehand.')
    .addHelpText(
      'after',
      `
Examples:
  promosmith migrate
  DATABASE_URL=postgres://user:password@db.example/promosmith promosmith migrate`,
    )
    .action(async () => {
      const applied = await withDatabase(loadConfig(), (db) => migrate(db.pool));
      console.log(applied.map((name) => `applied ${name}`).join('\n') || 'The database is up to date.');
    });
}
