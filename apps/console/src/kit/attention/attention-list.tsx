import type { AttentionItem, AttentionKind } from '@promosmith/contract';
import {
  type Icon,
  IconAlertTriangle,
  IconClipboardCheck,
  IconCoins,
  IconGauge,
  IconListDetails,
  IconRouteOff,
  IconScale,
  IconShieldSearch,
  IconTruckOff,
  IconWebhook,
} from '@tabler/icons-react';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { When } from '../values.tsx';
import classes from './attention.module.css';

/** Where each kind is dealt with. */
const PLACES: Readonly<Record<AttentionKind, { readonly icon: Icon; readonly link: LinkProps }>> = {
  approvals: { icon: IconClipboardCheck, link: { to: '/approvals' } },
  code_alarms: { icon: IconAlertTriangle, link: { to: '/code-watch' } },
  guess_wave: { icon: IconAlertTriangle, link: { to: '/cases' } },
  cases_waiting: { icon: IconShieldSearch, link: { to: '/cases' } },
  reconciliation: { icon: IconScale, link: { to: '/transactions', search: { tab: 'reconciliation' } } },
  deliveries_failed: { icon: IconTruckOff, link: { to: '/bonuses', search: { tab: 'deliveries' } } },
  adjustments_open: { icon: IconCoins, link: { to: '/transactions', search: { tab: 'adjustments' } } },
  enrolments_stuck: { icon: IconRouteOff, link: { to: '/journeys' } },
  webhooks_failing: { icon: IconWebhook, link: { to: '/webhooks' } },
  jobs_failed: { icon: IconListDetails, link: { to: '/jobs', search: { status: 'failed' } } },
  budgets_nearly_used: { icon: IconGauge, link: { to: '/campaigns', search: { status: 'active' } } },
};

interface Props {
  readonly items: readonly AttentionItem[];
  /** Side by side where there is room. */
  readonly isWide?: boolean;
  readonly onFollow?: () => void;
}

/** What waits for whoever looks, each leading to where it is dealt with. */
export function AttentionList({ items, isWide = false, onFollow }: Props) {
  const { t } = useTranslation('attention');
  return (
    <ul className={classes.list} data-wide={isWide || undefined}>
      {items.map(({ kind, count, more, since }) => {
        const { icon: IconOf, link } = PLACES[kind];
        return (
          <li key={kind}>
            <Link {...link} className={classes.item} onClick={onFollow}>
              <span className={classes.icon} aria-hidden>
                <IconOf size={18} stroke={1.6} />
              </span>
              <span>
                <b>{more ? '99+' : count}</b> {t(`kinds.${kind}`, { count })}
                {since && (
                  <span className={classes.since}>
                    {count > 1 && `${t('oldest')} `}
                    <When at={since} />
                  </span>
                )}
              </span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
