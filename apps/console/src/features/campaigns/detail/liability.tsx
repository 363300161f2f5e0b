import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Money, Panel } from '../../../kit/index.ts';

/** What a campaign may still cost, in each of its currencies. */
export function Liability({ campaignId }: { campaignId: string }) {
  const { t } = useTranslation('campaigns');
  const liability = useRead('getCampaignLiability', { params: { campaignId } });
  const currencies = liability.data?.currencies ?? [];
  return (
    <Panel title={t('liability.title')} hint={t('liability.hint')}>
      {liability.data && currencies.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('liability.none')}
        </Text>
      )}
      {currencies.length > 0 && (
        <Table fz="sm" verticalSpacing={4} horizontalSpacing={0} withRowBorders={false}>
          <Table.Thead>
            <Table.Tr fz="xs" c="dimmed">
              <Table.Th fw={400}>{t('liability.promised')}</Table.Th>
              <Table.Th fw={400}>{t('liability.held')}</Table.Th>
              <Table.Th fw={400}>{t('liability.worst')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {currencies.map(({ currency, pending, outstanding, worstCase }) => (
              <Table.Tr key={currency}>
                <Table.Td title={t('liability.offers', { count: pending.count })}>
                  <Money amount={pending.maximum} currency={currency} />
                </Table.Td>
                <Table.Td title={t('liability.bonuses', { count: outstanding.count })}>
                  <Money amount={outstanding.balance} currency={currency} />
                </Table.Td>
                <Table.Td>
                  {worstCase === null ? (
                    t('check.unlimited')
                  ) : (
                    <Money amount={worstCase} currency={currency} />
                  )}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
    </Panel>
  );
}
