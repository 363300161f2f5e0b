import { expect, test } from 'vitest';
import { PERMISSIONS, type Permission, type Role, roleMay } from './permissions.ts';

/** DOMAIN rules of who may do what, stated once more by hand: a change of the table must be meant. */
const ONLY: Partial<Record<Permission, readonly Role[]>> = {
  'brands:write': ['owner', 'administrator'],
  'brands:create': ['owner'],
  'staff:read': ['owner', 'administrator'],
  'staff:write': ['owner', 'administrator'],
  'keys:read': ['owner', 'administrator'],
  'keys:write': ['owner', 'administrator'],
  'players:write': ['owner', 'administrator'],
  'campaigns:write': ['owner', 'administrator', 'marketing'],
  'campaigns:publish': ['owner', 'administrator'],
  'codes:write': ['owner', 'administrator', 'marketing'],
  'codes:export': ['owner', 'administrator', 'marketing'],
  'codes:disable': ['owner', 'administrator', 'marketing', 'fraud_analyst'],
  'codes:raise': ['owner', 'administrator'],
  'jobs:cancel': ['owner', 'administrator', 'marketing', 'fraud_analyst'],
  'activations:create': ['owner', 'administrator', 'support'],
  'activations:reverse': ['owner', 'administrator', 'fraud_analyst', 'support'],
  'bonuses:grant': ['owner', 'administrator', 'support'],
  'bonuses:change': ['owner', 'administrator', 'fraud_analyst', 'support'],
  'ledger:adjust': ['owner', 'administrator', 'fraud_analyst'],
  'wallet:write': ['owner', 'administrator'],
  'providers:read': ['owner', 'administrator'],
  'providers:write': ['owner', 'administrator'],
  'tournaments:write': ['owner', 'administrator', 'marketing'],
  'tickets:use': ['owner', 'administrator'],
  'messages:send': ['owner', 'administrator', 'support'],
  'journeys:write': ['owner', 'administrator', 'marketing'],
  'journeys:publish': ['owner', 'administrator'],
  'events:write': ['owner', 'administrator'],
  'webhooks:read': ['owner', 'administrator'],
  'webhooks:write': ['owner', 'administrator'],
  'approvals:decide': ['owner', 'administrator'],
  'risk:read': ['owner', 'administrator', 'fraud_analyst', 'support', 'data_analyst'],
  'risk:write': ['owner', 'administrator', 'fraud_analyst'],
  'cases:read': ['owner', 'administrator', 'fraud_analyst', 'support'],
  'cases:decide': ['owner', 'administrator', 'fraud_analyst'],
  'experiments:write': ['owner', 'administrator', 'marketing'],
  'reports:write': ['owner', 'administrator', 'marketing', 'data_analyst'],
  'simulations:run': ['owner', 'administrator', 'marketing', 'data_analyst'],
  'audit:read': ['owner', 'administrator', 'fraud_analyst'],
};

const EVERY_ROLE: readonly Role[] = [
  'owner',
  'administrator',
  'marketing',
  'fraud_analyst',
  'support',
  'data_analyst',
];

test.each(Object.keys(PERMISSIONS) as Permission[])('%s is held by the roles that should', (permission) => {
  const held = EVERY_ROLE.filter((role) => roleMay(role, permission));
  expect(held).toEqual(ONLY[permission] ?? EVERY_ROLE);
});
