import { Text } from '@mantine/core';
import { IconBook2 } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import {
  accountOf,
  BonusLink,
  type Column,
  DataTable,
  Empty,
  FilterBar,
  FilterDays,
  FilterSelect,
  FilterText,
  Money,
  PlayerLink,
  shortId,
  TextLink,
  useSpan,
  When,
} from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { MOVEMENTS } from '../movements.ts';

type Posting = RowOf<'listPostings'>;

/** The books themselves: what moved from which account to which. */
export function Postings() {
  const { t } = useTranslation('ledger');
  const { filters, isFiltered, setFilters, clear } = useFilters<
    'player' | 'bonus' | 'transaction' | 'kind' | 'from' | 'to'
  >();
  const { player, bonus, transaction, from, to } = filters;
  const kind = oneOf(MOVEMENTS, filters.kind);
  const list = useList('listPostings', {
    query: { player, grantId: bonus, transactionId: transaction, kind, ...useSpan({ from, to }) },
  });
  const columns: Column<Posting>[] = [
    { id: 'kind', header: t('statement.kind'), cell: (row) => t(`movements.${row.kind}`) },
    { id: 'player', header: t('bonuses.player'), cell: (row) => <PlayerLink id={row.player} /> },
    { id: 'bonus', header: t('statement.bonus'), cell: (row) => <BonusLink id={row.grantId} /> },
    { id: 'debit', header: t('postings.debit'), cell: (row) => <Account of={row.debit} /> },
    { id: 'credit', header: t('postings.credit'), cell: (row) => <Account of={row.credit} /> },
    {
      id: 'amount',
      header: t('statement.amount'),
      align: 'end',
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    {
      id: 'transaction',
      header: t('postings.together'),
      cell: ({ transactionId }) => (
        <TextLink to={{ to: '/transactions', search: { tab: 'postings', transaction: transactionId } }}>
          {shortId(transactionId)}
        </TextLink>
      ),
    },
    { id: 'when', header: t('statement.when'), align: 'end', cell: (row) => <When at={row.createdAt} /> },
  ];
  return (
    <>
      <FilterBar isFiltered={isFiltered} onClear={clear}>
        <FilterText
          label={t('filters.player')}
          value={player}
          onChange={(value) => setFilters({ player: value })}
        />
        <FilterSelect
          label={t('statement.kind')}
          value={kind}
          onChange={(value) => setFilters({ kind: value })}
          options={MOVEMENTS.map((value) => ({ value, label: t(`movements.${value}`) }))}
        />
        <FilterDays from={from} to={to} onChange={setFilters} />
      </FilterBar>
      <DataTable
        label={t('tabs.postings')}
        columns={columns}
        list={list}
        rowKey={({ id }) => id}
        empty={
          <Empty
            icon={IconBook2}
            title={t(isFiltered ? 'statement.noneFound' : 'postings.none')}
            hint={t(isFiltered ? 'statement.noneFoundHint' : 'postings.noneHint')}
          />
        }
      />
    </>
  );
}

const Account = ({ of }: { of: string }) => (
  <Text span inherit fz="xs" ff="monospace">
    {accountOf(of)}
  </Text>
);
