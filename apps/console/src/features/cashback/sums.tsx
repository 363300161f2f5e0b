import { Text, Tooltip } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { RowOf } from '../../api/index.ts';
import { Nothing, useMoneyText } from '../../kit/index.ts';

type Period = RowOf<'previewCashback'> | RowOf<'listCashbackSettlements'>;

/** How the loss comes about, in one line; pointed at, each part. */
export function Sums({ of: { sums, currency } }: { of: Period }) {
  const { t } = useTranslation('cashback');
  const money = useMoneyText();
  if (sums === null)
    return (
      <Text span inherit>
        {t('notExact')}
      </Text>
    );
  const parts: [string, number][] =
    sums.basis === 'game_net_loss'
      ? [
          [t('sums.stakes'), sums.stakes],
          [t('sums.wins'), sums.wins],
        ]
      : [
          [t('sums.start'), sums.startBalance],
          [t('sums.deposits'), sums.deposits],
          [t('sums.withdrawals'), sums.withdrawals],
          [t('sums.end'), sums.endBalance],
        ];
  const line =
    sums.basis === 'game_net_loss'
      ? t('sums.played', { stakes: money(sums.stakes, currency), wins: money(sums.wins, currency) })
      : t('sums.flow', {
          in: money(sums.deposits, currency),
          out: money(sums.withdrawals, currency),
        });
  if (parts.every(([, amount]) => amount === 0)) return <Nothing />;
  return (
    <Tooltip label={parts.map(([name, amount]) => `${name}: ${money(amount, currency)}`).join(' · ')}>
      <Text span inherit c="dimmed">
        {line}
      </Text>
    </Tooltip>
  );
}
