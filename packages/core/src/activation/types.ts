import type { Minor } from '../money/index.ts';
import type { Breach, Jurisdiction } from '../policy/index.ts';
import type { Assessment, IndicatorName, RiskKnown, RiskPolicy } from '../risk/index.ts';
import type { Facts, Rule } from '../rules/index.ts';
import type { RefusalKey } from './refusal-keys.ts';
import type { Reward } from './reward-terms.ts';

/** Milliseconds since the epoch, UTC. */
export type Millis = number;

export type Channel = 'registration' | 'cashier' | 'popup' | 'account' | 'api';

/** Where and how a code was entered, as far as the caller told. */
export interface Entry {
  readonly channel: Channel;
  readonly deviceId?: string;
  readonly deviceType?: string;
  readonly ip?: string;
  readonly ipCountry?: string;
  readonly traffic?: Readonly<Record<string, string>>;
}

/** One attempt of one player to use one code. */
export interface Attempt {
  readonly activationId: string;
  readonly playerId: string;
  /** Look-up keys the typed text may mean, the likeliest first; none when it can't be a code at all. */
  readonly codeKeys: readonly string[];
  readonly entry: Entry;
  /** Whoever an unknown code counts as a guess of. */
  readonly guessers: readonly Guesser[];
}

/** A player or an address that may name only so many unknown codes within a while. */
export interface Guesser {
  readonly key: string;
  /** Unknown codes before everything is refused. */
  readonly allowed: number;
}

/** What is known of a guesser. */
export interface Guesses {
  /** Unknown codes in the window that is still open. */
  readonly misses: number;
  readonly lockedUntil: Millis | null;
}

export interface CodeState {
  readonly codeKey: string;
  readonly campaignId: string;
  readonly kind: 'shared' | 'unique' | 'personal';
  /** Text of a shared code, which is public; null for the others. */
  readonly sharedText: string | null;
  readonly state: 'generated' | 'active' | 'expired' | 'disabled';
  readonly uses: number;
  readonly reserved: number;
  readonly maxUses: number | null;
  /** Player the code is bound to. */
  readonly holderId: string | null;
  readonly startsAt: Millis | null;
  readonly endsAt: Millis | null;
}

export type CampaignStatus =
  | 'draft'
  | 'pending_approval'
  | 'scheduled'
  | 'active'
  | 'paused'
  | 'ended'
  | 'archived';

export interface LimitTerms {
  /** `person`: whoever is behind several accounts, as far as their identifiers tell. */
  readonly scope: 'campaign' | 'code' | 'player' | 'device' | 'household' | 'person';
  readonly period?: 'day' | 'week' | 'month' | undefined;
  readonly max: number;
}

/** The terms of one campaign version, as far as the decision needs them. */
export interface CampaignTerms {
  readonly schedule: {
    readonly startsAt: string | null;
    readonly endsAt: string | null;
    readonly weekdays?: readonly number[] | undefined;
    readonly hours?: readonly { readonly from: string; readonly to: string }[] | undefined;
  };
  readonly markets: {
    readonly countries?: readonly string[] | undefined;
    readonly currencies?: readonly string[] | undefined;
  };
  readonly audience: { readonly kycRequired: boolean; readonly minAge?: number | undefined };
  /** Each scope and period at most once: two limits on one counter would both take from it. */
  readonly limits: readonly LimitTerms[];
  readonly budget: Readonly<Record<string, Minor>> | null;
  readonly exclusiveGroup: string | null;
  readonly exclusive: boolean;
  readonly traffic: {
    readonly utmSource?: string | undefined;
    readonly utmMedium?: string | undefined;
    readonly utmCampaign?: string | undefined;
    readonly affiliateId?: string | undefined;
    readonly required: boolean;
  } | null;
  readonly rewards: readonly Reward[];
  /** Indicators of abuse that count here. Versions of before there were any name none. */
  readonly risk?: { readonly indicators: readonly IndicatorName[] } | undefined;
}

/** A campaign version made ready for deciding: its audience rule compiled and its breaches of policy found, once. */
export interface Campaign {
  readonly campaignId: string;
  readonly version: number;
  readonly terms: CampaignTerms;
  readonly rule: Rule | null;
  /** Of any jurisdiction's rules, whenever they are in force. */
  readonly breaches: readonly Breach[];
}

export interface CampaignState {
  readonly campaign: Campaign;
  readonly status: CampaignStatus;
}

export interface PlayerState {
  readonly playerId: string;
  readonly country: string | null;
  readonly currency: string | null;
  readonly age: number | null;
  readonly kycStatus: string | null;
  readonly household: string | null;
  /** What the person behind the account is counted by: the account itself, and each identifier that leads to others. */
  readonly person: readonly string[];
  readonly selfExcludedUntil: Millis | null;
  readonly bonusBlocked: boolean;
  /** The `player.*` facts of the rule catalogue, made only when a rule asks. */
  facts(): Facts;
}

/** A bonus the player still has: pending or active. */
export interface OpenGrant {
  readonly campaignId: string;
  readonly exclusiveGroup: string | null;
}

export interface CounterState {
  readonly used: number;
  readonly reserved: number;
}

/** Where a decision looks things up: a map, or what answers as one would. */
export type Lookup<Value> = Pick<ReadonlyMap<string, Value>, 'get'>;

/**
 * What the decision knows about the world at `now`. The maps hold everything the attempts of the batch can touch;
 * what is absent does not exist (or, for counters, is zero).
 */
export interface World {
  readonly now: Millis;
  readonly clock: LocalClock;
  /** Of the brand's licence. */
  readonly jurisdiction: Jurisdiction;
  readonly codes: ReadonlyMap<string, CodeState>;
  readonly campaigns: ReadonlyMap<string, CampaignState>;
  readonly players: ReadonlyMap<string, PlayerState>;
  readonly counters: Lookup<CounterState>;
  readonly openGrants: ReadonlyMap<string, readonly OpenGrant[]>;
  /** By the guesser's key; nobody who is absent guessed lately. */
  readonly guesses: ReadonlyMap<string, Guesses>;
  /** What is known of those who try, by the id of their attempt. */
  readonly risk: Lookup<RiskKnown>;
  /** Of the brand. */
  readonly riskPolicy: RiskPolicy;
}

/** The instant of the decision on the brand's wall clock. */
export interface LocalClock {
  /** ISO weekday, 1 Monday … 7 Sunday. */
  readonly weekday: number;
  readonly minuteOfDay: number;
  /** `2026-03-29` */
  readonly day: string;
  /** ISO week, `2026-W13` */
  readonly week: string;
  /** `2026-03` */
  readonly month: string;
}

/** One check of the decision with what it saw and, where it can be said, the nearest way to pass. */
export interface Check {
  readonly check: string;
  readonly ok: boolean;
  /** Refusal key of a failed check. */
  readonly key?: RefusalKey;
  readonly saw?: unknown;
  readonly needs?: unknown;
}

/** A counter an activation takes from, with the most it may reach. */
export interface Claim {
  readonly counterKey: string;
  /** `code` lives on the code itself, the others in the table of counters. */
  readonly home: 'code' | 'counter';
  readonly refusal: RefusalKey;
  readonly amount: number;
  /** How much of it is no more than reserved until what it comes to is known. */
  readonly reserved: number;
  readonly maximum: number;
  /** Shared by everybody who uses the campaign, so taken as late in the transaction as possible. */
  readonly hot: boolean;
}

/** A bonus to be issued. Its id is given by whoever stores it. */
export interface GrantPlan {
  readonly rewardIndex: number;
  readonly kind: Reward['kind'];
  readonly status: 'pending' | 'active';
  readonly currency: string;
  /** Face value in minor units; 0 while it depends on a deposit. */
  readonly amount: Minor;
  /** Turnover required, in 1/10,000 minor units. */
  readonly wageringRequired: number;
  /** What it takes from the budget. */
  readonly cost: Minor;
  readonly expiresAt: Millis | null;
}

export interface Decision {
  readonly attempt: Attempt;
  readonly outcome: 'accepted' | 'awaiting_deposit' | 'in_review' | 'refused';
  readonly refusalKey: RefusalKey | null;
  readonly checks: readonly Check[];
  readonly code: CodeState | null;
  readonly campaign: Campaign | null;
  /** Taken counters; reserved rather than used while a deposit or a review is awaited. Empty when refused. */
  readonly claims: readonly Claim[];
  readonly grants: readonly GrantPlan[];
  /** Null where the campaign counts no indicator of abuse. */
  readonly assessment: Assessment | null;
  /** When an awaited deposit comes too late. */
  readonly awaitingUntil: Millis | null;
}
