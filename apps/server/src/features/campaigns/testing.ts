import type { CampaignInput } from '@promosmith/contract';
import type { z } from 'zod';

type Input = z.input<typeof CampaignInput>;

/** A campaign that may be saved and run: 10.00 EUR for everybody, once. @param differences from it. */
export const validCampaign = (differences: Partial<Input> = {}): Input => ({
  name: 'Welcome',
  limits: [{ scope: 'player', max: 1 }],
  rewards: [{ kind: 'bonus_balance', amount: { EUR: 1_000 }, wagering: { multiplier: 3_500 } }],
  terms: { significant: '10 EUR, wager 35 times.' },
  ...differences,
});
