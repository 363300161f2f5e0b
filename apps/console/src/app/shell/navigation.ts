import type { Permission, Role } from '@promosmith/contract';
import {
  type Icon,
  IconActivity,
  IconArrowsExchange,
  IconBuildingStore,
  IconChartBar,
  IconClipboardCheck,
  IconCoins,
  IconFileAnalytics,
  IconFlask,
  IconForms,
  IconGavel,
  IconGift,
  IconGridDots,
  IconHistory,
  IconKey,
  IconLayoutDashboard,
  IconListDetails,
  IconMail,
  IconPercentage,
  IconPlugConnected,
  IconRadar,
  IconRoute,
  IconScale,
  IconServer,
  IconShare,
  IconShieldSearch,
  IconSpeakerphone,
  IconTag,
  IconTemplate,
  IconTicket,
  IconTimeline,
  IconTrophy,
  IconUserOff,
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
      { name: 'experiments', to: '/experiments', icon: IconFlask, permission: 'analytics:read' },
      { name: 'cohorts', to: '/cohorts', icon: IconGridDots, permission: 'analytics:read' },
      { name: 'simulations', to: '/simulations', icon: IconTimeline, permission: 'simulations:run' },
      { name: 'reports', to: '/reports', icon: IconFileAnalytics, permission: 'reports:write' },
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
    name: 'fraud',
    rooms: [
      { name: 'fraud', to: '/fraud', icon: IconShieldSearch, permission: 'cases:read' },
      { name: 'cases', to: '/cases', icon: IconGavel, permission: 'cases:read' },
      { name: 'links', to: '/links', icon: IconShare, permission: 'risk:read' },
      { name: 'codeWatch', to: '/code-watch', icon: IconRadar, permission: 'risk:read' },
      { name: 'riskLists', to: '/risk-lists', icon: IconUserOff, permission: 'risk:read' },
      { name: 'riskWeights', to: '/risk-weights', icon: IconScale, permission: 'risk:read' },
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
      {
        ...{ name: 'currencyRates', to: '/currency-rates', icon: IconArrowsExchange },
        permission: 'analytics:read',
      },
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
  fraud_analyst: '/fraud',
  support: '/players',
  data_analyst: '/overview',
};

export const deskOf = (role: Role): string => DESKS[role];
