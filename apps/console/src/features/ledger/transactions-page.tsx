import { useTranslation } from 'react-i18next';
import { Page, PageTabs } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { Adjustments } from './adjustments/adjustments.tsx';
import { Postings } from './postings/postings.tsx';
import { Reconciliation } from './reconciliation/reconciliation.tsx';
import { Statements } from './statements.tsx';

/** Where the money of bonuses went, and whether the books agree. */
export function TransactionsPage() {
  const { t } = useTranslation('ledger');
  const { filters, openTab } = useFilters<'tab' | 'case'>();
  const mayJobs = useMay('jobs:read');
  return (
    <Page title={t('rooms.transactions')} description={t('description')}>
      <PageTabs
        label={t('rooms.transactions')}
        value={filters.tab ?? (filters.case && 'adjustments')}
        onChange={openTab}
        tabs={[
          { value: 'statements', label: t('tabs.statements'), panel: () => <Statements /> },
          { value: 'postings', label: t('tabs.postings'), panel: () => <Postings /> },
          { value: 'adjustments', label: t('tabs.adjustments'), panel: () => <Adjustments /> },
          ...(mayJobs
            ? [
                {
                  value: 'reconciliation',
                  label: t('tabs.reconciliation'),
                  panel: () => <Reconciliation />,
                },
              ]
            : []),
        ]}
      />
    </Page>
  );
}
