import { CalendarDate, CurrencyCode, listCurrencyRates, setCurrencyRates } from '@promosmith/contract';
import { refuse } from '@promosmith/core';
import { createCurrencyTable, findCurrency } from '@promosmith/core/money';
import { z } from 'zod';
import { audit } from '../../../platform/audit.ts';
import type { Database } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { type HttpServer, reply } from '../../../platform/http/server.ts';
import type { Brands } from '../../brands/index.ts';
import { listRates, saveRates } from './store.ts';

const Cursor = z.tuple([CalendarDate, CurrencyCode, CurrencyCode]);

/** What currencies are worth, for reports. */
export function mountRateRoutes(http: HttpServer, db: Database, brands: Brands): void {
  http.mount(setCurrencyRates, async ({ body: { rates } }, { caller: { brandId, actor }, requestId }) => {
    const brand = await brands.read(db, brandId);
    const table = createCurrencyTable(brand.settings.currencies);
    if (!table.ok) return table;
    for (const [index, { currency }] of rates.entries()) {
      const field = `rates.${index}.currency`;
      if (currency === brand.currency)
        return wrong(field, `${currency} is the brand’s own currency`, 'Leave it out: it is worth itself.');
      if (!findCurrency(table.value, currency).ok)
        return wrong(
          field,
          `${currency} is no currency of the brand`,
          'Use ISO 4217, or configure it on the brand.',
        );
    }
    const changed = await db.transaction(async (tx) => {
      const count = await saveRates(tx, brandId, brand.currency, rates);
      if (count > 0)
        await audit(tx, {
          ...{ brandId, actor, requestId, action: 'currency_rates.set' },
          ...{ targetKind: 'brand', targetId: brandId, after: { into: brand.currency, rates } },
        });
      return count;
    });
    return reply(200, { changed });
  });

  http.mount(listCurrencyRates, async ({ query }, { caller: { brandId } }) => {
    const { cursor, limit, ...asked } = query;
    const seen = decodeCursor(cursor, Cursor);
    if (!seen.ok) return seen;
    const [day, currency, into] = seen.value ?? [];
    const after = day && currency && into ? { day, currency, into } : undefined;
    const rates = await listRates(db, brandId, asked, after, limit + 1);
    return reply(
      200,
      toPage(
        rates,
        limit,
        (rate) => [rate.day, rate.currency, rate.into],
        (rate) => rate,
      ),
    );
  });
}

const wrong = (field: string, reason: string, fix: string) =>
  refuse('invalid_request', `${field}: ${reason}`, [{ field, reason, fix }]);
