import { Badge, Text } from '@mantine/core';
import { IconDice5 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import { type Column, Copyable, DataTable, Empty, Money, When } from '../../../kit/index.ts';
import type { Bonus } from './kinds.ts';

type Bet = RowOf<'listGrantBets'>;

/** What was played with it, and what each bet counted for its turnover. */
export function Bets({ of: { id, currency } }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const list = useList('listGrantBets', { params: { grantId: id } });
  const money = (column: string, amount: (bet: Bet) => number): Column<Bet> => ({
    id: column,
    header: t(`bets.${column}`),
    align: 'end',
    cell: (bet) => <Money amount={amount(bet)} currency={currency} />,
  });
  const columns: Column<Bet>[] = [
    { id: 'game', header: t('bets.game'), cell: ({ game }) => game },
    {
      id: 'remarks',
      header: t('bets.remarks'),
      cell: ({ part, aboveMaxBet, rolledBackAt }) => (
        <>
          {part !== 'bet' && <Text span inherit c="dimmed">{`${t(`bets.parts.${part}`)} `}</Text>}
          {aboveMaxBet && (
            <Badge color="yellow" variant="light" tt="none">
              {t('bets.aboveMaxBet')}
            </Badge>
          )}
          {rolledBackAt !== null && (
            <Badge color="red" variant="light" tt="none">
              {t('bets.rolledBack')}
            </Badge>
          )}
        </>
      ),
    },
    money('stake', ({ stake }) => stake),
    money('win', ({ win }) => win),
    money('bonusStake', ({ bonusStake }) => bonusStake),
    money('bonusWin', ({ bonusWin }) => bonusWin),
    // Parts of the smallest unit are kept, and are nothing to read.
    money('counted', ({ counted }) => Math.floor(counted)),
    {
      id: 'category',
      header: t('bets.category'),
      hidden: true,
      cell: ({ category }) => category ?? '—',
    },
    {
      id: 'round',
      header: t('bets.round'),
      hidden: true,
      cell: ({ roundId }) => <Copyable text={roundId} />,
    },
    { id: 'bet', header: t('bets.id'), hidden: true, cell: ({ betId }) => <Copyable text={betId} /> },
    { id: 'when', header: t('bets.when'), align: 'end', cell: ({ happenedAt }) => <When at={happenedAt} /> },
  ];
  return (
    <DataTable
      label={t('tabs.bets')}
      columns={columns}
      list={list}
      rowKey={({ betId, part }) => `${betId} ${part}`}
      empty={<Empty icon={IconDice5} title={t('bets.none')} hint={t('bets.noneHint')} />}
    />
  );
}
