import { Command } from 'commander';
import { loadConfig } from '../platform/config.ts';
import { brandNamed } from './brand-named.ts';
import { withApp } from './database.ts';
import { CommandError, orFail } from './failure.ts';

interface Options {
  brand: string;
  role: string;
}

const command = (name: string): Command =>
  new Command(name)
    .requiredOption('--brand <slug>', 'which brand')
    .requiredOption('--role <name>', 'of PostgreSQL, as which the tool signs in');

export const biCommand = (): Command =>
  new Command('bi')
    .description('Let BI tools read a brand through SQL views.')
    .addCommand(
      command('grant')
        .description('Let a role read a brand, which it may besides others. Repeat it after an update.')
        .addHelpText(
          'after',
          `
The role is made by an administrator of PostgreSQL: create role metabase login password '…'

Example:
  promosmith bi grant --brand lucky-star --role metabase`,
        )
        .action(async ({ brand: slug, role }: Options) => {
          await withApp(loadConfig(), async (app) => {
            const { brandId } = await brandNamed(app, slug);
            orFail(await app.biReaders.add(brandId, role));
          });
        }),
    )
    .addCommand(
      command('revoke')
        .description('Let a role read a brand no more.')
        .addHelpText(
          'after',
          `
Example:
  promosmith bi revoke --brand lucky-star --role metabase`,
        )
        .action(async ({ brand: slug, role }: Options) => {
          await withApp(loadConfig(), async (app) => {
            const { brandId } = await brandNamed(app, slug);
            if (!(await app.biReaders.remove(brandId, role)))
              throw new CommandError(`The role ${role} does not read ${slug}.`);
          });
        }),
    );
