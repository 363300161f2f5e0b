export { CampaignDefinition, Limit, Schedule, Traffic } from './campaign-definition.ts';
export * from './common.ts';
export { Actor, EVENT_TYPES, EventEnvelope, type EventType } from './events.ts';
export { PERMISSIONS, type Permission, ROLES, type Role, roleMay } from './permissions.ts';
export { Reward, type RewardKind } from './rewards.ts';
export {
  type Access,
  defineRoute,
  type Route,
  type RouteCall,
  type RouteInput,
  type RouteOutput,
} from './route.ts';
export { AmountByCurrency, Seconds, WageringTerms } from './wagering.ts';
