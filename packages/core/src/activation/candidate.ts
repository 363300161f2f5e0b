import type { LimitClaim } from './claims.ts';
import type { Attempt, CampaignState, Claim, CodeState, CounterState, PlayerState, World } from './types.ts';

/** Counters as they would stand after the attempts of the batch decided so far. */
export interface Tally {
  of(key: string): CounterState;
}

/** Everything one attempt is checked against. Code, campaign and player are known from here on. */
export interface Candidate {
  readonly attempt: Attempt;
  readonly world: World;
  readonly code: CodeState;
  readonly campaign: CampaignState;
  readonly player: PlayerState;
  readonly limits: readonly LimitClaim[];
  readonly budget: Claim | null;
  readonly tally: Tally;
  /** Campaigns and groups of the bonuses the player got earlier in this batch. */
  readonly justGranted: readonly { campaignId: string; exclusiveGroup: string | null }[];
}
