import { INDICATOR_NAMES } from '@promosmith/core/risk';
import { z } from 'zod';
import { Country, CurrencyCode, Instant, MinorAmount, Product } from './common.ts';
import { Reward } from './rewards.ts';

const ClockTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'a time of day such as 09:30');

/** When codes may be used. Weekdays and hours are in the brand's time zone; intervals are half-open. */
export const Schedule = z.strictObject({
  startsAt: Instant.nullable().default(null),
  endsAt: Instant.nullable().default(null),
  weekdays: z.array(z.int().min(1).max(7)).min(1).max(7).optional().describe('ISO: 1 Monday … 7 Sunday'),
  hours: z
    .array(z.strictObject({ from: ClockTime, to: ClockTime }))
    .min(1)
    .max(24)
    .optional()
    .describe('`to` before `from` runs past midnight'),
});

/** At most `max` uses per scope, and with `period` per calendar period in the brand's time zone. */
export const Limit = z.strictObject({
  scope: z
    .enum(['campaign', 'code', 'player', 'device', 'household', 'person'])
    .describe('`person` sees through accounts that share a device, a mailbox, a phone or a means of payment'),
  period: z.enum(['day', 'week', 'month']).optional(),
  max: z.int().min(1).max(1_000_000_000_000),
});
export type Limit = z.infer<typeof Limit>;

/** Where the campaign's players come from. With `required`, others are refused. */
export const Traffic = z.strictObject({
  utmSource: z.string().min(1).max(128).optional(),
  utmMedium: z.string().min(1).max(128).optional(),
  utmCampaign: z.string().min(1).max(128).optional(),
  affiliateId: z.string().min(1).max(128).optional(),
  required: z.boolean().default(false),
});

/** Everything about a campaign that a version pins: a grant keeps the version it was issued under. */
export const CampaignDefinition = z.strictObject({
  schedule: Schedule.prefault({}),
  markets: z
    .strictObject({
      countries: z.array(Country).min(1).max(250).optional(),
      currencies: z.array(CurrencyCode).min(1).max(200).optional(),
    })
    .prefault({}),
  audience: z
    .strictObject({
      rule: z.string().max(4000).nullable().default(null).describe('CEL over the fact catalogue'),
      kycRequired: z.boolean().default(false),
      minAge: z.int().min(0).max(150).optional(),
    })
    .prefault({}),
  limits: z.array(Limit).max(20).default([]),
  budget: z
    .record(CurrencyCode, MinorAmount)
    .nullable()
    .default(null)
    .describe('Most the campaign may grant, per currency; a currency not named is not eligible'),
  exclusiveGroup: z
    .string()
    .min(1)
    .max(64)
    .nullable()
    .default(null)
    .describe('One open bonus per group and player'),
  exclusive: z.boolean().default(false).describe('Refused while the player has any open bonus'),
  traffic: Traffic.nullable().default(null),
  product: Product.nullable()
    .default(null)
    .describe('What players have to use to earn the offer, where that matters: jurisdictions forbid mixing'),
  risk: z
    .strictObject({
      indicators: z
        .array(z.enum(INDICATOR_NAMES))
        .max(INDICATOR_NAMES.length)
        .describe('Indicators of abuse that count here; those left out are noticed, with 0 points'),
    })
    .default({ indicators: [...INDICATOR_NAMES] })
    .describe('All that there are when the campaign is made: one that comes later counts once it is added'),
  rewards: z.array(Reward).min(1).max(10),
  terms: z.strictObject({
    significant: z.string().min(1).max(2000).describe('Shown beside the offer'),
    full: z.string().max(100_000).default('').describe('Full terms, or their address'),
  }),
});
export type CampaignDefinition = z.infer<typeof CampaignDefinition>;
