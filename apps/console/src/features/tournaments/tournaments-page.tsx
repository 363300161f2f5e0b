import { useTranslation } from 'react-i18next';
import { Page, PageTabs } from '../../kit/index.ts';
import { useFilters } from '../../routing/index.ts';
import { useMay } from '../../session/index.ts';
import { AddDraw } from './draw/add-draw.tsx';
import { DrawList } from './list/draw-list.tsx';
import { TicketList } from './list/ticket-list.tsx';
import { TournamentList } from './list/tournament-list.tsx';
import { AddTournament } from './tournament/add-tournament.tsx';

/** Tournaments and prize draws, which rewards are tickets and entries of. */
export function TournamentsPage() {
  const { t } = useTranslation('tournaments');
  const { filters, openTab } = useFilters<'tab'>();
  const may = useMay('tournaments:write');
  return (
    <Page
      title={t('rooms.tournaments')}
      description={t('description')}
      actions={may && (filters.tab === 'draws' ? <AddDraw /> : <AddTournament />)}
    >
      <PageTabs
        label={t('rooms.tournaments')}
        value={filters.tab}
        onChange={openTab}
        tabs={[
          { value: 'tournaments', label: t('tabs.tournaments'), panel: () => <TournamentList /> },
          { value: 'draws', label: t('tabs.draws'), panel: () => <DrawList /> },
          { value: 'tickets', label: t('tabs.tickets'), panel: () => <TicketList /> },
        ]}
      />
    </Page>
  );
}
