import type { Platform } from '../../platform/platform.ts';
import type { Brands } from '../brands/index.ts';
import { countNew, recount } from './counting/count.ts';
import { mountRateRoutes } from './rates/routes.ts';
import { mountAnalyticsRoutes } from './routes.ts';

export interface Analytics {
  /** Counts some of what is new. @returns whether there may be more. */
  count(): Promise<boolean>;
  /** Counts a brand anew from its log, which leaves the same numbers. Until it is done, screens show those from before. */
  recount(brandId: string): Promise<void>;
}

const COUNT = 'count what happened';
const COUNT_EVERY_MS = 1000;

/** What happened in numbers: sums of the feed and of deposits, kept in the background, and the reports that read them. */
export function createAnalytics({ db, http, setAside, ticker }: Platform, brands: Brands): Analytics {
  const aside = setAside(COUNT);
  const count = () => countNew(db, aside);
  ticker.atLeisure(COUNT, COUNT_EVERY_MS, count);
  mountAnalyticsRoutes(http, db, brands);
  mountRateRoutes(http, db, brands);
  return { count, recount: (brandId) => recount(db, brandId) };
}
