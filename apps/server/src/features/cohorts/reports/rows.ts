import type { CohortBy, CohortOf } from '@promosmith/contract';
import type { ReadReport } from '../kept.ts';
import { type CohortsBody, startsSince } from './cohorts.ts';
import { safeNumber } from './safe-number.ts';

/**
 * A cohort in one of the weeks or months since its own. Of no currency it is about players, of each one about money: what
 * the row is not about is null.
 */
export interface CohortRow {
  readonly of: Exclude<CohortOf, 'experiment'>;
  /** First day of its week or month, `YYYY-MM-DD`. */
  readonly start: string;
  /** Whole weeks or months since. */
  readonly period: number;
  readonly isOver: boolean;
  /** Empty of players. */
  readonly currency: string;
  readonly size: number | null;
  readonly active: number | null;
  readonly depositors: number | null;
  /** Minor units; null as well past what is exact. */
  readonly deposited: number | null;
  readonly ngr: number | null;
  readonly countedAt: Date;
}

/** By what cohorts can be told of as rows. */
export interface RowReports {
  readonly registration: ReadReport<CohortsBody>;
  readonly first_activation: ReadReport<CohortsBody>;
  readonly campaign: ReadReport<CohortsBody>;
}

/** Reads cohorts by registration and by the first code of all; of a campaign those by its own first code alone. */
export type ReadCohortRows = (
  brandId: string,
  by: CohortBy,
  campaignId: string | null,
) => Promise<CohortRow[]>;

export const cohortRowsFrom =
  (reports: RowReports): ReadCohortRows =>
  async (brandId, by, campaignId) => {
    const asked =
      campaignId === null
        ? ([
            ['registration', await reports.registration(brandId, brandId)],
            ['first_activation', await reports.first_activation(brandId, brandId)],
          ] as const)
        : ([['first_activation', await reports.campaign(brandId, campaignId)]] as const);
    return asked.flatMap(([of, kept]) => {
      if (!kept) return [];
      const { body, countedAt } = kept;
      return rowsOf(body, by).map((row) => ({ of, ...row, countedAt }));
    });
  };

const NO_PLAYERS = { size: null, active: null, depositors: null } as const;
const NO_MONEY = { deposited: null, ngr: null } as const;

function rowsOf({ by: counts, today }: CohortsBody, by: CohortBy): Omit<CohortRow, 'of' | 'countedAt'>[] {
  const { sizes, cells, money } = counts[by];
  const there = new Map(cells.map(([, start, period, ...players]) => [`${start} ${period}`, players]));
  const earned = Map.groupBy(money, ([, start, period]) => `${start} ${period}`);
  return sizes.flatMap(([, start, size]) =>
    startsSince(by, start, today).flatMap((_, period, { length }) => {
      const place = { start, period, isOver: period < length - 1 };
      const [active, depositors] = there.get(`${start} ${period}`) ?? [0, 0];
      const sums = earned.get(`${start} ${period}`) ?? [];
      return [
        { ...place, currency: '', size, active, depositors, ...NO_MONEY },
        ...sums.map(([, , , currency, deposited, ngr]) => ({
          ...{ ...place, ...NO_PLAYERS, currency },
          ...{ deposited: safeNumber(deposited), ngr: safeNumber(ngr) },
        })),
      ];
    }),
  );
}
