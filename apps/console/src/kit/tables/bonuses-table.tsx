import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { List, RowOf } from '../../api/index.ts';
import { CampaignLink } from '../campaigns.tsx';
import { type Column, DataTable } from '../data-table.tsx';
import { PlayerLink } from '../links.tsx';
import { Money, Nothing, Status, When } from '../values.tsx';
import { Wagering } from '../wagering.tsx';

type Bonus = RowOf<'listGrants'>;
type Part = 'player' | 'campaign';

interface Props {
  readonly label: string;
  readonly list: List<Bonus>;
  /** What all rows have in common, and the page says already. */
  readonly without?: readonly Part[];
  readonly empty: ReactNode;
}

/** Bonuses, as lists anywhere show them. */
export function BonusesTable({ label, list, without = [], empty }: Props) {
  const { t } = useTranslation();
  const columns: Column<Bonus>[] = [
    { id: 'kind', header: t('bonuses.kind'), cell: ({ kind }) => t(`kinds.${kind}`) },
    { id: 'status', header: t('bonuses.status'), cell: ({ status }) => <Status of={status} /> },
    { id: 'player', header: t('bonuses.player'), cell: ({ player }) => <PlayerLink id={player} /> },
    {
      id: 'campaign',
      header: t('bonuses.campaign'),
      cell: ({ campaignId }) => <CampaignLink id={campaignId} />,
    },
    {
      id: 'amount',
      header: t('bonuses.amount'),
      align: 'end',
      // Of what is not money there is none to tell.
      cell: ({ amount, currency }) => (amount === 0 ? <Nothing /> : <Money {...{ amount, currency }} />),
    },
    {
      id: 'left',
      header: t('bonuses.left'),
      align: 'end',
      cell: ({ amount, balance, currency }) =>
        amount === 0 && balance === 0 ? <Nothing /> : <Money amount={balance} currency={currency} />,
    },
    {
      id: 'wagering',
      header: t('bonuses.wagering'),
      width: 230,
      cell: ({ wagered, wageringRequired, currency }) => (
        <Wagering wagered={wagered} required={wageringRequired} currency={currency} />
      ),
    },
    {
      id: 'expires',
      header: t('bonuses.expires'),
      align: 'end',
      cell: ({ expiresAt }) => <When at={expiresAt} />,
    },
    {
      id: 'granted',
      header: t('bonuses.granted'),
      align: 'end',
      cell: ({ grantedAt, createdAt }) => <When at={grantedAt ?? createdAt} />,
    },
  ];
  const parts: readonly string[] = without;
  return (
    <DataTable
      label={label}
      columns={columns.filter(({ id }) => !parts.includes(id))}
      list={list}
      rowKey={({ id }) => id}
      rowLink={({ id }) => ({ to: '/bonuses/$grantId', params: { grantId: id } })}
      empty={empty}
    />
  );
}
