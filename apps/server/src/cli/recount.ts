import { Command } from 'commander';
import { loadConfig } from '../platform/config.ts';
import { brandNamed } from './brand-named.ts';
import { withApp } from './database.ts';

export const recountCommand = (): Command =>
  new Command('recount')
    .description("Count a brand's numbers anew from everything that happened.")
    .requiredOption('--brand <slug>', 'whose')
    .addHelpText(
      'after',
      `
The overview, the performance of campaigns and the days of players are sums that are kept as things happen. This makes them
again from the log and from what is stored. Until it is done, screens show those from before.

Example:
  promosmith recount --brand lucky-star`,
    )
    .action(async ({ brand: slug }: { brand: string }) => {
      await withApp(loadConfig(), async (app) => {
        const { brandId } = await brandNamed(app, slug);
        await app.analytics.recount(brandId);
        await app.cohorts.recount(brandId);
        while (await app.cohorts.count()) {}
      });
    });
