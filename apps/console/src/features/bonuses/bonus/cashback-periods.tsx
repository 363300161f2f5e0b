import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Loaded, Money, Panel, Status, TextLink, When } from '../../../kit/index.ts';
import type { Bonus } from './kinds.ts';

/** Its periods: those that closed, and what the open one would pay now. */
export function CashbackPeriods({ of: { id, player, campaignId } }: { of: Bonus }) {
  const { t } = useTranslation('bonuses');
  const closed = useRead('listCashbackSettlements', { query: { grantId: id } });
  const open = useRead('previewCashback', { query: { player, campaignId } });
  const underWay = open.data?.items.find(({ grantId }) => grantId === id);
  return (
    <Panel
      title={t('cashback.title')}
      actions={<TextLink to={{ to: '/cashback', search: { player } }}>{t('cashback.all')}</TextLink>}
    >
      <Loaded of={closed}>
        {({ items }) => (
          <Stack gap="xs">
            {underWay && (
              <Group justify="space-between" fz="sm">
                <Text fz="sm">
                  {t('cashback.open', { number: underWay.number, of: underWay.periods })}{' '}
                  <When at={underWay.to} />
                </Text>
                <Group gap="xs">
                  <Money amount={underWay.amount} currency={underWay.currency} />
                  <Status of="open" />
                </Group>
              </Group>
            )}
            {items.map(({ id: settlement, number, amount, currency, state, closedAt }) => (
              <Group key={settlement} justify="space-between" fz="sm">
                <Text fz="sm">
                  {t('cashback.closed', { number })} <When at={closedAt} />
                </Text>
                <Group gap="xs">
                  <Money amount={amount} currency={currency} />
                  <Status of={state} />
                </Group>
              </Group>
            ))}
            {!underWay && items.length === 0 && (
              <Text fz="sm" c="dimmed">
                {t('cashback.none')}
              </Text>
            )}
          </Stack>
        )}
      </Loaded>
    </Panel>
  );
}
