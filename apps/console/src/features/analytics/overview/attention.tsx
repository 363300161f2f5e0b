import { Badge, Group, NavLink, SimpleGrid } from '@mantine/core';
import type { AttentionKind } from '@promosmith/contract';
import {
  type Icon,
  IconAlertTriangle,
  IconClipboardCheck,
  IconCoins,
  IconGauge,
  IconListDetails,
  IconRouteOff,
  IconScale,
  IconTruckOff,
  IconWebhook,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Panel, When } from '../../../kit/index.ts';

const LOOK_MS = 30_000;

/** Where each kind is dealt with. */
const PLACES: Readonly<Record<AttentionKind, { readonly icon: Icon; readonly link: LinkProps }>> = {
  approvals: { icon: IconClipboardCheck, link: { to: '/approvals' } },
  reconciliation: { icon: IconScale, link: { to: '/transactions', search: { tab: 'reconciliation' } } },
  deliveries_failed: { icon: IconTruckOff, link: { to: '/bonuses', search: { tab: 'deliveries' } } },
  adjustments_open: { icon: IconCoins, link: { to: '/transactions', search: { tab: 'adjustments' } } },
  enrolments_stuck: { icon: IconRouteOff, link: { to: '/journeys' } },
  webhooks_failing: { icon: IconWebhook, link: { to: '/webhooks' } },
  jobs_failed: { icon: IconListDetails, link: { to: '/jobs', search: { status: 'failed' } } },
  budgets_nearly_used: { icon: IconGauge, link: { to: '/campaigns', search: { status: 'active' } } },
};

/** What waits for whoever looks. Nothing is shown when nothing does. */
export function Attention() {
  const { t } = useTranslation('analytics');
  const attention = useRead('getAttention', {}, { every: LOOK_MS });
  const items = attention.data?.items ?? [];
  if (items.length === 0) return null;
  return (
    <Panel title={t('attention.title')} actions={<IconAlertTriangle size={18} aria-hidden />}>
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 3 }} spacing="xs">
        {items.map(({ kind, count, more, since }) => {
          const { icon: IconOf, link } = PLACES[kind];
          return (
            <NavLink
              key={kind}
              component={Link}
              {...(link as object)}
              bdrs="sm"
              label={
                <Group gap={6}>
                  <Badge color="yellow" variant="light" radius="sm">
                    {more ? '99+' : count}
                  </Badge>
                  {t(`attention.kinds.${kind}`, { count })}
                </Group>
              }
              description={
                since && (
                  <>
                    {t('attention.since')} <When at={since} />
                  </>
                )
              }
              leftSection={<IconOf size={20} stroke={1.5} />}
            />
          );
        })}
      </SimpleGrid>
    </Panel>
  );
}
