import { useTranslation } from 'react-i18next';
import { Page, PageTabs } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { CapsPanel } from './caps/caps-panel.tsx';
import { Channels } from './channels/channels.tsx';
import { EnginePanel } from './engine/engine-panel.tsx';
import { Providers } from './providers/providers.tsx';
import { Secrets } from './secrets/secrets.tsx';
import { Specials } from './specials/specials.tsx';

/** Whom this brand works with: who keeps its bonuses, who plays its spins, and how its players are reached. */
export function IntegrationsPage() {
  const { t } = useTranslation('integrations');
  const { filters, openTab } = useFilters<'tab'>();
  const maySecrets = useMay('journeys:read');
  return (
    <Page title={t('rooms.integrations')} description={t('description')}>
      <PageTabs
        label={t('rooms.integrations')}
        value={filters.tab}
        onChange={openTab}
        tabs={[
          { value: 'channels', label: t('tabs.channels'), panel: () => <Channels /> },
          { value: 'caps', label: t('tabs.caps'), panel: () => <CapsPanel /> },
          { value: 'engine', label: t('tabs.engine'), panel: () => <EnginePanel /> },
          { value: 'providers', label: t('tabs.providers'), panel: () => <Providers /> },
          { value: 'specials', label: t('tabs.specials'), panel: () => <Specials /> },
          ...(maySecrets ? [{ value: 'secrets', label: t('tabs.secrets'), panel: () => <Secrets /> }] : []),
        ]}
      />
    </Page>
  );
}
