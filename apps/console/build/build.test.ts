import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { buildConsole, CONSOLE } from './build.ts';

test('pages are built without what React checks in development, though tests run in another environment', async () => {
  expect(process.env.NODE_ENV).toBe('test');
  await buildConsole();
  expect(process.env.NODE_ENV).toBe('test');
  const scripts = globSync('assets/*.js', { cwd: CONSOLE });
  expect(scripts.length).toBeGreaterThan(50);
  const checking = scripts.filter((name) => readFileSync(join(CONSOLE, name), 'utf8').includes('jsxDEV'));
  expect(checking).toEqual([]);
}, 120_000);
