import { type Actor, BrandSlug, CurrencyCode, TimeZone, updateBrand } from '@promosmith/contract';
import { Command } from 'commander';
import { loadConfig } from '../platform/config.ts';
import { argument } from './argument.ts';
import { withApp } from './database.ts';
import { orFail } from './failure.ts';

const actor: Actor = { kind: 'system', id: 'command line' };

interface BrandOptions {
  slug: string;
  name: string;
  timeZone: string;
  currency: string;
}

export const brandsCommand = (): Command =>
  new Command('brands')
    .description('Brands: the casinos and sportsbooks of this installation')
    .addCommand(createCommand());

function createCommand(): Command {
  return new Command('create')
    .description('Make a brand and print its id.')
    .requiredOption(
      '--slug <slug>',
      'its short name in keys, tokens and events; it never changes',
      argument(BrandSlug),
    )
    .requiredOption('--name <text>', 'what it is called', argument(updateBrand.body.shape.name.unwrap()))
    .requiredOption('--time-zone <zone>', 'where its days begin, such as Europe/Malta', argument(TimeZone))
    .requiredOption('--currency <code>', 'its main currency, such as EUR', argument(CurrencyCode))
    .addHelpText(
      'after',
      `
A brand needs an owner next (staff add), and its platform a key (keys create).

Example:
  promosmith brands create --slug lucky-star --name "Lucky Star" --time-zone Europe/Malta --currency EUR`,
    )
    .action(async (brand: BrandOptions) => {
      const { brandId } = await withApp(loadConfig(), async (app) =>
        orFail(await app.brands.create(brand, { actor })),
      );
      console.log(brandId);
    });
}
