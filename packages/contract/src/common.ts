import { PRODUCTS } from '@promosmith/core/policy';
import { z } from 'zod';
import { Challenge } from './challenges.ts';

/** Identifier made by Promosmith (UUID). */
export const Id = z.uuid();

const FIRST_INSTANT = Date.parse('0001-01-01T00:00:00Z');
/** A day short of the end, so that nothing rounds or shifts past it. */
const LAST_INSTANT = Date.parse('9999-12-31T00:00:00Z');
/** PostgreSQL knows no larger one, nor does any time zone. */
const LARGEST_OFFSET = /(?:Z|[+-](?:0\d|1[0-5]):\d\d)$/;

const isWithinReach = (text: string): boolean => {
  const at = Date.parse(text);
  return at >= FIRST_INSTANT && at < LAST_INSTANT && LARGEST_OFFSET.test(text);
};

/** Instant, RFC 3339 with offset or Z; answers are always UTC. */
export const Instant = z.iso
  .datetime({ offset: true, abort: true, error: 'an instant such as 2026-03-01T10:00:00Z' })
  .refine(isWithinReach, 'an instant after the year 0 and before 9999-12-31, with an offset below 16 hours');

/** A day of the calendar, of no time zone in particular. */
export const CalendarDate = z.iso
  .date({ abort: true, error: 'a date such as 1990-04-12' })
  .refine((day) => !day.startsWith('0000'), 'a date of the years 1 to 9999');

/** Zones found to be ones: finding out takes longer than all the rest of a player's data. */
const timeZones = new Set<string>();
const MOST_TIME_ZONES = 1000;

const isTimeZone = (name: string): boolean => {
  if (timeZones.has(name)) return true;
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
  } catch {
    return false;
  }
  if (timeZones.size < MOST_TIME_ZONES) timeZones.add(name);
  return true;
};

/** IANA time zone. Days, weeks, months and opening hours of a brand are those of its time zone; a player may have another. */
export const TimeZone = z.string().max(64).refine(isTimeZone, 'an IANA time zone such as Europe/Malta');

/** ISO 4217 code, or one configured on the brand. Checked against the brand's table where money is used. */
export const CurrencyCode = z.string().regex(/^[A-Z][A-Z0-9]{2,9}$/, 'a currency code such as EUR');

/** Money in minor units of its currency (cents, fils, yen): a whole number, never a decimal. */
export const MinorAmount = z.int().min(0);

export const Money = z.strictObject({ amount: MinorAmount, currency: CurrencyCode });
export type Money = z.infer<typeof Money>;

/** Share in basis points: 10,000 is 100 %. */
export const BasisPoints = z.int().min(0).max(1_000_000);

export const IpAddress = z.union([z.ipv4(), z.ipv6()], 'an IPv4 or IPv6 address');

/** ISO 3166-1 alpha-2. */
export const Country = z.string().regex(/^[A-Z]{2}$/, 'a two-letter country code such as DE');

/** A kind of gambling that regulators tell apart. */
export const Product = z.enum(PRODUCTS);
export type Product = z.infer<typeof Product>;

/** The platform's own identifier of a player. */
export const PlayerExternalId = z
  .string()
  .min(1)
  .max(128)
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  .regex(/^[^\u0000-\u001f\u007f]+$/, 'printable characters only');

/** Query of every list: opaque cursor and page size. */
export const pageQuery = {
  cursor: z.string().max(512).optional().describe('`nextCursor` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
};

/** A page of a list: `nextCursor` is null on the last one. */
export const pageOf = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** What is wrong with one field, and what would be right. */
export const FieldProblem = z.object({
  field: z.string().describe('Path into the input, such as `limits.0.max`'),
  reason: z.string(),
  fix: z.string().optional(),
  line: z.int().optional().describe('In the text of a rule, from 1'),
  column: z.int().optional().describe('The same, in UTF-16 units'),
});
export type FieldProblem = z.infer<typeof FieldProblem>;

/** RFC 9457 problem details. `key` is stable and meant for programs. */
export const Problem = z.looseObject({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  key: z.string(),
  requestId: z.string().optional(),
  errors: z.array(FieldProblem).optional(),
  challenge: Challenge.optional().describe('Of `challenge_required`'),
});
export type Problem = z.infer<typeof Problem>;
