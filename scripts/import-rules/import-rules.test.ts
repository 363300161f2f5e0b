import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { check } from './rules.ts';
import { readSources } from './sources.ts';

let root: string;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'import-rules-'));
});
afterEach(() => rmSync(root, { recursive: true }));

function plant(files: Record<string, string>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
}

const features = 'apps/server/src/features';
const tidy = {
  'packages/core/src/index.ts': "import { Temporal } from 'temporal-polyfill'; export const now = Temporal;",
  'packages/core/src/index.test.ts': "import 'node:fs'; import '@promosmith/contract';",
  'packages/contract/src/index.ts': "export * from '@promosmith/core/money';",
  'packages/client/src/index.ts': "import type { Money } from '@promosmith/contract'; export type { Money };",
  'apps/widget/src/index.ts': "import type { Claim } from '@promosmith/contract'; export type { Claim };",
  'apps/casino/src/config.ts':
    "import type { Money } from '@promosmith/contract'; export const { X } = process.env;",
  'apps/casino/src/main.ts': "import { createClient } from '@promosmith/client'; export { createClient };",
  'apps/server/src/app.ts': "import './features/codes/index.ts'; import './platform/config.ts';",
  'apps/server/src/platform/config.ts': 'export const port = process.env.PORT;',
  [`${features}/brands/index.ts`]: "export * from './service.ts'; import './routes.ts';",
  [`${features}/codes/index.ts`]: "import './routes.ts';",
  [`${features}/codes/routes.ts`]:
    "import './service.ts'; import './views.ts'; // import '../audit/index.ts'",
  [`${features}/codes/service.ts`]:
    "import './store/batches.ts'; import '../brands/index.ts'; import '../../platform/config.ts';",
  [`${features}/codes/store/batches.ts`]: 'export const text = "process.env";',
  [`${features}/codes/views.ts`]: "import './store/batches.ts';",
  [`${features}/brands/service.ts`]: '',
  [`${features}/brands/routes.ts`]: '',
};

test('a tidy tree has no violations', () => {
  plant(tidy);
  expect(check(readSources(root))).toEqual([]);
});

test.each<[string, string, string]>([
  [
    'packages/core/src/a.ts',
    "import '@promosmith/contract';",
    'packages/core may import no other package of ours, not @promosmith/contract',
  ],
  [
    'packages/core/src/a.ts',
    "import { readFileSync } from 'node:fs';",
    'core runs in the browser too and does no I/O, so it may not import node:fs',
  ],
  [
    'packages/core/src/a.ts',
    "import type { Buffer } from 'buffer';",
    'core runs in the browser too and does no I/O, so it may not import buffer',
  ],
  [
    'packages/contract/src/a.ts',
    "export * from '@promosmith/client';",
    'packages/contract may import @promosmith/core, not @promosmith/client',
  ],
  [
    'packages/client/src/a.ts',
    "await import('@promosmith/core');",
    'packages/client may import @promosmith/contract, not @promosmith/core',
  ],
  [
    'apps/widget/src/a.ts',
    "import { Claim } from '@promosmith/contract';",
    'the widget is small and has no code of others, so it may import types only from @promosmith/contract',
  ],
  [
    'apps/widget/src/a.ts',
    "export * from 'lit';",
    'the widget is small and has no code of others, so it may import types only from lit',
  ],
  [
    'apps/widget/src/a.ts',
    "import type { Money } from '@promosmith/core';",
    'apps/widget may import @promosmith/contract, not @promosmith/core',
  ],
  [
    'apps/casino/src/a.ts',
    "import { Money } from '@promosmith/contract';",
    'the casino has what a platform has: the client, and of the contract its types only',
  ],
  [
    'apps/casino/src/a.ts',
    "import type { App } from '@promosmith/server';",
    'apps/casino may import @promosmith/client, @promosmith/contract, not @promosmith/server',
  ],
  [
    'apps/console/src/kit/a.tsx',
    "import { router } from '../app/router.tsx';",
    'in the console kit comes before app, so it may not import it',
  ],
  [
    'apps/console/src/features/codes/a.tsx',
    "import { Story } from '../players/story.tsx';",
    'a room of the console knows no other: what codes and players both need belongs in its kit',
  ],
  [
    'apps/console/src/api/a.ts',
    "import '@promosmith/server';",
    'apps/console may import @promosmith/client, @promosmith/contract, @promosmith/core, not @promosmith/server',
  ],
  ['apps/casino/src/a.ts', 'export const key = process.env.KEY;', 'only config.ts reads the environment'],
  [
    'apps/server/src/a.ts',
    "import '../../../packages/core/src/index.ts';",
    "packages/core/src/index.ts is in another workspace: import it by the workspace's name",
  ],
  [
    'apps/server/src/platform/a.ts',
    "import type { Brand } from '../features/brands/index.ts';",
    `platform is below the features and the app, so it may not import ${features}/brands/index.ts`,
  ],
  [
    'apps/server/src/platform/a.ts',
    "import '../app.ts';",
    'platform is below the features and the app, so it may not import apps/server/src/app.ts',
  ],
  [
    `${features}/brands/service.ts`,
    "import '../codes/index.ts';",
    'feature brands comes before codes in the order of features, so it may not import it',
  ],
  [
    `${features}/brands/service.ts`,
    "type Codes = import('../codes/index.ts').Codes;",
    'feature brands comes before codes in the order of features, so it may not import it',
  ],
  [
    `${features}/brands/service.ts`,
    "import '../../app.ts';",
    'a feature may not import apps/server/src/app.ts: the app builds features',
  ],
  [
    `${features}/nameless/service.ts`,
    "import '../codes/index.ts';",
    'feature nameless has no place in the order of features',
  ],
  [
    `${features}/codes/service.ts`,
    "import '../brands/service.ts';",
    'import feature brands through its index.ts only',
  ],
  [
    'apps/server/src/app.ts',
    "import './features/codes/store/batches.ts';",
    'import feature codes through its index.ts only',
  ],
  [
    `${features}/codes/routes.ts`,
    "import './store/batches.ts';",
    'routes may not import store: routes → service → store',
  ],
  [
    `${features}/codes/store/more.ts`,
    "import '../service.ts';",
    'store may not import service: routes → service → store',
  ],
  [
    `${features}/codes/service/more.ts`,
    "import '../routes.ts';",
    'service may not import routes: routes → service → store',
  ],
  ['apps/server/src/app.ts', 'process.env.PORT;', 'only config.ts reads the environment'],
  ['apps/server/src/app.ts', "process['env'];", 'only config.ts reads the environment'],
  ['apps/server/src/app.ts', 'const { env } = process;', 'only config.ts reads the environment'],
  ['packages/client/src/a.ts', "import { env } from 'node:process';", 'only config.ts reads the environment'],
])('in %s, %s is caught', (path, planted, message) => {
  plant({ ...tidy, [path]: `\n${planted}` });
  expect(check(readSources(root))).toContainEqual({ path, line: 2, message });
});

test('a circle is caught once, even one of types', () => {
  plant({
    'packages/core/src/a.ts': "import './b.ts';",
    'packages/core/src/b.ts': "import type { C } from './c.ts';",
    'packages/core/src/c.ts': "export * from './a.ts';",
  });
  expect(check(readSources(root))).toEqual([
    {
      path: 'packages/core/src/c.ts',
      line: 1,
      message:
        'imports in a circle: packages/core/src/a.ts → packages/core/src/b.ts → packages/core/src/c.ts → packages/core/src/a.ts',
    },
  ]);
});

test('the command names the place and fails', () => {
  const main = fileURLToPath(new URL('./main.ts', import.meta.url));
  const run = () => spawnSync(process.execPath, [main, root], { encoding: 'utf8' });
  plant(tidy);
  expect(run()).toMatchObject({ status: 0, stdout: '17 files, 0 violations of the import rules\n' });
  plant({ 'packages/core/src/a.ts': "import 'node:fs';" });
  const failed = run();
  expect(failed.status).toBe(1);
  expect(failed.stderr).toContain('packages/core/src/a.ts:1: core runs in the browser');
});
