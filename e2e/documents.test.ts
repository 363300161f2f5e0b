import { globSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';

const root = dirname(import.meta.dirname);
const read = (path: string) => readFileSync(join(root, path), 'utf8');
const sources = globSync(['apps/server/src/**/*.ts', 'packages/core/src/**/*.ts'], {
  cwd: root,
  exclude: ['**/*.test.ts', '**/testing/**'],
}).map((path) => read(path));
const documents = globSync(['*.md', 'docs/**/*.md', 'packages/*/*.md'], { cwd: root });

test('every key a refusal can have is explained', () => {
  const explained = read('docs/guides/errors.md') + read('GLOSSARY.md');
  const keys = sources.flatMap((text) =>
    [...text.matchAll(/\brefuse\(\s*'([a-z_]+)'/g)].map(([, key]) => key),
  );
  expect(keys.length).toBeGreaterThan(50);
  expect([...new Set(keys)].filter((key) => !explained.includes(`\`${key}\``))).toEqual([]);
});

test('every metric is explained', () => {
  const explained = read('docs/guides/operations.md');
  const names = sources.flatMap((text) =>
    [...text.matchAll(/metrics\s*\.(?:counter|gauge|histogram)\(\s*'([a-z_]+)'/g)].map(([, name]) => name),
  );
  expect(names.length).toBeGreaterThan(5);
  const missing = [...new Set(names)].filter(
    (name) =>
      !explained.includes(`\`${name}\``) &&
      !explained.includes(`\`…${name?.slice('promosmith_db_pool'.length)}\``),
  );
  expect(missing).toEqual([]);
});

test.each(documents)('the links of %s lead somewhere', (path) => {
  const links = [...read(path).matchAll(/\]\(([^)#\s]+)(?:#[^)]*)?\)/g)].map(([, link = '']) => link);
  const local = links.filter((link) => !/^[a-z]+:/.test(link));
  const broken = local.filter((link) => globSync(join(dirname(path), link), { cwd: root }).length === 0);
  expect(broken).toEqual([]);
});
