import { z } from 'zod';
import { CalendarDate, CurrencyCode, pageQuery } from './common.ts';
import { defineRoute } from './route.ts';

/** Exact: what one whole unit of a currency is worth in whole units of another. */
export const Rate = z
  .string()
  .regex(/^\d{1,12}(?:\.\d{1,12})?$/, 'a decimal above 0 such as 0.9273')
  .refine((text) => /[1-9]/.test(text), 'a decimal above 0 such as 0.9273')
  .describe('What one whole unit is worth, as a decimal');

export const CurrencyRate = z.object({
  day: CalendarDate.describe('From this day on, by the brand’s clock, until the next one'),
  currency: CurrencyCode,
  into: CurrencyCode.describe('What it is worth in: the brand’s own currency when it was set'),
  rate: Rate,
});
export type CurrencyRate = z.infer<typeof CurrencyRate>;

const MOST_AT_ONCE = 100;

export const setCurrencyRates = defineRoute({
  id: 'setCurrencyRates',
  method: 'PUT',
  path: '/v1/currency-rates',
  tag: 'Analytics',
  summary: 'Say what currencies are worth in the brand’s own',
  description:
    'A rate is good from its day until the next one, for 7 days at most. One that is set again replaces what was there; null takes it away.',
  access: { permission: 'brands:write' },
  body: z.strictObject({
    rates: z
      .array(z.strictObject({ day: CalendarDate, currency: CurrencyCode, rate: Rate.nullable() }))
      .min(1)
      .max(MOST_AT_ONCE),
  }),
  success: { 200: z.object({ changed: z.int() }) },
});

export const listCurrencyRates = defineRoute({
  id: 'listCurrencyRates',
  method: 'GET',
  path: '/v1/currency-rates',
  tag: 'Analytics',
  summary: 'What currencies are worth, the latest days first',
  access: { permission: 'analytics:read' },
  query: z.strictObject({
    ...pageQuery,
    currency: CurrencyCode.optional(),
    from: CalendarDate.optional(),
    to: CalendarDate.optional(),
  }),
  success: { 200: z.object({ items: z.array(CurrencyRate), nextCursor: z.string().nullable() }) },
});
