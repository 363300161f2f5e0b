import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import {
  ActivationsTable,
  BonusesTable,
  type Column,
  DataTable,
  Empty,
  Nothing,
  Status,
  When,
} from '../../../kit/index.ts';
import { JourneyName } from './journey-name.tsx';

interface Props {
  /** The platform's own id. */
  readonly player: string;
}

export function Activations({ player }: Props) {
  const { t } = useTranslation('players');
  const list = useList('listActivations', { query: { player } });
  return (
    <ActivationsTable
      label={t('rooms.activations')}
      list={list}
      without={['player']}
      empty={<Empty title={t('activationsNone')} hint={t('activationsNoneHint')} />}
    />
  );
}

export function Bonuses({ player }: Props) {
  const { t } = useTranslation('players');
  const list = useList('listGrants', { query: { player } });
  return (
    <BonusesTable
      label={t('rooms.bonuses')}
      list={list}
      without={['player']}
      empty={<Empty title={t('bonusesNone')} hint={t('bonusesNoneHint')} />}
    />
  );
}

export function Messages({ player }: Props) {
  const { t } = useTranslation('players');
  const list = useList('listMessages', { query: { player } });
  const columns: Column<RowOf<'listMessages'>>[] = [
    { id: 'channel', header: t('channel'), cell: ({ channel }) => t(`channels.${channel}`) },
    { id: 'state', header: t('state'), cell: ({ state }) => <Status of={state} /> },
    {
      id: 'reason',
      header: t('reason'),
      cell: ({ reason }) =>
        reason === null ? <Nothing /> : t(`suppressions.${reason}`, { defaultValue: reason }),
    },
    { id: 'product', header: t('product'), cell: ({ product }) => t(`products.${product}`) },
    { id: 'shown', header: t('shownAt'), align: 'end', cell: ({ shownAt }) => <When at={shownAt} /> },
    {
      id: 'created',
      header: t('preparedAt'),
      align: 'end',
      cell: ({ createdAt }) => <When at={createdAt} />,
    },
  ];
  return (
    <DataTable
      label={t('rooms.messages')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      empty={<Empty title={t('messagesNone')} hint={t('messagesNoneHint')} />}
    />
  );
}

export function Journeys({ player }: Props) {
  const { t } = useTranslation('players');
  const list = useList('listPlayerEnrolments', { params: { externalId: player }, query: {} });
  const columns: Column<RowOf<'listPlayerEnrolments'>>[] = [
    { id: 'journey', header: t('journey'), cell: ({ journeyId }) => <JourneyName id={journeyId} /> },
    { id: 'status', header: t('state'), cell: ({ status }) => <Status of={status} /> },
    {
      id: 'waiting',
      header: t('waitingFor'),
      cell: ({ waitingFor, wakeAt }) =>
        waitingFor === null ? (
          <Nothing />
        ) : (
          <>
            {t(`waits.${waitingFor}`)}
            {wakeAt !== null && (
              <>
                {' · '}
                <When at={wakeAt} />
              </>
            )}
          </>
        ),
    },
    { id: 'goal', header: t('convertedAt'), cell: ({ convertedAt }) => <When at={convertedAt} /> },
    {
      id: 'ended',
      header: t('endedBecause'),
      cell: ({ ended }) =>
        ended === null ? <Nothing /> : t(`endings.${ended.reason}`, { defaultValue: ended.reason }),
    },
    { id: 'entered', header: t('enteredAt'), align: 'end', cell: ({ enteredAt }) => <When at={enteredAt} /> },
  ];
  return (
    <DataTable
      label={t('rooms.journeys')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      rowLink={({ id, journeyId }) => ({
        to: '/journeys/$journeyId/enrolments/$enrolmentId',
        params: { journeyId, enrolmentId: id },
      })}
      empty={<Empty title={t('journeysNone')} hint={t('journeysNoneHint')} />}
    />
  );
}
