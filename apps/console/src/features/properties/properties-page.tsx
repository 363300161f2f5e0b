import { useTranslation } from 'react-i18next';
import { Page, PageTabs } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { EventsTab } from './event/events-tab.tsx';
import { PlayerTab } from './player/player-tab.tsx';

/** What is known of players and of events beside what comes built in. */
export function PropertiesPage() {
  const { t } = useTranslation('properties');
  const { filters, openTab } = useFilters<'tab'>();
  const maySeePlayers = useMay('players:read');
  const ofPlayers = { value: 'players', label: t('tabs.players'), panel: () => <PlayerTab /> };
  const ofEvents = { value: 'events', label: t('tabs.events'), panel: () => <EventsTab /> };
  return (
    <Page title={t('rooms.properties')} description={t('description')}>
      <PageTabs
        label={t('rooms.properties')}
        value={filters.tab}
        onChange={openTab}
        tabs={maySeePlayers ? [ofPlayers, ofEvents] : [ofEvents]}
      />
    </Page>
  );
}
