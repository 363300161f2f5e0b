import { useTranslation } from 'react-i18next';
import { Page, PageTabs } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { AddressRanges } from '../ranges/address-ranges.tsx';
import { Editor } from './editor.tsx';
import { Precision } from './precision.tsx';
import { Versions } from './versions.tsx';

/** What indicators weigh, how well they do, and what they know of networks. */
export function WeightsPage() {
  const { t } = useTranslation('risk');
  const { filters, openTab } = useFilters<'tab'>();
  return (
    <Page title={t('rooms.riskWeights')} description={t('weights.description')}>
      <PageTabs
        label={t('rooms.riskWeights')}
        value={filters.tab}
        onChange={openTab}
        tabs={[
          { value: 'weights', label: t('tabs.weights'), panel: () => <Editor /> },
          { value: 'precision', label: t('tabs.precision'), panel: () => <Precision /> },
          { value: 'versions', label: t('tabs.versions'), panel: () => <Versions /> },
          { value: 'ranges', label: t('tabs.ranges'), panel: () => <AddressRanges /> },
        ]}
      />
    </Page>
  );
}
