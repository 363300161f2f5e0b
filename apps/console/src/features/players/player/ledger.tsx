import { Group, SegmentedControl, Stack } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type RowOf, useList } from '../../../api/index.ts';
import {
  accountOf,
  BonusLink,
  type Column,
  DataTable,
  Empty,
  ExportButton,
  Money,
  StatementTable,
  When,
} from '../../../kit/index.ts';

/** The money of a player: statements of the bonuses, and every posting of the books. */
export function Ledger({ player }: { player: string }) {
  const { t } = useTranslation('players');
  const [which, setWhich] = useState('bonuses');
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SegmentedControl
          aria-label={t('ledger.which')}
          value={which}
          onChange={setWhich}
          data={[
            { value: 'bonuses', label: t('ledger.bonuses') },
            { value: 'postings', label: t('ledger.postings') },
          ]}
        />
        {which === 'bonuses' && (
          <ExportButton
            route="exportBonusTransactions"
            call={{ query: { player } }}
            fileName={`transactions-${player}.csv`}
          />
        )}
      </Group>
      {which === 'bonuses' ? <Statements player={player} /> : <Postings player={player} />}
    </Stack>
  );
}

function Statements({ player }: { player: string }) {
  const { t } = useTranslation('players');
  const list = useList('listBonusTransactions', { query: { player } });
  return <StatementTable label={t('ledger.bonuses')} list={list} without={['player']} />;
}

function Postings({ player }: { player: string }) {
  const { t } = useTranslation('players');
  const list = useList('listPostings', { query: { player } });
  const columns: Column<RowOf<'listPostings'>>[] = [
    { id: 'kind', header: t('ledger.kind'), cell: ({ kind }) => t(`movements.${kind}`) },
    { id: 'debit', header: t('ledger.from'), cell: ({ debit }) => accountOf(debit) },
    { id: 'credit', header: t('ledger.to'), cell: ({ credit }) => accountOf(credit) },
    { id: 'bonus', header: t('ledger.bonus'), cell: ({ grantId }) => <BonusLink id={grantId} /> },
    {
      id: 'amount',
      header: t('ledger.amount'),
      align: 'end',
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    { id: 'when', header: t('ledger.when'), align: 'end', cell: ({ createdAt }) => <When at={createdAt} /> },
  ];
  return (
    <DataTable
      label={t('ledger.postings')}
      columns={columns}
      list={list}
      rowKey={({ id }) => id}
      empty={<Empty title={t('ledger.none')} hint={t('ledger.noneHint')} />}
    />
  );
}
