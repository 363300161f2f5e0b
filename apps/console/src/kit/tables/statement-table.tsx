import { Text } from '@mantine/core';
import { IconCoins } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { List, RowOf } from '../../api/index.ts';
import { CampaignLink } from '../campaigns.tsx';
import { type Column, DataTable } from '../data-table.tsx';
import { Empty } from '../feedback.tsx';
import { BonusLink, PlayerLink } from '../links.tsx';
import { Money, Nothing, useMoneyText, When } from '../values.tsx';

type Line = RowOf<'listBonusTransactions'>;
type Part = 'bonus' | 'player' | 'campaign';

interface Props {
  readonly label: string;
  readonly list: List<Line>;
  /** What all rows have in common, and the page says already. */
  readonly without?: readonly Part[];
  readonly isFiltered?: boolean;
}

/** Statements of bonuses, line by line, as lists anywhere show them. */
export function StatementTable({ label, list, without = [], isFiltered = false }: Props) {
  const { t } = useTranslation();
  const columns: Column<Line>[] = [
    { id: 'kind', header: t('statement.kind'), cell: ({ kind }) => t(`movements.${kind}`) },
    { id: 'bonus', header: t('statement.bonus'), cell: ({ grantId }) => <BonusLink id={grantId} /> },
    { id: 'player', header: t('bonuses.player'), cell: ({ player }) => <PlayerLink id={player} /> },
    {
      id: 'campaign',
      header: t('bonuses.campaign'),
      cell: ({ campaignId }) => <CampaignLink id={campaignId} />,
    },
    { id: 'game', header: t('statement.game'), cell: ({ game }) => game ?? <Nothing /> },
    {
      id: 'accounts',
      header: t('statement.accounts'),
      hidden: true,
      cell: ({ debit, credit }) => (
        <Text span inherit fz="xs" ff="monospace">
          {accountOf(debit)} → {accountOf(credit)}
        </Text>
      ),
    },
    {
      id: 'amount',
      header: t('statement.amount'),
      align: 'end',
      cell: ({ amount, currency }) => <Money amount={amount} currency={currency} />,
    },
    {
      id: 'change',
      header: t('statement.change'),
      align: 'end',
      cell: ({ change, currency }) => <Change of={change} currency={currency} />,
    },
    {
      id: 'balance',
      header: t('statement.balance'),
      align: 'end',
      cell: ({ balance, currency }) => <Money amount={balance} currency={currency} />,
    },
    { id: 'line', header: t('statement.line'), align: 'end', hidden: true, cell: ({ line }) => line },
    { id: 'when', header: t('statement.when'), align: 'end', cell: ({ bookedAt }) => <When at={bookedAt} /> },
  ];
  const parts: readonly string[] = without;
  return (
    <DataTable
      label={label}
      columns={columns.filter(({ id }) => !parts.includes(id))}
      list={list}
      rowKey={({ grantId, line }) => `${grantId} ${line}`}
      empty={
        <Empty
          icon={IconCoins}
          title={t(isFiltered ? 'statement.noneFound' : 'statement.none')}
          hint={t(isFiltered ? 'statement.noneFoundHint' : 'statement.noneHint')}
        />
      }
    />
  );
}

/** With its sign, for what came in and what went out look alike otherwise. */
function Change({ of, currency }: { of: number; currency: string }) {
  const text = useMoneyText();
  if (of === 0) return <Nothing />;
  return (
    <Text
      span
      inherit
      fw={500}
      c={of > 0 ? 'var(--mantine-color-green-text)' : undefined}
      style={{ fontVariantNumeric: 'tabular-nums', whiteSpace: 'nowrap' }}
    >
      {of > 0 && '+'}
      {text(of, currency)}
    </Text>
  );
}

/** An account without the id of its bonus, which the row says already. */
export const accountOf = (account: string): string => account.replace(/^(player:bonus):.*/, '$1');
