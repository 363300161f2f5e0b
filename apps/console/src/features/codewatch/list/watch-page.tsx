import { useTranslation } from 'react-i18next';
import { Page, PageTabs } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { WatchSettings } from '../settings/watch-settings.tsx';
import { WatchList } from './watch-list.tsx';

/** How codes are tried, and what is unusual about it. */
export function WatchPage() {
  const { t } = useTranslation('codewatch');
  const { filters, openTab } = useFilters<'tab'>();
  return (
    <Page title={t('rooms.codeWatch')} description={t('description')}>
      <PageTabs
        label={t('rooms.codeWatch')}
        value={filters.tab}
        onChange={openTab}
        tabs={[
          { value: 'codes', label: t('tabs.codes'), panel: () => <WatchList /> },
          { value: 'settings', label: t('tabs.settings'), panel: () => <WatchSettings /> },
        ]}
      />
    </Page>
  );
}
