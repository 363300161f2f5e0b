import { useTranslation } from 'react-i18next';
import { Page, PageTabs } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { OpenPeriods } from './open-periods.tsx';
import { Settlements } from './settlements.tsx';

/** What players get back of their losses, period by period. */
export function CashbackPage() {
  const { t } = useTranslation('cashback');
  const { filters, openTab } = useFilters<'tab'>();
  return (
    <Page title={t('rooms.cashback')} description={t('description')}>
      <PageTabs
        label={t('rooms.cashback')}
        value={filters.tab}
        onChange={openTab}
        tabs={[
          { value: 'open', label: t('tabs.open'), panel: () => <OpenPeriods /> },
          { value: 'settlements', label: t('tabs.settlements'), panel: () => <Settlements /> },
        ]}
      />
    </Page>
  );
}
