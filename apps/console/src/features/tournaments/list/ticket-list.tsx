import { useTranslation } from 'react-i18next';
import { useList } from '../../../api/index.ts';
import { FilterBar, FilterSelect, FilterText } from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { TICKET_STATUSES, TicketTable } from '../tickets/ticket-table.tsx';

/** Tickets of all tournaments, newest first. */
export function TicketList() {
  const { t } = useTranslation('tournaments');
  const { filters, isFiltered, setFilters, clear } = useFilters<'player' | 'key' | 'status'>();
  const status = oneOf(TICKET_STATUSES, filters.status);
  const list = useList('listTickets', { query: { player: filters.player, tournament: filters.key, status } });
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText
          label={t('player')}
          value={filters.player}
          onChange={(player) => setFilters({ player })}
        />
        <FilterText label={t('key')} value={filters.key} onChange={(key) => setFilters({ key })} />
        <FilterSelect
          label={t('status')}
          value={status}
          onChange={(value) => setFilters({ status: value })}
          options={TICKET_STATUSES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </FilterBar>
      <TicketTable list={list} isFiltered={isFiltered} />
    </>
  );
}
