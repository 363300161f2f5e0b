import type { Platform } from '../../platform/platform.ts';
import type { Approvals } from '../approvals/index.ts';
import type { Brands } from '../brands/index.ts';
import type { Players } from '../players/index.ts';
import { createCountAudience } from './audience/count.ts';
import { createDrafts, type Drafts } from './drafts.ts';
import { createKnowledge } from './knowledge.ts';
import { createMoves, type Moves } from './moves.ts';
import { createPolicies } from './policies.ts';
import { mountPreviewRoutes } from './preview-routes.ts';
import { createPreviews } from './previews.ts';
import { createRewardChecks, type RewardCheck } from './reward-checks.ts';
import { mountCampaignRoutes } from './routes.ts';
import { moveOnTime } from './schedule.ts';
import { createSecondPerson } from './second-person.ts';

export type { By, CampaignRecord } from './campaign.ts';
export { LIVE, type LiveCampaign, loadDefinition, loadLive, pauseForBudget } from './live.ts';
export type { RewardCheck } from './reward-checks.ts';
export { archivedWithCodes, codesHaveExpired, markHasCodes } from './store.ts';

const MOVE_EVERY_MS = 500;

export interface Campaigns extends Drafts, Moves {
  /** Registers what a later feature has to say of rewards before a campaign with them is saved or run. */
  checkRewards(check: RewardCheck): void;
}

/** Campaigns: drafts, immutable versions, and the life from draft to archive. */
export function createCampaigns(
  { db, http, ticker }: Platform,
  { brands, approvals, players }: { brands: Brands; approvals: Approvals; players: Players },
): Campaigns {
  const checks = createRewardChecks();
  const policies = createPolicies(db, http, brands);
  const judges = { checks, policies };
  const secondPerson = createSecondPerson(approvals, judges);
  const know = createKnowledge({ brands, players, policies });
  const drafts = createDrafts(db, know, secondPerson, checks);
  const moves = createMoves(db, brands, secondPerson, judges);
  const countAudience = createCountAudience(db, { brands, players });
  mountCampaignRoutes(http, db, { drafts, moves, policies });
  mountPreviewRoutes(http, countAudience, createPreviews(db, know, checks));
  ticker.every('start and end campaigns', MOVE_EVERY_MS, () => moveOnTime(db));
  return { ...drafts, ...moves, checkRewards: checks.add };
}
