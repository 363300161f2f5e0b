import { z } from 'zod';
import { BasisPoints, CurrencyCode, MinorAmount } from './common.ts';

/** An amount in minor units for each currency the offer is open to; a player of another currency is not eligible. */
export const AmountByCurrency = z
  .record(CurrencyCode, MinorAmount)
  .refine((amounts) => Object.keys(amounts).length > 0, 'name at least one currency');

/** Seconds, at most ten years. */
export const Seconds = z.int().min(1).max(315_360_000);

/** What a player must turn over before bonus funds convert to real funds (DOMAIN §3). */
export const WageringTerms = z.strictObject({
  multiplier: z.int().min(0).max(100_000).describe('×100: 3500 is 35×'),
  base: z
    .enum(['bonus', 'deposit_plus_bonus', 'winnings'])
    .default('bonus')
    .describe('What is multiplied. `winnings`: of free spins'),
  depositBase: z
    .enum(['full', 'matched'])
    .default('full')
    .describe('Of `deposit_plus_bonus`: all of the deposit, or the part that earned the bonus'),
  contributions: z
    .strictObject({
      categories: z.record(z.string().min(1).max(64), BasisPoints).default({}),
      games: z.record(z.string().min(1).max(128), BasisPoints).default({}),
    })
    .prefault({})
    .describe(
      'Share of a stake that counts, in basis points, by the category that bets carry; games are exceptions. What is not ' +
        'listed counts fully, or not at all where categories are listed',
    ),
  countStakes: z
    .enum(['all', 'bonus_funded'])
    .default('all')
    .describe('Whole stakes, or only the part that bonus money paid'),
  fundsOrder: z
    .enum(['real_first', 'bonus_first'])
    .default('real_first')
    .describe('What pays for stakes first'),
  stickiness: z
    .enum(['cashable', 'sticky'])
    .default('cashable')
    .describe('Whether the bonus itself becomes real money at completion, or its winnings alone'),
  maxBet: z
    .strictObject({
      amounts: AmountByCurrency.optional().describe('Largest stake, minor units'),
      bonusShare: BasisPoints.optional().describe('Share of the bonus in basis points; the lower limit wins'),
      onBreach: z
        .enum(['reject', 'no_contribution', 'flag'])
        .default('no_contribution')
        .describe(
          '`reject`: the wallet refuses it, and a settled one counts nothing; `flag`: it counts, and shows as such',
        ),
    })
    .optional(),
  maxConversion: z
    .strictObject({
      amounts: AmountByCurrency.optional().describe('Minor units'),
      timesBonus: z.int().min(100).max(1_000_000).optional().describe('×100 of the bonus amount: 500 is 5×'),
    })
    .optional()
    .describe('Most that becomes real money; the lower limit wins'),
  expiresAfterSeconds: Seconds.default(604_800).describe('From when the bonus is granted'),
  onWithdrawal: z
    .enum(['forfeit', 'block', 'keep'])
    .default('forfeit')
    .describe('What a withdrawal does to the bonus, or the bonus to it'),
  dustThreshold: AmountByCurrency.optional().describe(
    'A bonus with no more than this left after a bet, minor units, is lost',
  ),
});
export type WageringTerms = z.infer<typeof WageringTerms>;
