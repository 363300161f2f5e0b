import type { IndicatorName } from '../risk/index.ts';
import { campaignChecks } from './checks/campaign.ts';
import { jurisdictionCheck } from './checks/jurisdiction.ts';
import { type FactsReader, factsReader } from './facts-read.ts';
import { depositTerms, largestCostOf, openCostOf, payableIn, planGrants, planHeld } from './grants.ts';
import { budgetKey } from './key-format.ts';
import { limitClaims } from './limits.ts';
import { memo } from './memo.ts';
import type {
  Campaign,
  CampaignState,
  CampaignTerms,
  Check,
  Claim,
  CodeState,
  GrantPlan,
  Millis,
  World,
} from './types.ts';

/** What a player gets, and what it takes from the campaign's budget. */
export interface Payout {
  readonly grants: readonly GrantPlan[];
  /** In their place while a person looks at the activation. */
  readonly held: readonly GrantPlan[];
  /** Null when the campaign has no budget or the rewards cost nothing. */
  readonly budget: Claim | null;
}

/** A campaign as every attempt of a batch meets it: what is the same for all of them is worked out once. */
export interface Offer {
  readonly campaign: Campaign;
  readonly terms: CampaignTerms;
  /** DOMAIN §2 step 4. */
  readonly checks: readonly Check[];
  /** For players of a country, or of none that is known. Null when no rules of a jurisdiction apply to them. */
  jurisdictionIn(country: string | null): Check | null;
  /** Null when not every amount of the offer is stated in the currency. */
  payoutIn(currency: string): Payout | null;
  /** What its limits count an attempt at one of its codes by. */
  limitsOf(code: CodeState): ReturnType<typeof limitClaims>;
  /** When an awaited deposit comes too late; null when none is awaited. */
  readonly awaitingUntil: Millis | null;
  readonly factsRead: FactsReader;
  /** Indicators of abuse that count here. */
  readonly indicators: ReadonlySet<IndicatorName>;
}

export function openOffer(state: CampaignState, { now, clock, jurisdiction }: World): Offer {
  const { campaign } = state;
  const { terms } = campaign;
  const deposit = depositTerms(terms);
  return {
    campaign,
    terms,
    checks: campaignChecks(state, now, clock),
    jurisdictionIn: memo((country) => jurisdictionCheck(campaign, jurisdiction, country, now)),
    payoutIn: memo((currency) =>
      payableIn(terms, currency)
        ? {
            grants: planGrants(terms, currency, now),
            held: planHeld(terms, currency),
            budget: budgetClaim(campaign, currency),
          }
        : null,
    ),
    limitsOf: memo((code) => limitClaims(campaign, code, clock)),
    awaitingUntil: deposit ? now + deposit.depositWithinSeconds * 1000 : null,
    factsRead: factsReader(campaign.rule?.facts ?? []),
    indicators: new Set(terms.risk?.indicators),
  };
}

/** The budget is taken at its worst case, so that it can never be overspent (vector V18b). */
function budgetClaim({ campaignId, terms }: Campaign, currency: string): Claim | null {
  const maximum = terms.budget?.[currency];
  const amount = largestCostOf(terms, currency);
  if (maximum === undefined || amount === 0) return null;
  return {
    counterKey: budgetKey(campaignId, currency),
    home: 'counter',
    refusal: 'budget_exceeded',
    amount,
    reserved: openCostOf(terms, currency),
    maximum,
    hot: true,
  };
}
