import { Stack } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { type Crumb, ErrorBox, Page, PageTabs, Skeletons, Status, type Tab } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import type { Campaign } from '../campaign.ts';
import { CampaignActions } from './campaign-actions.tsx';
import { Summary } from './summary.tsx';
import { ActivationsTab } from './tabs/activations-tab.tsx';
import { BonusesTab } from './tabs/bonuses-tab.tsx';
import { CodesTab } from './tabs/codes-tab.tsx';
import { HistoryTab } from './tabs/history-tab.tsx';
import { PerformanceTab } from './tabs/performance-tab.tsx';
import { TermsTab } from './tabs/terms-tab.tsx';
import { WaitingPanel } from './waiting-panel.tsx';

/** One campaign: how it stands, what it says, and everything that came of it. */
export function CampaignPage() {
  const { t } = useTranslation('campaigns');
  const { campaignId } = useParams({ strict: false }) as { campaignId: string };
  const campaign = useRead('getCampaign', { params: { campaignId } });
  const crumbs: readonly Crumb[] = [{ label: t('list.title'), link: { to: '/campaigns' } }];
  if (!campaign.data)
    return (
      <Page title={t('list.campaign')} crumbs={crumbs}>
        {campaign.error ? (
          <ErrorBox error={campaign.error} again={() => void campaign.refetch()} />
        ) : (
          <Skeletons />
        )}
      </Page>
    );
  const { name, status } = campaign.data;
  return (
    <Page
      title={name}
      beside={<Status of={status} />}
      crumbs={crumbs}
      actions={<CampaignActions campaign={campaign.data} />}
    >
      <Stack gap="lg">
        {campaign.data.approvalId !== null && (
          <WaitingPanel campaign={campaign.data} approvalId={campaign.data.approvalId} />
        )}
        <Summary campaign={campaign.data} />
        <CampaignTabs campaign={campaign.data} />
      </Stack>
    </Page>
  );
}

function CampaignTabs({ campaign }: { campaign: Campaign }) {
  const { t } = useTranslation('campaigns');
  const { filters, setFilters } = useFilters<'tab'>();
  const may = {
    codes: useMay('codes:read'),
    activations: useMay('activations:read'),
    bonuses: useMay('bonuses:read'),
    performance: useMay('analytics:read'),
  };
  const { id } = campaign;
  const tabs: (Tab & { isShown?: boolean })[] = [
    { value: 'terms', label: t('tabs.terms'), panel: () => <TermsTab campaign={campaign} /> },
    {
      value: 'codes',
      label: t('tabs.codes'),
      isShown: may.codes,
      panel: () => <CodesTab campaignId={id} />,
    },
    {
      value: 'activations',
      label: t('tabs.activations'),
      isShown: may.activations,
      panel: () => <ActivationsTab campaignId={id} />,
    },
    {
      value: 'bonuses',
      label: t('tabs.bonuses'),
      isShown: may.bonuses,
      panel: () => <BonusesTab campaignId={id} />,
    },
    {
      value: 'performance',
      label: t('tabs.performance'),
      isShown: may.performance,
      panel: () => <PerformanceTab campaignId={id} />,
    },
    { value: 'history', label: t('tabs.history'), panel: () => <HistoryTab campaign={campaign} /> },
  ];
  return (
    <PageTabs
      label={t('tabs.label')}
      tabs={tabs.filter(({ isShown = true }) => isShown)}
      value={filters.tab}
      onChange={(tab) => setFilters({ tab })}
    />
  );
}
