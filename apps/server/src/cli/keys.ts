import { type Actor, PERMISSIONS, type Permission } from '@promosmith/contract';
import { Command, Option } from 'commander';
import type { NewApiKey } from '../features/staff/index.ts';
import { loadConfig } from '../platform/config.ts';
import { brandNamed } from './brand-named.ts';
import { withApp } from './database.ts';
import { CommandError, orFail } from './failure.ts';

interface KeyOptions {
  brand: string;
  name: string;
  scope?: Permission[];
  all?: boolean;
  publishable?: boolean;
  expires?: string;
}

const permissions = Object.keys(PERMISSIONS) as Permission[];
const actor: Actor = { kind: 'system', id: 'command line' };

export function keysCommand(): Command {
  return new Command('keys').description('API keys').addCommand(createCommand());
}

function createCommand(): Command {
  return new Command('create')
    .description('Make an API key and print it. It cannot be shown again.')
    .requiredOption('--brand <slug>', 'the brand it acts for')
    .requiredOption('--name <text>', 'what it is for')
    .addOption(
      new Option('--scope <scope...>', 'what it may do')
        .choices(permissions)
        .conflicts(['all', 'publishable']),
    )
    .addOption(new Option('--all', 'it may do everything').conflicts('publishable'))
    .option('--publishable', 'a key for browsers, which names the brand and may do nothing by itself')
    .option('--expires <instant>', 'when it ends, ISO 8601; never when left out')
    .addHelpText(
      'after',
      `
Scopes:
${permissions.map((name) => `  ${name.padEnd(22)}${PERMISSIONS[name]}`).join('\n')}

Examples:
  promosmith keys create --brand demo --name platform --scope activations:create events:write
  promosmith keys create --brand demo --name operations --all --expires 2027-01-01T00:00:00Z
  promosmith keys create --brand demo --name website --publishable`,
    )
    .action(async (options: KeyOptions) => {
      const expiresAt = instantOf(options.expires);
      const { secret } = await withApp(loadConfig(), async (app) => {
        const brand = await brandNamed(app, options.brand);
        const key: NewApiKey = {
          brandId: brand.brandId,
          name: options.name,
          kind: options.publishable ? 'publishable' : 'secret',
          scopes: options.all ? permissions : (options.scope ?? []),
          expiresAt,
        };
        return orFail(await app.staff.createApiKey(key, { actor, permissions: 'all' }));
      });
      console.log(secret);
    });
}

function instantOf(text: string | undefined): string | null {
  if (text === undefined) return null;
  const instant = Date.parse(text);
  if (Number.isNaN(instant))
    throw new CommandError(`--expires ${text} is not an instant such as 2027-01-01T00:00:00Z.`);
  return new Date(instant).toISOString();
}
