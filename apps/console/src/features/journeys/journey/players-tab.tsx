import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, type RowOf, useList } from '../../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  FilterText,
  Nothing,
  Status,
  When,
} from '../../../kit/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useWords } from '../drawing/words.ts';
import { walkingOrder } from '../graph/order.ts';
import { useDefinition } from './use-definition.ts';

type Row = RowOf<'listJourneyEnrolments'>;
const STATUSES = ['active', 'completed', 'exited', 'failed', 'control'] as const;
const TESTS = ['true', 'false'] as const;

/** Everybody who entered, latest first. */
export function PlayersTab({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const { filters, setFilters } = useFilters<'tab' | 'status' | 'node' | 'player' | 'version' | 'test'>();
  const { status, node, player, version, test } = filters;
  const definition = useDefinition(journey, Number(version) || journey.version) ?? journey.draft;
  const words = useWords(definition);
  const list = useList(
    'listJourneyEnrolments',
    {
      params: { journeyId: journey.id },
      query: {
        ...(isOneOf(STATUSES, status) && { status }),
        ...(node && { nodeId: node }),
        ...(player && { player }),
        ...(Number(version) > 0 && { version: Number(version) }),
        ...(isOneOf(TESTS, test) && { test }),
      },
    },
    { enabled: journey.version !== null },
  );
  const nameOf = (id: string): string => {
    const at = definition.nodes[id];
    return at ? words.title(id, at) : id;
  };
  const columns: readonly Column<Row>[] = [
    {
      id: 'player',
      header: t('players.player'),
      cell: (row) => (row.isTest ? `${row.player} · ${t('players.test')}` : row.player),
    },
    { id: 'status', header: t('list.status'), cell: (row) => <Status of={row.status} /> },
    { id: 'node', header: t('players.at'), cell: ({ nodeId }) => nameOf(nodeId) },
    {
      id: 'waiting',
      header: t('players.waitingFor'),
      cell: ({ waitingFor, wakeAt }) =>
        waitingFor === null ? (
          <Nothing />
        ) : (
          <>
            {t(`players.waits.${waitingFor}`)}
            {wakeAt !== null && (
              <>
                {' · '}
                <When at={wakeAt} />
              </>
            )}
          </>
        ),
    },
    { id: 'entered', header: t('players.entered'), cell: ({ enteredAt }) => <When at={enteredAt} /> },
    { id: 'converted', header: t('players.converted'), cell: ({ convertedAt }) => <When at={convertedAt} /> },
    { id: 'version', header: t('list.version'), cell: (row) => t('version', { version: row.version }) },
    {
      id: 'ended',
      header: t('players.ended'),
      cell: ({ ended }) =>
        ended === null ? <Nothing /> : t(`reasons.${ended.reason}`, { defaultValue: ended.reason }),
    },
  ];
  const isFiltered = [status, node, player, version, test].some(Boolean);
  return (
    <>
      <FilterBar
        isFiltered={isFiltered}
        onClear={() =>
          setFilters({
            status: undefined,
            node: undefined,
            player: undefined,
            version: undefined,
            test: undefined,
          })
        }
      >
        <FilterText
          label={t('players.find')}
          value={player}
          onChange={(value) => setFilters({ player: value })}
        />
        <FilterSelect
          label={t('list.status')}
          value={status}
          onChange={(value) => setFilters({ status: value })}
          options={STATUSES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
        <FilterSelect
          label={t('players.at')}
          value={node}
          onChange={(value) => setFilters({ node: value })}
          options={walkingOrder(definition).map((id) => ({ value: id, label: nameOf(id) }))}
        />
        <FilterSelect
          label={t('players.test')}
          value={test}
          onChange={(value) => setFilters({ test: value })}
          options={TESTS.map((value) => ({ value, label: t(`players.tests.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('page.players')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        rowLink={({ id }) => ({
          to: '/journeys/$journeyId/enrolments/$enrolmentId',
          params: { journeyId: journey.id, enrolmentId: id },
        })}
        empty={
          <Empty
            icon={IconUsers}
            title={t(isFiltered ? 'players.noneFound' : 'players.none')}
            hint={t(journey.status === 'active' ? 'players.noneYet' : 'players.noneHint')}
          />
        }
      />
    </>
  );
}

const isOneOf = <const Value extends string>(
  values: readonly Value[],
  text: string | undefined,
): text is Value => values.some((value) => value === text);
