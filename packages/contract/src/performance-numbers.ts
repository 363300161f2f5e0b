import { z } from 'zod';
import { CampaignStatus } from './campaigns.ts';
import { BasisPoints, CalendarDate, CurrencyCode, Id, Instant, MinorAmount } from './common.ts';
import { FIGURES, type FigureName } from './figures.ts';

export const Count = z.int().min(0);
const Sum = MinorAmount.nullable();
/** What may be below 0. */
const Balance = z.int().nullable();
const Rate = z.int().min(0).nullable();

/** A number that says what it is. */
const told = <Schema extends z.ZodType>(name: FigureName, schema: Schema): Schema =>
  schema.describe(FIGURES[name].definition);

/** Sums of money in one currency. An amount is null when it is past what can be told exactly. */
export const MoneyNumbers = z.object({
  currency: CurrencyCode,
  granted: told('granted', Sum),
  converted: told('converted', Sum),
  cashPaid: told('cashPaid', Sum),
  cost: told('cost', Sum),
  breakage: told('breakage', Balance),
  deposits: told('deposits', Count),
  deposited: told('deposited', Sum),
  bonusToDeposit: told('bonusToDeposit', Rate),
  bets: told('bets', Count),
  staked: told('staked', Sum),
  won: told('won', Sum),
  ggr: told('ggr', Balance),
  fees: told('fees', Sum),
  ngr: told('ngr', Balance),
  costOfGgr: told('costOfGgr', Rate),
});
export type MoneyNumbers = z.infer<typeof MoneyNumbers>;

/** What happened in a period. Each number is at the time of what it counts. */
export const PerformanceNumbers = z.object({
  tries: told('tries', Count),
  accepted: told('accepted', Count),
  awaitingDeposit: told('awaitingDeposit', Count),
  refused: told('refused', Count),
  acceptanceRate: told('acceptanceRate', BasisPoints.nullable()),
  activationRate: told('activationRate', Rate),
  lapsed: told('lapsed', Count),
  reversed: told('reversed', Count),
  distributed: told('distributed', Count),
  shown: told('shown', Count),
  grants: told('grants', Count),
  wagered: told('wagered', Count),
  conversions: told('conversions', Count),
  money: z.array(MoneyNumbers).describe('By currency, in alphabetical order'),
});
export type PerformanceNumbers = z.infer<typeof PerformanceNumbers>;

export const Period = z.object({ from: CalendarDate, to: CalendarDate });

/** What every report says of itself. */
export const reported = {
  period: Period.extend({ timeZone: z.string() }).describe(
    'Days of the brand’s clock, the last one included',
  ),
  countedUntil: Instant.describe('All that was committed before is counted'),
};

/** Which campaign a report is of. */
export const campaign = { campaignId: Id, name: z.string(), status: CampaignStatus };

/** Queries for a period. */
export const period = {
  from: CalendarDate.optional().describe('First day by the brand’s clock; 29 days before `to` if left out'),
  to: CalendarDate.optional().describe('Last day; today if left out. At most 400 days in all'),
};

export const access = { permission: 'analytics:read' } as const;
export const LATE =
  'Counted in the background, a second or two after it happened; `countedUntil` says how far. See the guide on analytics.';
