import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import { countDays, type FeedListener, recountDays } from './counting/count.ts';
import { createKeptReports, type KeptReports } from './kept.ts';
import { countCohorts } from './reports/cohorts.ts';
import { FIRST_OF_ALL, FIRST_OF_CAMPAIGN, REGISTRATION, type Source } from './reports/groups.ts';
import { cohortRowsFrom, type ReadCohortRows } from './reports/rows.ts';
import { countValue } from './reports/value.ts';
import { mountCohorts, type Reports } from './routes.ts';

export type { CountReport, ReadReport } from './kept.ts';
export type { Group, Source } from './reports/groups.ts';
export type { CohortRow, ReadCohortRows } from './reports/rows.ts';
export { safeNumber } from './reports/safe-number.ts';

export interface Cohorts {
  /** Makes the sums of players by day right. @returns whether there is more to do at once. */
  count(): Promise<boolean>;
  /** Has the sums of a brand made anew from what is stored, which leaves the same. */
  recount(brandId: string): Promise<void>;
  /** Counts the reports that are due. @returns whether there may be more. */
  refresh(): Promise<boolean>;
  /** Cohorts as rows of a table, as they were counted last. */
  readonly rows: ReadCohortRows;
  /** Reports of a later feature, kept with those of this one. */
  readonly keep: KeptReports['keep'];
  /** Registers what a later feature does with codes that were given to players, each once and in their order. */
  onHandedOut(listener: FeedListener): void;
  /** Registers who is in the cohorts of experiments. */
  ofExperiments(source: Source): void;
}

const COUNT = 'sum up days of players';
const COUNT_EVERY_MS = 60_000;
const REFRESH = 'count reports';
const REFRESH_EVERY_MS = 5_000;
const FORGET_EVERY_MS = 3_600_000;

/** What players do by day, and the reports made of it: cohorts, the value of players, bonus hunters. */
export function createCohorts({ db, http, setAside, ticker }: Platform, brands: Brands): Cohorts {
  const kept = createKeptReports(db);
  const reports: Reports = {
    registration: kept.keep('cohorts by registration', countCohorts(REGISTRATION)),
    first_activation: kept.keep('cohorts by first activation', countCohorts(FIRST_OF_ALL)),
    campaign: kept.keep('cohorts of a campaign', countCohorts(FIRST_OF_CAMPAIGN)),
    value: kept.keep('value of players', countValue),
    experiment: async () => undefined,
  };
  mountCohorts(http, brands, reports);

  const [daysAside, reportsAside] = [setAside(COUNT), setAside(REFRESH)];
  const listeners: FeedListener[] = [];
  const count = () => countDays(db, daysAside, listeners);
  const refresh = () => kept.refresh(reportsAside);
  ticker.atLeisure(COUNT, COUNT_EVERY_MS, count);
  ticker.atLeisure(REFRESH, REFRESH_EVERY_MS, refresh);
  ticker.every('forget reports', FORGET_EVERY_MS, async () => {
    await kept.forget();
    return false;
  });
  return {
    count,
    refresh,
    recount: (brandId) => recountDays(db, brandId),
    rows: cohortRowsFrom(reports),
    keep: kept.keep,
    onHandedOut(listener) {
      listeners.push(listener);
    },
    ofExperiments(source) {
      reports.experiment = kept.keep('cohorts of an experiment', countCohorts(source));
    },
  };
}
