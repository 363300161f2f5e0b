import { useTranslation } from 'react-i18next';
import { type Column, Count, DataTable, Empty, listOf, Money, Panel } from '../../../kit/index.ts';
import type { CaseDetail } from '../kinds.ts';

type Timeline = NonNullable<CaseDetail['timeline']>;
type Bets = Timeline['bets'][number];

/** What the player played of late, by category of game. */
export function Play({ of }: { of: Timeline }) {
  const { t } = useTranslation('cases');
  const columns: Column<Bets>[] = [
    { id: 'category', header: t('play.category'), cell: ({ category }) => category ?? t('play.none') },
    { id: 'bets', header: t('play.bets'), align: 'end', cell: ({ bets }) => <Count of={bets} /> },
    {
      id: 'staked',
      header: t('play.staked'),
      align: 'end',
      cell: ({ staked, currency }) => <Money amount={staked} currency={currency} />,
    },
    {
      id: 'bonus',
      header: t('play.fromBonus'),
      align: 'end',
      cell: ({ fromBonus, currency }) => <Money amount={fromBonus} currency={currency} />,
    },
    {
      id: 'won',
      header: t('play.won'),
      align: 'end',
      cell: ({ won, currency }) => <Money amount={won} currency={currency} />,
    },
  ];
  return (
    <Panel title={t('play.title')} hint={t('play.hint')} padded={false}>
      <DataTable
        label={t('play.title')}
        columns={columns}
        list={listOf({ data: { items: of.bets }, error: null, isPending: false, refetch() {} })}
        rowKey={({ category, currency }) => `${category} ${currency}`}
        empty={<Empty title={t('play.nothing')} hint={t('play.nothingHint')} />}
      />
    </Panel>
  );
}
