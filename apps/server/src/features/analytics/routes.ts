import {
  exportCampaignPerformance,
  getCampaignPerformance,
  getOverview,
  Id,
  listCampaignNumbers,
  listCampaignPerformance,
} from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import { z } from 'zod';
import type { Database } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type HttpServer, reply } from '../../platform/http/server.ts';
import { exportTable } from './reports/export.ts';
import { readLiveNumbers } from './reports/live-numbers.ts';
import { periodOf, readCounting } from './reports/period.ts';
import { readCampaign, readOverview } from './reports/report.ts';
import { readTable } from './reports/table.ts';

const NOT_FOUND = refuse('not_found', 'There is no such campaign.');

/** Of a table that is sorted by a number. */
const Cursor = z.tuple([z.string().regex(/^-?\d{1,40}$/), Id]);

export function mountAnalyticsRoutes(http: HttpServer, db: Database): void {
  http.mount(getOverview, async ({ query }, { caller: { brandId } }) => {
    const counting = await readCounting(db, brandId);
    const period = periodOf(query, counting.today);
    if (!period.ok) return period;
    const { compare } = query;
    return reply(200, await readOverview(db, brandId, { period: period.value, counting, compare }));
  });

  http.mount(getCampaignPerformance, async ({ params, query }, { caller: { brandId } }) => {
    const counting = await readCounting(db, brandId);
    const period = periodOf(query, counting.today);
    if (!period.ok) return period;
    const asked = { period: period.value, counting, compare: query.compare };
    const report = await readCampaign(db, brandId, params.campaignId, asked);
    return report ? reply(200, report) : NOT_FOUND;
  });

  http.mount(listCampaignPerformance, async ({ query }, { caller: { brandId } }) => {
    const seen = decodeCursor(query.cursor, Cursor);
    if (!seen.ok) return seen;
    const { timeZone, today, currency, countedUntil } = await readCounting(db, brandId);
    const period = periodOf(query, today);
    if (!period.ok) return period;
    const { limit, sort, order } = query;
    const sorting = { sort, order, currency: query.currency ?? currency };
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
    const { today, currency } = await readCounting(db, brandId);
    const period = periodOf(query, today);
    if (!period.ok) return period;
    const { sort, order } = query;
    const sorting = { sort, order, currency: query.currency ?? currency };
    return reply(200, exportTable(db, brandId, period.value, sorting));
  });

  http.mount(listCampaignNumbers, async ({ query }, { caller: { brandId } }) => {
    const { today, countedUntil } = await readCounting(db, brandId);
    const items = await readLiveNumbers(db, brandId, query.campaignIds, today);
    return reply(200, { items, countedUntil });
  });
}
