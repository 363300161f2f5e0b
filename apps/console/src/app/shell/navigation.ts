import type { Permission, Role } from '@promosmith/contract';
import {
  type Icon,
  IconActivity,
  IconBuildingStore,
  IconChartBar,
  IconClipboardCheck,
  IconCoins,
  IconForms,
  IconGift,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconMail,
  IconPercentage,
  IconPlugConnected,
  IconRoute,
  IconServer,
  IconSpeakerphone,
  IconTag,
  IconTemplate,
  IconTicket,
  IconTrophy,
  IconUsers,
  IconUsersGroup,
  IconVariable,
  IconWebhook,
} from '@tabler/icons-react';

/** A room of the console, under the name GLOSSARY has for what is in it. */
export interface Room {
  /** Of the texts: `rooms.<name>`. */
  readonly name: string;
  readonly to: string;
  readonly icon: Icon;
  /** Whoever lacks it does not see the room. */
  readonly permission: Permission;
}

interface Wing {
  readonly name: string;
  readonly rooms: readonly Room[];
}

export const WINGS: readonly Wing[] = [
  {
    name: 'insight',
    rooms: [
      { name: 'overview', to: '/overview', icon: IconLayoutDashboard, permission: 'analytics:read' },
      { name: 'performance', to: '/performance', icon: IconChartBar, permission: 'analytics:read' },
    ],
  },
  {
    name: 'promotions',
    rooms: [
      { name: 'campaigns', to: '/campaigns', icon: IconSpeakerphone, permission: 'campaigns:read' },
      { name: 'codes', to: '/codes', icon: IconTicket, permission: 'codes:read' },
      { name: 'activations', to: '/activations', icon: IconActivity, permission: 'activations:read' },
      { name: 'approvals', to: '/approvals', icon: IconClipboardCheck, permission: 'approvals:read' },
    ],
  },
  {
    name: 'players',
    rooms: [
      { name: 'players', to: '/players', icon: IconUsers, permission: 'players:read' },
      { name: 'bonuses', to: '/bonuses', icon: IconGift, permission: 'bonuses:read' },
      { name: 'transactions', to: '/transactions', icon: IconCoins, permission: 'ledger:read' },
      { name: 'cashback', to: '/cashback', icon: IconPercentage, permission: 'bonuses:read' },
      { name: 'tournaments', to: '/tournaments', icon: IconTrophy, permission: 'tournaments:read' },
    ],
  },
  {
    name: 'engagement',
    rooms: [
      { name: 'journeys', to: '/journeys', icon: IconRoute, permission: 'journeys:read' },
      { name: 'content', to: '/content', icon: IconTemplate, permission: 'journeys:read' },
      { name: 'labels', to: '/labels', icon: IconTag, permission: 'journeys:read' },
      { name: 'properties', to: '/properties', icon: IconVariable, permission: 'journeys:read' },
      { name: 'messages', to: '/messages', icon: IconMail, permission: 'messages:read' },
    ],
  },
  {
    name: 'administration',
    rooms: [
      { name: 'webhooks', to: '/webhooks', icon: IconWebhook, permission: 'webhooks:read' },
      { name: 'integrations', to: '/integrations', icon: IconPlugConnected, permission: 'providers:read' },
      { name: 'jobs', to: '/jobs', icon: IconListDetails, permission: 'jobs:read' },
      { name: 'staff', to: '/staff', icon: IconUsersGroup, permission: 'staff:read' },
      { name: 'keys', to: '/keys', icon: IconKey, permission: 'keys:read' },
      { name: 'brand', to: '/brand', icon: IconBuildingStore, permission: 'brands:write' },
      { name: 'policies', to: '/policies', icon: IconForms, permission: 'campaigns:read' },
      { name: 'audit', to: '/audit', icon: IconHistory, permission: 'audit:read' },
      { name: 'system', to: '/system', icon: IconServer, permission: 'brands:write' },
    ],
  },
];

/** Where a role's work begins. */
const DESKS: Readonly<Record<Role, string>> = {
  owner: '/overview',
  administrator: '/overview',
  marketing: '/campaigns',
  fraud_analyst: '/activations',
  support: '/players',
  data_analyst: '/performance',
};

export const deskOf = (role: Role): string => DESKS[role];
