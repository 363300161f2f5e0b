import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const packages = join(import.meta.dirname, '..', '..');

test('what a browser loads with the client asks nothing of Node', () => {
  const sources = globSync('{client,contract,core}/src/**/*.ts', {
    cwd: packages,
    exclude: ['**/*.test.ts'],
  });
  expect(sources.length).toBeGreaterThan(50);
  const asking = sources.filter((path) => {
    const code = readFileSync(join(packages, path), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
    return /from '(node:|fs|path|crypto)|\b(process|Buffer)\.\w/.test(code);
  });
  expect(asking).toEqual([]);
});
