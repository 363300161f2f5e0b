import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createMissingSymlinks } from './binaries.ts';

let native: string;
beforeEach(() => {
  native = join(mkdtempSync(join(tmpdir(), 'binaries-')), 'native');
  mkdirSync(join(native, 'lib'), { recursive: true });
});
afterEach(() => rmSync(join(native, '..'), { recursive: true }));

test('makes the symlinks that an installation without scripts lacks, and keeps those it has', () => {
  writeFileSync(join(native, 'lib/libpq.so.5.18'), 'library');
  const links = [
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so' },
    { source: 'native/lib/libpq.so.5.18', target: 'native/lib/libpq.so.5' },
  ];
  writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
  createMissingSymlinks(native);
  rmSync(join(native, 'lib/libpq.so'));
  createMissingSymlinks(native);
  expect(readFileSync(join(native, 'lib/libpq.so'), 'utf8')).toBe('library');
  expect(readFileSync(join(native, 'lib/libpq.so.5'), 'utf8')).toBe('library');
});

test('a package without such a list is complete', () => {
  expect(() => createMissingSymlinks(native)).not.toThrow();
});
