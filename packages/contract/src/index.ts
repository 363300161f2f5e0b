export * from './activations.ts';
export * from './adjustments.ts';
export * from './analytics.ts';
export * from './approvals.ts';
export * from './attention.ts';
export * from './audiences.ts';
export * from './audit.ts';
export * from './bonus-desk.ts';
export * from './bonuses.ts';
export * from './brands.ts';
export { CampaignDefinition, Limit, Schedule, Traffic } from './campaign-definition.ts';
export * from './campaign-previews.ts';
export * from './campaigns.ts';
export * from './cashback.ts';
export * from './channels.ts';
export * from './codes.ts';
export * from './common.ts';
export * from './content.ts';
export * from './content-documents.ts';
export * from './deliveries.ts';
export * from './draws.ts';
export * from './engines.ts';
export * from './event-feed.ts';
export * from './event-properties.ts';
export { Actor, EVENT_TYPES, EventEnvelope, type EventType } from './events.ts';
export * from './freespins.ts';
export * from './inbox.ts';
export * from './jobs.ts';
export { JourneyDefinition } from './journey-definition.ts';
export * from './journey-enrolments.ts';
export * from './journey-entries.ts';
export * from './journey-secrets.ts';
export * from './journey-trials.ts';
export * from './journeys.ts';
export * from './keys.ts';
export * from './labels.ts';
export * from './ledger.ts';
export * from './messages.ts';
export { PERMISSIONS, type Permission, ROLES, type Role, roleMay } from './permissions.ts';
export * from './platform-events.ts';
export * from './player-events.ts';
export * from './players.ts';
export * from './policy.ts';
export * from './properties.ts';
export * from './providers.ts';
export * from './reconciliation.ts';
export { Reward, type RewardKind } from './rewards.ts';
export {
  type Access,
  defineRoute,
  type Route,
  type RouteCall,
  type RouteInput,
  type RouteOutput,
} from './route.ts';
export * from './saved-views.ts';
export * from './search.ts';
export * from './setup.ts';
export * from './sign-in.ts';
export * from './specials.ts';
export * from './staff.ts';
export * from './system.ts';
export * from './tournaments.ts';
export { AmountByCurrency, Seconds, WageringTerms } from './wagering.ts';
export * from './wallet.ts';
export * from './webhooks.ts';
