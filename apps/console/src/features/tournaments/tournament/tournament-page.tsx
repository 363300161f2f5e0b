import { SimpleGrid, Stack, Title } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useList, useRead } from '../../../api/index.ts';
import {
  ConfirmButton,
  Copyable,
  Facts,
  FilterBar,
  FilterText,
  Loaded,
  Page,
  Panel,
  Status,
  tellDone,
  When,
} from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMay } from '../../../session/index.ts';
import { TicketTable } from '../tickets/ticket-table.tsx';
import { EditTournament } from './edit-tournament.tsx';
import { Seats } from './seats.tsx';

type Tournament = Answer<'getTournament'>;

/** Seats are taken as players enter, and given back after a cancellation. */
const EVERY_MS = 5_000;

const route = getRouteApi('/shell/tournaments/$tournamentId');

/** One tournament, and the tickets that took its seats. */
export function TournamentPage() {
  const { tournamentId } = route.useParams();
  const tournament = useRead('getTournament', { params: { tournamentId } }, { every: EVERY_MS });
  return <Loaded of={tournament}>{(found) => <Shown tournament={found} />}</Loaded>;
}

function Shown({ tournament }: { tournament: Tournament }) {
  const { t } = useTranslation('tournaments');
  const may = useMay('tournaments:write');
  const { name, status, createdBy, cancelReason } = tournament;
  return (
    <Page
      title={name}
      beside={<Status of={status} />}
      crumbs={[{ label: t('rooms.tournaments'), link: { to: '/tournaments' } }]}
      actions={may && <Actions of={tournament} />}
    >
      <Stack>
        <SimpleGrid cols={{ base: 1, md: 2 }}>
          <Panel title={t('tournament.facts')}>
            <Facts
              of={[
                [t('key'), <Copyable key="k" text={tournament.key} />],
                [t('starts'), <When key="s" at={tournament.startsAt} style="full" />],
                [t('ends'), <When key="e" at={tournament.endsAt} style="full" />],
                [t('createdBy'), createdBy.name ?? createdBy.id],
                ...(cancelReason === null ? [] : [[t('tournament.cancelReason'), cancelReason] as const]),
              ]}
            />
          </Panel>
          <Panel title={t('seats')}>
            <Seats of={tournament} />
          </Panel>
        </SimpleGrid>
        <Used tournamentId={tournament.id} />
      </Stack>
    </Page>
  );
}

function Used({ tournamentId }: { tournamentId: string }) {
  const { t } = useTranslation('tournaments');
  const { filters, isFiltered, setFilters, clear } = useFilters<'player'>();
  const list = useList(
    'listTickets',
    { query: { tournamentId, player: filters.player } },
    { every: EVERY_MS },
  );
  return (
    <div>
      <Title order={2} fz="md" fw={600} mb="sm">
        {t('tournament.used')}
      </Title>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText
          label={t('player')}
          value={filters.player}
          onChange={(player) => setFilters({ player })}
        />
      </FilterBar>
      <TicketTable list={list} isFiltered={isFiltered} />
    </div>
  );
}

function Actions({ of: tournament }: { of: Tournament }) {
  const { id, status, key, seatsTaken } = tournament;
  const { t } = useTranslation('tournaments');
  const close = useAct('closeTournament', () => tellDone(t('tournament.closed')));
  const cancel = useAct('cancelTournament', () => tellDone(t('tournament.cancelled')));
  const params = { tournamentId: id };
  if (status === 'cancelled') return null;
  return (
    <>
      <ConfirmButton
        variant="default"
        c="red"
        label={t('tournament.cancel')}
        title={t('tournament.cancelTitle')}
        consequence={t('tournament.cancelHint', { count: seatsTaken, key })}
        reason="required"
        onConfirm={(reason) => cancel.mutateAsync({ params, body: { reason } })}
      />
      {status === 'open' && (
        <>
          <ConfirmButton
            variant="default"
            label={t('tournament.close')}
            title={t('tournament.closeTitle')}
            consequence={t('tournament.closeHint')}
            color="iris"
            onConfirm={() => close.mutateAsync({ params })}
          />
          <EditTournament of={tournament} />
        </>
      )}
    </>
  );
}
