import type { CampaignDefinition, CampaignInput, Reward, RewardKind } from '@promosmith/contract';
import { INDICATOR_NAMES } from '@promosmith/core/risk';

type Wagering = Extract<Reward, { kind: 'bonus_balance' }>['wagering'];
type Amounts = Readonly<Record<string, number>>;

/** The fields of a campaign that people edit: its name and what a version pins. */
export const FIELDS = [
  ...['name', 'product', 'rewards', 'audience', 'traffic', 'limits', 'budget'],
  ...['exclusive', 'exclusiveGroup', 'risk', 'schedule', 'markets', 'terms'],
] as const satisfies readonly (keyof CampaignInput)[];

/** Of a campaign as it is read, what can be sent back: nothing that a form does not show is lost. */
export const inputOf = (campaign: CampaignInput): CampaignInput => ({
  name: campaign.name,
  product: campaign.product,
  rewards: campaign.rewards,
  audience: campaign.audience,
  traffic: campaign.traffic,
  limits: campaign.limits,
  budget: campaign.budget,
  exclusive: campaign.exclusive,
  exclusiveGroup: campaign.exclusiveGroup,
  risk: campaign.risk,
  schedule: campaign.schedule,
  markets: campaign.markets,
  terms: campaign.terms,
});

export const withoutName = ({ name: _, ...definition }: CampaignInput): CampaignDefinition => definition;

const DAY = 86_400;

const plainWagering = (): Wagering => ({
  multiplier: 3_000,
  base: 'bonus',
  depositBase: 'full',
  contributions: { categories: {}, games: {} },
  countStakes: 'all',
  fundsOrder: 'real_first',
  stickiness: 'cashable',
  expiresAfterSeconds: 7 * DAY,
  onWithdrawal: 'forfeit',
});

/** The terms of wagering of a reward that had none. */
export const firstWagering = (kind: RewardKind): Wagering => ({
  ...plainWagering(),
  base: kind === 'free_spins' ? 'winnings' : 'bonus',
});

/** A reward to begin with: what is usual is filled in, amounts are not. */
export function firstReward(kind: RewardKind): Reward {
  switch (kind) {
    case 'deposit':
      return {
        kind,
        matchBps: 10_000,
        cap: {},
        minDeposit: {},
        depositWithinSeconds: 7 * DAY,
        wagering: plainWagering(),
      };
    case 'free_spins':
      return {
        kind,
        count: 20,
        provider: '',
        games: [],
        spinValue: {},
        expiresAfterSeconds: 7 * DAY,
        winnings: 'bonus',
        wagering: firstWagering(kind),
      };
    case 'bonus_balance':
      return { kind, amount: {}, wagering: plainWagering() };
    case 'cashback':
      return {
        kind,
        rateBps: 1_000,
        period: 'week',
        basis: 'game_net_loss',
        cap: {},
        periods: 1,
        paidAs: 'bonus',
        payout: 'automatic',
        claimWithinSeconds: 7 * DAY,
        wagering: plainWagering(),
      };
    case 'tournament_entry':
      return { kind, tournament: '', seats: 1, expiresAfterSeconds: 30 * DAY };
    case 'special':
      return { kind, handler: '', payload: {} };
  }
}

/** A campaign to begin with: once for each player, open to everybody. */
export const firstCampaign = (): CampaignInput => ({
  name: '',
  product: null,
  rewards: [],
  audience: { rule: null, kycRequired: false },
  traffic: null,
  limits: [{ scope: 'player', max: 1 }],
  budget: null,
  exclusive: false,
  exclusiveGroup: null,
  risk: { indicators: [...INDICATOR_NAMES] },
  schedule: { startsAt: null, endsAt: null },
  markets: {},
  terms: { significant: '', full: '' },
});

const isAmounts = (value: unknown): value is Amounts =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  Object.entries(value).length > 0 &&
  Object.entries(value).every(
    ([code, amount]) => /^[A-Z][A-Z0-9]{2,9}$/.test(code) && typeof amount === 'number',
  );

/** Every currency that amounts of the offer are in, in the order they are first named. */
export function currenciesIn({ rewards, budget }: CampaignInput): readonly string[] {
  const codes = new Set<string>();
  const look = (value: unknown): void => {
    if (isAmounts(value)) for (const code of Object.keys(value)) codes.add(code);
    else if (typeof value === 'object' && value !== null) for (const part of Object.values(value)) look(part);
  };
  look(rewards);
  look(budget);
  return [...codes];
}

/** The offer without its amounts in a currency. */
export function withoutCurrency(input: CampaignInput, code: string): CampaignInput {
  const drop = (value: unknown): unknown => {
    if (isAmounts(value)) return Object.fromEntries(Object.entries(value).filter(([key]) => key !== code));
    if (Array.isArray(value)) return value.map(drop);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, drop(part)]));
  };
  return {
    ...input,
    rewards: drop(input.rewards) as CampaignInput['rewards'],
    budget: drop(input.budget) as CampaignInput['budget'],
  };
}
