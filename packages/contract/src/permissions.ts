/**
 * The written permission table. Every route of the API names one permission; staff hold permissions through
 * their role, API keys through their scopes (the same names). A new permission is granted to nobody until it
 * is added to a role here.
 */
export const PERMISSIONS = {
  'brands:read': 'See the brand and its settings',
  'brands:write': 'Change the brand: time zone, currencies, approval thresholds, player tokens',
  'brands:create': 'Create another brand, as its owner',
  'staff:read': 'See staff and their roles',
  'staff:write': 'Invite staff, change roles, suspend',
  'keys:read': 'See API keys (never their secrets)',
  'keys:write': 'Create, rotate and revoke API keys',
  'players:read': 'See players',
  'players:write': 'Create and change players, record exclusions and consents',
  'campaigns:read': 'See campaigns and their versions',
  'campaigns:write': 'Draft, edit and submit campaigns',
  'campaigns:publish': 'Activate, pause, resume, end and archive campaigns',
  'codes:read': 'See codes, masked to their last four symbols',
  'codes:write': 'Create, generate, import and assign codes',
  'codes:export': 'Export codes in full',
  'codes:disable': 'Disable a code, with a reason',
  'codes:raise': 'Raise the limit of a code',
  'jobs:read': 'See background jobs and their progress',
  'jobs:cancel': 'Cancel a background job',
  'activations:read': 'See activation logs and explanations',
  'activations:create': 'Validate and activate codes for a player',
  'activations:reverse': 'Reverse an activation',
  'bonuses:read': 'See granted bonuses',
  'bonuses:grant': 'Grant a bonus by hand, above the cap with a second person',
  'bonuses:change': 'Cancel, extend and reinstate bonuses, and retry their delivery',
  'ledger:read': 'See ledger postings, balances and adjustment cases',
  'ledger:adjust': 'Close adjustment cases',
  'wallet:write': 'Move money in the reference wallet, as game servers and cashiers do',
  'providers:read': 'See bonus engines, free-round providers and channels (never their secrets)',
  'providers:write': 'Connect bonus engines, free-round providers and channels',
  'messages:read': 'See messages to players and what became of them',
  'messages:send': 'Send messages again',
  'tournaments:read': 'See tournaments, their tickets and prize draws',
  'tournaments:write': 'Create and close tournaments and prize draws',
  'tickets:use': "Use a player's ticket",
  'journeys:read': 'See journeys, their content and label tags, and what events carry',
  'journeys:write': 'Draft and edit journeys, their content and label tags; register what events carry',
  'journeys:publish': 'Publish journeys; activate, pause, resume and archive them',
  'events:read': 'Read the event feed',
  'events:write': "Send the platform's events",
  'webhooks:read': 'See webhook endpoints and deliveries',
  'webhooks:write': 'Manage webhook endpoints, rotate secrets, replay deliveries',
  'approvals:read': 'See requests that wait for a second pair of eyes',
  'approvals:decide': "Approve or reject other people's requests",
  'risk:read': 'See risk indicators, identity links, block lists and how codes are watched',
  'risk:write': 'Change risk weights, block lists and how codes are watched',
  'cases:read': 'See cases of the fraud queue',
  'cases:decide': 'Take and decide cases; take back bonuses that were won by abuse',
  'analytics:read': 'See what happened in numbers: overview, performance, uplift, cohorts',
  'experiments:write': 'Begin and end experiments, and deal players to their arms',
  'reports:write': 'Save, schedule and export reports',
  'simulations:run': 'Run a draft campaign over the past',
  'audit:read': 'Read and verify the audit log',
} as const;

export type Permission = keyof typeof PERMISSIONS;

const ALL = Object.keys(PERMISSIONS) as Permission[];
const READ = ALL.filter((permission) => permission.endsWith(':read') && permission !== 'audit:read');
const SEE_WORK = READ.filter(
  (permission) =>
    !['staff:read', 'keys:read', 'webhooks:read', 'providers:read', 'risk:read', 'cases:read'].includes(
      permission,
    ),
);

export const ROLES = {
  owner: ALL,
  administrator: ALL.filter((permission) => permission !== 'brands:create'),
  marketing: [
    ...SEE_WORK,
    'campaigns:write',
    'codes:write',
    'codes:export',
    'codes:disable',
    'jobs:cancel',
    'tournaments:write',
    'journeys:write',
    'experiments:write',
    'reports:write',
    'simulations:run',
  ],
  fraud_analyst: [
    ...SEE_WORK,
    'risk:read',
    'risk:write',
    'cases:read',
    'cases:decide',
    'codes:disable',
    'jobs:cancel',
    'activations:reverse',
    'bonuses:change',
    'ledger:adjust',
    'audit:read',
  ],
  support: [
    ...SEE_WORK,
    'risk:read',
    'cases:read',
    'activations:create',
    'activations:reverse',
    'bonuses:grant',
    'bonuses:change',
    'messages:send',
  ],
  data_analyst: [...SEE_WORK, 'risk:read', 'reports:write', 'simulations:run'],
} as const satisfies Record<string, readonly Permission[]>;

export type Role = keyof typeof ROLES;

/** @returns whether the role's row of the table holds the permission. */
export function roleMay(role: Role, permission: Permission): boolean {
  const held: readonly Permission[] = ROLES[role];
  return held.includes(permission);
}
