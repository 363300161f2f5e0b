import { BASIS_POINTS } from '../money/index.ts';
import { bonusMultiple, leastContribution, multipleText } from './multiple.ts';
import type { Breach, Offer, OfferReward, Product, Requirement, WageringTerms } from './types.ts';

type Fault = Pick<Breach, 'field' | 'saw' | 'needs'>;

/** Where an offer does not do what a rule asks. Fields are paths within the terms. */
export function faultsUnder(requirement: Requirement, offer: Offer): Fault[] {
  switch (requirement.kind) {
    case 'max_wagering':
      return ofRewards(offer, (reward) => overWagered(reward, requirement.maximum));
    case 'max_effective_wagering':
      return ofRewards(offer, (reward) => effectivelyOverWagered(reward, requirement.maximum));
    case 'single_product':
      return mixedProducts(offer);
    case 'real_money_first':
      return ofRewards(offer, term('fundsOrder', ['real_first']));
    case 'real_money_free':
      return ofRewards(offer, term('onWithdrawal', ['forfeit', 'keep']));
  }
}

const ofRewards = ({ rewards }: Offer, faultOf: (reward: OfferReward) => Fault | undefined): Fault[] =>
  rewards.flatMap((reward, at) => {
    const fault = faultOf(reward);
    return fault ? [{ ...fault, field: `rewards.${at}.${fault.field}` }] : [];
  });

function overWagered(reward: OfferReward, maximum: number): Fault | undefined {
  const multiple = bonusMultiple(reward);
  if (multiple <= maximum) return undefined;
  const needs = `at most ${multipleText(maximum)} of the bonus`;
  return Number.isFinite(multiple)
    ? { field: 'wagering.multiplier', saw: `${multipleText(multiple)} of the bonus`, needs }
    : {
        field: 'wagering.depositBase',
        saw: 'the full deposit is wagered as well, however large',
        needs: `${needs}: matched, or the bonus as the base`,
      };
}

function effectivelyOverWagered(reward: OfferReward, maximum: number): Fault | undefined {
  const multiple = bonusMultiple(reward);
  const least = leastContribution(reward);
  const effective = least ? Math.ceil((multiple * BASIS_POINTS) / least.shareBps) : multiple;
  if (!least || effective <= maximum || !Number.isFinite(effective)) return undefined;
  return {
    field: `wagering.${least.field}`,
    saw: `effective ${multipleText(effective)} of the bonus with ${least.name} alone, at ${least.shareBps / 100} %`,
    needs: `at most ${multipleText(maximum)}`,
  };
}

/** What a reward can be used on; undefined when that is the player's choice. */
const productOf = ({ kind, product }: OfferReward): Product | undefined =>
  product ?? (kind === 'free_spins' ? 'casino' : undefined);

/** A reward that may be used on anything mixes nothing; a second reward of another product does. */
function mixedProducts(offer: Offer): Fault[] {
  const first = offer.product ?? offer.rewards.map(productOf).find((product) => product !== undefined);
  return ofRewards(offer, (reward) => {
    const product = productOf(reward);
    return product === undefined || product === first
      ? undefined
      : { field: 'product', saw: `${first} rewarded with ${product}`, needs: 'one product' };
  });
}

const term =
  <Name extends 'fundsOrder' | 'onWithdrawal'>(name: Name, allowed: readonly WageringTerms[Name][]) =>
  ({ wagering }: OfferReward): Fault | undefined =>
    !wagering || allowed.includes(wagering[name])
      ? undefined
      : { field: `wagering.${name}`, saw: wagering[name], needs: allowed.join(' or ') };
