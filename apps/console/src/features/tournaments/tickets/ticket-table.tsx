import { IconTicket } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { List, RowOf } from '../../../api/index.ts';
import {
  BonusLink,
  CampaignLink,
  type Column,
  DataTable,
  Empty,
  Nothing,
  PlayerLink,
  Status,
  TextLink,
  When,
} from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { UseButton } from './use-button.tsx';

type Ticket = RowOf<'listTickets'>;

export const TICKET_STATUSES = [
  ...(['issued', 'used', 'voided', 'expired'] as const),
] satisfies Ticket['status'][];

/** Tickets: whose they are, and where they took their seat. */
export function TicketTable({ list, isFiltered }: { list: List<Ticket>; isFiltered: boolean }) {
  const { t } = useTranslation('tournaments');
  const mayUse = useMay('tickets:use');
  const columns: Column<Ticket>[] = [
    { id: 'player', header: t('player'), cell: ({ player }) => <PlayerLink id={player} /> },
    { id: 'status', header: t('status'), cell: (row) => <Status of={row.status} /> },
    { id: 'key', header: t('key'), cell: ({ tournament }) => tournament },
    { id: 'bonus', header: t('ticket.bonus'), cell: ({ grantId }) => <BonusLink id={grantId} /> },
    {
      id: 'campaign',
      header: t('ticket.campaign'),
      cell: ({ campaignId }) => <CampaignLink id={campaignId} />,
    },
    {
      id: 'use',
      header: t('ticket.use'),
      cell: ({ use }) =>
        use === null ? (
          <Nothing />
        ) : (
          <TextLink to={{ to: '/tournaments/$tournamentId', params: { tournamentId: use.tournamentId } }}>
            {use.reference}
          </TextLink>
        ),
    },
    { id: 'used', header: t('ticket.usedAt'), align: 'end', cell: ({ use }) => <When at={use?.usedAt} /> },
    { id: 'expires', header: t('ticket.expires'), align: 'end', cell: (row) => <When at={row.expiresAt} /> },
    { id: 'issued', header: t('ticket.issuedAt'), align: 'end', cell: (row) => <When at={row.issuedAt} /> },
    // No row has a seat to take, no column for it.
    ...(mayUse && list.rows.some(({ status }) => status === 'issued')
      ? [
          {
            id: 'act',
            header: t('ticket.act'),
            align: 'end',
            cell: (row: Ticket) => <UseButton of={row} />,
          } as const,
        ]
      : []),
  ];
  return (
    <DataTable
      label={t('tabs.tickets')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      empty={
        <Empty
          icon={IconTicket}
          title={t(isFiltered ? 'noneFound' : 'ticket.none')}
          hint={t(isFiltered ? 'noneFoundHint' : 'ticket.noneHint')}
        />
      }
    />
  );
}
