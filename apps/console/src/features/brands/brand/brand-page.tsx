import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Loaded, Page, PageTabs } from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { BrandForm } from './brand-form.tsx';
import { CurrenciesPanel } from './currencies-panel.tsx';
import { NewBrand } from './new-brand.tsx';
import { PlayerTokensPanel } from './player-tokens-panel.tsx';
import { ThresholdsForm } from './thresholds-form.tsx';

/** What holds for everything of the brand. */
export function BrandPage() {
  const { t } = useTranslation('brands');
  const mayCreate = useMay('brands:create');
  const { filters, setFilters } = useFilters<'tab'>();
  const brand = useRead('getBrand', {});
  return (
    <Page
      title={t('title')}
      description={t('description')}
      width="reading"
      actions={mayCreate && <NewBrand />}
    >
      <Loaded of={brand}>
        {(data) => (
          <PageTabs
            label={t('title')}
            value={filters.tab}
            onChange={(tab) => setFilters({ tab })}
            tabs={[
              { value: 'general', label: t('tabs.general'), panel: () => <BrandForm brand={data} /> },
              {
                value: 'currencies',
                label: t('tabs.currencies'),
                panel: () => <CurrenciesPanel brand={data} />,
              },
              { value: 'approvals', label: t('tabs.approvals'), panel: () => <ThresholdsForm /> },
              { value: 'tokens', label: t('tabs.tokens'), panel: () => <PlayerTokensPanel brand={data} /> },
            ]}
          />
        )}
      </Loaded>
    </Page>
  );
}
