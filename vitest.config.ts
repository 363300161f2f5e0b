import { defineConfig } from 'vitest/config';
import LongestFirst from './scripts/test-order.ts';

export default defineConfig({
  test: {
    globalSetup: ['apps/server/src/platform/testing/global-setup.ts', 'apps/widget/testing/global-setup.ts'],
    reporters: ['default', './scripts/test-count.ts'],
    sequence: { sequencer: LongestFirst },
    // Test files wait for processes and pages for a third of their time; they share one PostgreSQL with 300 connections.
    maxWorkers: 3,
    projects: [
      { test: { ...common(), name: 'whole', include: ['e2e/**/*.test.ts'] } },
      // A worker loads the product once, not once per file. Nothing but caches is kept in modules, and files mock none.
      {
        test: {
          ...common(),
          name: 'parts',
          include: ['{packages,apps,scripts}/**/*.test.ts'],
          isolate: false,
        },
      },
    ],
  },
});

function common() {
  return {
    pool: 'forks',
    // For tests that hang, not for slow ones: a machine may have others on it.
    testTimeout: 120_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 60_000 } },
  } as const;
}
