/** Lifecycles of campaigns, codes, activations, grants, free spins, journeys, tournaments and draws: state machines as data. */
export { type ActivationState, activationLifecycle } from './activation.ts';
export { type CampaignState, campaignLifecycle } from './campaign.ts';
export { type CodeState, codeLifecycle } from './code.ts';
export { type FreeSpinsState, freeSpinsLifecycle } from './free-spins.ts';
export { type GrantState, grantLifecycle } from './grant.ts';
export { type EnrolmentState, enrolmentLifecycle, type JourneyState, journeyLifecycle } from './journey.ts';
export {
  canMove,
  type Lifecycle,
  type Moves,
  move,
  type Need,
  needsOf,
  nextStates,
  previousStates,
} from './lifecycle.ts';
export { type DrawState, drawLifecycle, type TournamentState, tournamentLifecycle } from './prizes.ts';
