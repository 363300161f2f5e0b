import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { List } from '../../../api/index.ts';
import { CampaignLink, type Column, DataTable, Nothing, PlayerLink, When } from '../../../kit/index.ts';
import { BandBadge } from '../../../kit/risk/index.ts';
import { Who } from '../../../kit/who.tsx';
import type { Case } from '../kinds.ts';
import { Priority } from '../priority.tsx';
import { findingsOf } from '../reading.ts';
import { Decided, Standing } from '../standing.tsx';

interface Props {
  readonly label: string;
  readonly list: List<Case>;
  /** Whether they are over. */
  readonly isDecided?: boolean;
  readonly empty: ReactNode;
}

export function CasesTable({ label, list, isDecided = false, empty }: Props) {
  const { t } = useTranslation('cases');
  const columns: Column<Case>[] = [
    { id: 'kind', header: t('case'), cell: ({ kind }) => t(`kinds.${kind}`) },
    { id: 'priority', header: t('priority'), cell: ({ priority }) => <Priority of={priority} /> },
    {
      id: 'score',
      header: t('score'),
      cell: ({ band, score }) => (band ? <BandBadge band={band} score={score} /> : <Nothing />),
    },
    {
      id: 'player',
      header: t('player'),
      cell: ({ player }) => (player === null ? <Nothing /> : <PlayerLink id={player} />),
    },
    {
      id: 'campaign',
      header: t('campaign'),
      cell: ({ campaignId }) => (campaignId === null ? <Nothing /> : <CampaignLink id={campaignId} />),
    },
    isDecided
      ? { id: 'decision', header: t('decision'), cell: (row) => <Decided of={row} /> }
      : { id: 'why', header: t('why'), cell: (row) => <Why of={row} /> },
    isDecided
      ? { id: 'by', header: t('decidedBy'), cell: ({ decidedBy }) => <Who by={decidedBy} /> }
      : {
          id: 'assignee',
          header: t('assignee'),
          cell: (row) => <Whose of={row} />,
        },
    {
      id: 'when',
      header: isDecided ? t('decidedAt') : t('opened'),
      align: 'end',
      cell: ({ openedAt, decidedAt }) => <When at={isDecided ? decidedAt : openedAt} />,
    },
  ];
  return (
    <DataTable
      label={label}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      rowLink={({ id }) => ({ to: '/cases/$caseId', params: { caseId: id } })}
      empty={empty}
    />
  );
}

/** Who looks at it, or that somebody else is asked first. */
function Whose({ of: row }: { of: Case }) {
  const { t } = useTranslation('cases');
  if (row.approvalId !== null) return <Standing of={row} />;
  if (row.assignee !== null) return <Who by={row.assignee} />;
  return (
    <Text span fz="sm" c="dimmed">
      {t('nobody')}
    </Text>
  );
}

/** What weighs the most. */
function Why({ of: row }: { of: Case }) {
  const { t } = useTranslation('fraud');
  const [first, ...others] = findingsOf(row)
    .filter(({ points }) => points > 0)
    .toSorted((one, other) => other.points - one.points);
  if (!first) return <Nothing />;
  return (
    <Text span fz="sm">
      {t(`indicators.${first.indicator}`, { defaultValue: first.indicator })}
      {others.length > 0 && (
        <Text span inherit c="dimmed">
          {` +${others.length}`}
        </Text>
      )}
    </Text>
  );
}
