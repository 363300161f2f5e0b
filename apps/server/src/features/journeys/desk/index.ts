import type { Jobs } from '../../../platform/jobs/index.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Book } from '../definitions/index.ts';
import type { Enrolments } from '../enrolments/types.ts';
import { MIGRATION, migrationJob } from './migration-job.ts';
import { createMigrations } from './migrations.ts';
import { createRepair } from './repair.ts';
import { mountDesk } from './routes.ts';

export { findStuckEnrolments } from './stuck.ts';

/** What people see of players in journeys, and do about them. */
export function createDesk(
  platform: Pick<Platform, 'db' | 'http' | 'log'>,
  {
    book,
    enrolments,
    jobs,
    onRetry,
  }: {
    book: Book;
    enrolments: Pick<Enrolments, 'move' | 'moveDue' | 'transfer'>;
    jobs: Jobs;
    /** Looks for actions and messages to be tried: called after a commit that asked for one again. */
    onRetry: () => void;
  },
): void {
  const { db } = platform;
  const migration = jobs.define(MIGRATION, migrationJob(db, book, enrolments));
  mountDesk(platform, {
    book,
    repair: createRepair(platform, enrolments, onRetry),
    migrations: createMigrations(db, book, migration),
    wakeJobs: jobs.wake,
  });
}
