import { useTranslation } from 'react-i18next';
import { GrantByHand, Page, PageTabs } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { BonusList } from './list/bonus-list.tsx';
import { DeliveryList } from './list/delivery-list.tsx';
import { FreeSpinsList } from './list/free-spins-list.tsx';

/** Every bonus that players hold or held, and how those that are kept elsewhere get there. */
export function BonusesPage() {
  const { t } = useTranslation('bonuses');
  const { filters, openTab } = useFilters<'tab'>();
  return (
    <Page title={t('rooms.bonuses')} description={t('description')} actions={<GrantByHand />}>
      <PageTabs
        label={t('rooms.bonuses')}
        value={filters.tab}
        onChange={openTab}
        tabs={[
          { value: 'granted', label: t('tabs.granted'), panel: () => <BonusList /> },
          { value: 'deliveries', label: t('tabs.deliveries'), panel: () => <DeliveryList /> },
          { value: 'spins', label: t('tabs.spins'), panel: () => <FreeSpinsList /> },
        ]}
      />
    </Page>
  );
}
