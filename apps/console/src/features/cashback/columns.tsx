import type { TFunction } from 'i18next';
import type { RowOf } from '../../api/index.ts';
import { CampaignLink, type Column, Money, Nothing, PlayerLink, When } from '../../kit/index.ts';
import { Sums } from './sums.tsx';

type Period = RowOf<'previewCashback'> | RowOf<'listCashbackSettlements'>;

/** What a period says, whether it is open or closed. */
export const periodColumns = (t: TFunction<'cashback'>): Column<Period>[] => [
  { id: 'player', header: t('player'), cell: ({ player }) => <PlayerLink id={player} /> },
  { id: 'campaign', header: t('campaign'), cell: ({ campaignId }) => <CampaignLink id={campaignId} /> },
  { id: 'sums', header: t('made'), cell: (period) => <Sums of={period} /> },
  {
    id: 'loss',
    header: t('loss'),
    align: 'end',
    cell: ({ netLoss, currency }) => <Money amount={netLoss} currency={currency} />,
  },
  {
    id: 'amount',
    header: t('amount'),
    align: 'end',
    cell: ({ amount, currency }) =>
      amount === 0 ? <Nothing /> : <Money amount={amount} currency={currency} />,
  },
  {
    id: 'reason',
    header: t('reasonColumn'),
    cell: ({ reason, paidAs }) => (reason === null ? t(`paidAs.${paidAs}`) : t(`reasons.${reason}`)),
  },
  { id: 'begins', header: t('from'), align: 'end', hidden: true, cell: ({ from }) => <When at={from} /> },
];
