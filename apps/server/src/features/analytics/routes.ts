import {
  exportCampaignPerformance,
  FIGURES,
  getCampaignPerformance,
  getJourneyPerformance,
  getLabelPerformance,
  getMessagePerformance,
  getOverview,
  getPerformanceBreakdown,
  Id,
  Instant,
  listCampaignNumbers,
  listCampaignPerformance,
  listFigures,
  listPerformanceRows,
} from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { createCurrencyTable, findCurrency } from '@promosmith/core/money';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import type { Brands } from '../brands/index.ts';
import { readBreakdown } from './reports/breakdown.ts';
import { comparedWith, findCampaign } from './reports/comparison.ts';
import type { Into } from './reports/conversion.ts';
import { exportTable } from './reports/export.ts';
import { readLiveNumbers } from './reports/live-numbers.ts';
import { readJourneys, readLabels, readMessages } from './reports/outreach.ts';
import { type Period, periodOf, readCounting } from './reports/period.ts';
import { type Asked, readCampaign, readOverview } from './reports/report.ts';
import { readRows } from './reports/rows.ts';
import { readTable } from './reports/table.ts';
import { traitOf } from './reports/traits.ts';

const NOT_FOUND = refuse('not_found', 'There is no such campaign.');

/** Of a table that is sorted by a number. */
const Cursor = z.tuple([z.string().regex(/^-?\d{1,40}$/), Id]);

const LONGEST_ID = 600;
/** Of rows behind a number. */
const RowCursor = z.tuple([
  Instant,
  z
    .string()
    .max(LONGEST_ID)
    .regex(/^[^\0]*$/),
]);

export function mountAnalyticsRoutes(http: HttpServer, db: Database, brands: Brands): void {
  /** What a report is asked for, checked. */
  async function askedFor(
    brandId: string,
    query: { from?: string | undefined; to?: string | undefined; compare: string; in?: string | undefined },
  ): Promise<Result<Asked>> {
    const counting = await readCounting(db, brandId);
    const period = periodOf(query, counting.today);
    if (!period.ok) return period;
    const compared = await comparedWith(db, brandId, query.compare, period.value);
    if (!compared.ok) return compared;
    const into = await intoOf(brandId, query.in);
    if (!into.ok) return into;
    return ok({ period: period.value, counting, compared: compared.value, into: into.value });
  }

  async function intoOf(brandId: string, currency: string | undefined): Promise<Result<Into | null>> {
    if (currency === undefined) return ok(null);
    const table = createCurrencyTable((await brands.settings(brandId)).currencies);
    if (!table.ok) return table;
    const known = findCurrency(table.value, currency);
    if (!known.ok) return known;
    const exponentOf = (code: string): number => {
      const found = findCurrency(table.value, code);
      if (!found.ok) throw new Error(`money is stored in ${code}, which is no currency of the brand`);
      return found.value.exponent;
    };
    return ok({ currency, exponentOf });
  }

  /** Reports that are nothing but a period's items. */
  async function outreach<Item>(
    brandId: string,
    query: { from?: string | undefined; to?: string | undefined },
    read: (connection: Database, brand: string, period: Period) => Promise<Item[]>,
  ) {
    const { timeZone, today, countedUntil } = await readCounting(db, brandId);
    const period = periodOf(query, today);
    if (!period.ok) return period;
    const items = await read(db, brandId, period.value);
    return reply(200, { period: { ...period.value, timeZone }, countedUntil, items });
  }

  http.mount(getOverview, async ({ query }, { caller: { brandId } }) => {
    const asked = await askedFor(brandId, query);
    return asked.ok ? reply(200, await readOverview(db, brandId, asked.value)) : asked;
  });

  http.mount(getCampaignPerformance, async ({ params, query }, { caller: { brandId } }) => {
    const asked = await askedFor(brandId, query);
    if (!asked.ok) return asked;
    const report = await readCampaign(db, brandId, params.campaignId, asked.value);
    return report ? reply(200, report) : NOT_FOUND;
  });

  http.mount(getPerformanceBreakdown, async ({ params, query }, { caller: { brandId } }) => {
    const { timeZone, today, feesBps, countedUntil } = await readCounting(db, brandId);
    const period = periodOf(query, today);
    if (!period.ok) return period;
    const campaign = await findCampaign(db, brandId, params.campaignId);
    if (!campaign) return NOT_FOUND;
    const { by } = query;
    const items = await readBreakdown(db, { ...params, brandId }, by, period.value, feesBps);
    return reply(200, { ...campaign, period: { ...period.value, timeZone }, countedUntil, by, items });
  });

  http.mount(listPerformanceRows, async ({ params, query }, { caller: { brandId } }) => {
    const { cursor, limit, measure, currency, detail } = query;
    const seen = decodeCursor(cursor, RowCursor);
    if (!seen.ok) return seen;
    const counting = await readCounting(db, brandId);
    const period = periodOf(query, counting.today);
    if (!period.ok) return period;
    if (!(await findCampaign(db, brandId, params.campaignId))) return NOT_FOUND;
    const asked = { measure, currency, detail, period: period.value, trait: traitOf(query) };
    const after = seen.value && { at: seen.value[0], id: seen.value[1] };
    const rows = await readRows(db, { ...params, brandId }, counting, asked, after, limit + 1);
    return reply(
      200,
      toPage(
        rows,
        limit,
        ({ place }) => [place.at, place.id],
        ({ place: _, ...row }) => row,
      ),
    );
  });

  http.mount(listCampaignPerformance, async ({ query }, { caller: { brandId } }) => {
    const seen = decodeCursor(query.cursor, Cursor);
    if (!seen.ok) return seen;
    const { timeZone, today, currency, feesBps, countedUntil } = await readCounting(db, brandId);
    const period = periodOf(query, today);
    if (!period.ok) return period;
    const { limit, sort, order } = query;
    const sorting = { sort, order, feesBps, currency: query.currency ?? currency };
    const after = seen.value && { value: seen.value[0], campaignId: seen.value[1] };
    const lines = await readTable(db, brandId, period.value, sorting, after, limit + 1);
    const page = toPage(
      lines,
      limit,
      ({ value, campaignId }) => [value, campaignId],
      ({ campaign }) => campaign,
    );
    return reply(200, { ...page, period: { ...period.value, timeZone }, countedUntil });
  });

  http.mount(exportCampaignPerformance, async ({ query }, { caller: { brandId } }) => {
    const { today, currency, feesBps } = await readCounting(db, brandId);
    const period = periodOf(query, today);
    if (!period.ok) return period;
    const { sort, order } = query;
    const sorting = { sort, order, feesBps, currency: query.currency ?? currency };
    return reply(200, exportTable(db, brandId, period.value, sorting));
  });

  http.mount(listCampaignNumbers, async ({ query }, { caller: { brandId } }) => {
    const { today, countedUntil } = await readCounting(db, brandId);
    const items = await readLiveNumbers(db, brandId, query.campaignIds, today);
    return reply(200, { items, countedUntil });
  });

  http.mount(getMessagePerformance, ({ query }, { caller }) => outreach(caller.brandId, query, readMessages));
  http.mount(getJourneyPerformance, ({ query }, { caller }) => outreach(caller.brandId, query, readJourneys));
  http.mount(getLabelPerformance, ({ query }, { caller }) => outreach(caller.brandId, query, readLabels));

  http.mount(listFigures, async () =>
    reply(200, { items: Object.entries(FIGURES).map(([name, figure]) => ({ name, ...figure })) }),
  );
}
