import { IconMail } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../api/index.ts';
import {
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterSelect,
  FilterText,
  Nothing,
  Page,
  PlayerLink,
  SavedViews,
  Status,
  When,
} from '../../kit/index.ts';
import { oneOf, useFilters } from '../../routing/index.ts';
import { languageName } from './language-name.ts';
import { MessageDrawer } from './message-drawer.tsx';
import { useNames } from './names.ts';
import { ReasonText } from './reason-text.tsx';

type Message = RowOf<'listMessages'>;

const CHANNELS = [
  ...(['popup', 'inbox', 'email', 'push', 'telegram', 'sms'] as const),
] satisfies Message['channel'][];

const STATES = [
  ...(['prepared', 'sent', 'shown', 'clicked', 'dismissed', 'failed', 'suppressed', 'expired'] as const),
] satisfies Message['state'][];

/** Every message to a player, and what became of it. */
export function MessagesPage() {
  const { t } = useTranslation('messages');
  const { filters, isFiltered, setFilters, clear } = useFilters<'player' | 'channel' | 'state' | 'message'>(
    'message',
  );
  const channel = oneOf(CHANNELS, filters.channel);
  const state = oneOf(STATES, filters.state);
  const list = useList('listMessages', { query: { player: filters.player, channel, state } });
  const names = useNames();
  const columns: Column<Message>[] = [
    { id: 'content', header: t('content'), width: '16%', cell: ({ contentId }) => names.content(contentId) },
    { id: 'channel', header: t('channel'), cell: (row) => t(`channels.${row.channel}`) },
    { id: 'state', header: t('state'), cell: (row) => <Status of={row.state} /> },
    {
      id: 'reason',
      header: t('why'),
      cell: ({ reason }) => (reason === null ? <Nothing /> : <ReasonText of={reason} />),
    },
    { id: 'player', header: t('player'), cell: (row) => <PlayerLink id={row.player} /> },
    {
      id: 'origin',
      header: t('origin'),
      width: '14%',
      cell: ({ origin }) =>
        origin.kind === 'journey' ? names.journey(origin.journeyId) : t('origins.resent'),
    },
    {
      id: 'locale',
      header: t('language'),
      hidden: true,
      cell: (row) => languageName(row.locale) ?? <Nothing />,
    },
    { id: 'created', header: t('created'), align: 'end', cell: (row) => <When at={row.createdAt} /> },
    { id: 'sent', header: t('sent'), align: 'end', cell: (row) => <When at={row.sentAt} /> },
    { id: 'shown', header: t('shown'), align: 'end', cell: (row) => <When at={row.shownAt} /> },
  ];
  return (
    <Page title={t('rooms.messages')} description={t('description')}>
      <FilterBar isFiltered={isFiltered} onClear={clear} actions={<SavedViews page="messages" />}>
        <FilterText
          label={t('player')}
          value={filters.player}
          onChange={(value) => setFilters({ player: value })}
        />
        <FilterSelect
          label={t('channel')}
          value={channel}
          onChange={(value) => setFilters({ channel: value })}
          options={CHANNELS.map((value) => ({ value, label: t(`channels.${value}`) }))}
        />
        <FilterSelect
          label={t('state')}
          value={state}
          onChange={(value) => setFilters({ state: value })}
          options={STATES.map((value) => ({ value, label: t(`states.${value}`) }))}
        />
      </FilterBar>
      <DataTable
        label={t('rooms.messages')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        onRow={({ id }) => setFilters({ message: id })}
        empty={
          <Empty
            icon={IconMail}
            title={t(isFiltered ? 'noneFound' : 'none')}
            hint={t(isFiltered ? 'noneFoundHint' : 'noneHint')}
          />
        }
      />
      <MessageDrawer messageId={filters.message} onClose={() => setFilters({ message: undefined })} />
    </Page>
  );
}
