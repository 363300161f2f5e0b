import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['{packages,apps}/**/*.test.ts', 'scripts/**/*.test.ts', 'e2e/**/*.test.ts'],
    globalSetup: ['apps/server/src/platform/testing/global-setup.ts', 'apps/widget/testing/global-setup.ts'],
    reporters: ['default', './scripts/test-count.ts'],
    pool: 'forks',
    // Test files share 2 cores and one PostgreSQL with 200 connections.
    maxWorkers: 2,
    testTimeout: 30_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000 } },
  },
});
