import { doEachDue } from '../../../platform/do-due.ts';
import type { Platform } from '../../../platform/platform.ts';
import type { Brands } from '../../brands/index.ts';
import type { Book } from '../definitions/index.ts';
import type { Enrolments } from '../enrolments/types.ts';
import { lookOn } from './look.ts';
import { segmentEvents } from './members.ts';
import { planRuns } from './plan.ts';
import { findDueRuns } from './store.ts';

const PLAN_EVERY_MS = 1000;
const LOOK_EVERY_MS = 500;
const RUNS_AT_ONCE = 100;

/** What lets players in without anything happening to them but who they are: segments and schedules. */
export function createTriggers(
  { db, setAside, ticker }: Pick<Platform, 'db' | 'setAside' | 'ticker'>,
  { brands, book, enrolments }: { brands: Brands; book: Book; enrolments: Pick<Enrolments, 'enter'> },
) {
  const aside = setAside('look at players for journeys');
  ticker.every('plan looks of journeys', PLAN_EVERY_MS, () => planRuns(db, brands, book));
  ticker.every('look at players for journeys', LOOK_EVERY_MS, () =>
    doEachDue(aside, {
      find: (names) => findDueRuns(db, names, RUNS_AT_ONCE),
      nameOf: ({ journeyId }) => journeyId,
      work: (run) => lookOn({ db, brands, book, enrolments }, run),
    }),
  );
  return {
    /** Lets in whom the platform's events bring into a segment. To be registered after who keeps players. */
    segmentEvents: segmentEvents(brands, book, enrolments),
  };
}
