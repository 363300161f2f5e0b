import type { Jobs } from '../../platform/jobs/index.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Approvals } from '../approvals/index.ts';
import type { TakeBacks } from '../casedesk/index.ts';
import type { CodesService } from '../codes/index.ts';
import { createActs } from './acts.ts';
import { forgetTries } from './counting/store.ts';
import { watchNew } from './counting/watch.ts';
import { mountCodeWatch } from './routes.ts';

export interface CodeWatchParts {
  readonly approvals: Approvals;
  readonly codes: CodesService;
  readonly jobs: Jobs;
  readonly takeBacks: TakeBacks;
}

const WATCH = 'watch codes';
const WATCH_EVERY_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;

/** Watches how codes are tried, raises alarms, and does about it what an analyst says. */
export function createCodeWatch(platform: Platform, parts: CodeWatchParts): void {
  const { db, http, setAside, ticker } = platform;
  const { approvals, codes, jobs, takeBacks } = parts;
  const aside = setAside(WATCH);
  ticker.every(WATCH, WATCH_EVERY_MS, () => watchNew({ db, codes, aside }));
  ticker.every('forget tries of codes', FORGET_EVERY_MS, () => forgetTries(db));
  mountCodeWatch(http, db, createActs(db, { approvals, codes, takeBacks, wake: jobs.wake }));
}
