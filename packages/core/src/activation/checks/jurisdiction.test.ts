import { breachesOf } from '../../policy/index.ts';
import { type Case, failed, passed, player, testCheck } from '../testing/check-table.ts';
import { campaignOf, NOW } from '../testing/world.ts';

const wagered = (multiplier: number) =>
  campaignOf(
    {},
    {
      breaches: breachesOf({
        rewards: [
          {
            kind: 'bonus_balance',
            wagering: {
              multiplier,
              base: 'bonus',
              depositBase: 'full',
              fundsOrder: 'real_first',
              onWithdrawal: 'forfeit',
              contributions: { categories: {}, games: {} },
            },
          },
        ],
      }),
    },
  );

const asked = (
  multiplier: number,
  jurisdiction: 'default' | 'GB' | 'MT',
  country: string | null,
): Omit<Case, 'gives'> => ({
  campaigns: [wagered(multiplier)],
  jurisdiction,
  ...player({ country }),
});

const tooHigh = failed(
  'player.jurisdiction',
  'jurisdiction_forbidden',
  [{ jurisdiction: 'GB', field: 'rewards.0.wagering.multiplier', saw: '35× of the bonus' }],
  [
    {
      needs: 'at most 10× of the bonus',
      source:
        'Gambling Commission, Licence conditions and codes of practice, SR Code 5.1.1 (Rewards and bonuses)',
    },
  ],
);

testCheck('player.jurisdiction', {
  'a brand of GB, at 10×': { ...asked(1_000, 'GB', 'DE'), gives: passed('player.jurisdiction', ['GB']) },
  'a brand of GB, at 35×': { ...asked(3_500, 'GB', null), gives: tooHigh },
  'a player in GB of a brand elsewhere': { ...asked(3_500, 'MT', 'GB'), gives: tooHigh },
  'nobody of GB': { ...asked(3_500, 'MT', 'DE'), gives: undefined },
  'no jurisdiction at all': { ...asked(3_500, 'default', null), gives: undefined },
  'a rule that was not in force yet': {
    ...asked(3_500, 'GB', null),
    now: NOW - 80 * 86_400_000,
    gives: passed('player.jurisdiction', ['GB']),
  },
});
