import { Select } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { type Crumb, FilterBar, LinkButton, Loaded, Page, Status } from '../../../kit/index.ts';
import { PeriodPicker, PrintButton } from '../../../kit/report/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMember } from '../../../session/index.ts';
import { ComparedWith } from './compared-with.tsx';
import { Told } from './told.tsx';

/** What came of one campaign, what it cost and what it earned; beside a period, or another campaign. */
export function CampaignPerformancePage() {
  const { t } = useTranslation('analytics');
  const { campaignId } = useParams({ from: '/shell/performance/$campaignId' });
  const { brand } = useMember();
  const { filters, isFiltered, setFilters, clear } = useFilters<
    'from' | 'to' | 'compare' | 'in' | 'by' | 'line'
  >('by', 'line');
  const { from, to, compare, in: into } = filters;
  const report = useRead('getCampaignPerformance', {
    params: { campaignId },
    query: { from, to, compare, in: into },
  });
  const crumbs: readonly Crumb[] = [{ label: t('performance.title'), link: { to: '/performance' } }];
  return (
    <Page
      title={report.data?.name ?? t('campaign')}
      beside={report.data && <Status of={report.data.status} />}
      crumbs={crumbs}
      actions={
        <>
          <PrintButton />
          <LinkButton variant="default" to="/campaigns/$campaignId" params={{ campaignId }}>
            {t('report.toCampaign')}
          </LinkButton>
        </>
      }
    >
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <PeriodPicker from={from} to={to} onChange={(days) => setFilters(days as typeof filters)} />
        <ComparedWith
          campaignId={campaignId}
          value={compare}
          onChange={(chosen) => setFilters({ compare: chosen })}
        />
        <Select
          aria-label={t('report.money')}
          size="sm"
          w={200}
          value={into ?? ''}
          onChange={(chosen) => setFilters({ in: chosen || undefined })}
          allowDeselect={false}
          data={[
            { value: '', label: t('report.moneyOwn') },
            { value: brand.currency, label: t('report.moneyIn', { currency: brand.currency }) },
          ]}
        />
      </FilterBar>
      <Loaded of={report}>{(data) => <Told report={data} />}</Loaded>
    </Page>
  );
}
