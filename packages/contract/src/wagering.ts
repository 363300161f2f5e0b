import { z } from 'zod';
import { BasisPoints, CurrencyCode, MinorAmount } from './common.ts';

/** An amount for each currency the offer is open to; a player of another currency is not eligible. */
export const AmountByCurrency = z
  .record(CurrencyCode, MinorAmount)
  .refine((amounts) => Object.keys(amounts).length > 0, 'name at least one currency');

/** Seconds, at most ten years. */
export const Seconds = z.int().min(1).max(315_360_000);

/** What a player must turn over before bonus funds convert to real funds (DOMAIN §3). */
export const WageringTerms = z.strictObject({
  multiplier: z.int().min(0).max(100_000).describe('×100: 3500 is 35×'),
  base: z.enum(['bonus', 'deposit_plus_bonus', 'winnings']).default('bonus'),
  depositBase: z.enum(['full', 'matched']).default('full'),
  contributions: z
    .strictObject({
      categories: z.record(z.string().min(1).max(64), BasisPoints).default({}),
      games: z.record(z.string().min(1).max(128), BasisPoints).default({}),
    })
    .prefault({}),
  countStakes: z.enum(['all', 'bonus_funded']).default('all'),
  fundsOrder: z.enum(['real_first', 'bonus_first']).default('real_first'),
  stickiness: z.enum(['cashable', 'sticky']).default('cashable'),
  maxBet: z
    .strictObject({
      amounts: AmountByCurrency.optional(),
      bonusShare: BasisPoints.optional().describe('Share of the bonus in basis points; the lower limit wins'),
      onBreach: z.enum(['reject', 'no_contribution', 'flag']).default('no_contribution'),
    })
    .optional(),
  maxConversion: z
    .strictObject({
      amounts: AmountByCurrency.optional(),
      timesBonus: z.int().min(100).max(1_000_000).optional().describe('×100 of the bonus amount'),
    })
    .optional(),
  expiresAfterSeconds: Seconds.default(604_800),
  onWithdrawal: z.enum(['forfeit', 'block', 'keep']).default('forfeit'),
  dustThreshold: AmountByCurrency.optional(),
});
export type WageringTerms = z.infer<typeof WageringTerms>;
