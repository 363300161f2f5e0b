import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { Amounts, Count, Panel, Percent, Status, TextLink } from '../../../kit/index.ts';

/** Those that most codes were taken of. */
export function TopCampaigns({ of: campaigns }: { of: Answer<'getOverview'>['campaigns'] }) {
  const { t } = useTranslation('analytics');
  return (
    <Panel
      title={t('top.title')}
      padded={false}
      actions={<TextLink to={{ to: '/performance' }}>{t('top.all')}</TextLink>}
    >
      {campaigns.length === 0 ? (
        <Text p="md" fz="sm" c="dimmed">
          {t('top.none')}
        </Text>
      ) : (
        <Table.ScrollContainer minWidth={460}>
          <Table horizontalSpacing="md" verticalSpacing="xs" fz="sm">
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('campaign')}</Table.Th>
                <Table.Th ta="end">{t('accepted')}</Table.Th>
                <Table.Th ta="end">{t('acceptanceRate')}</Table.Th>
                <Table.Th ta="end">{t('cost')}</Table.Th>
                <Table.Th>{t('status')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {campaigns.map(({ campaignId, name, status, accepted, acceptanceRate, money }) => (
                <Table.Tr key={campaignId}>
                  <Table.Td>
                    <TextLink to={{ to: '/campaigns/$campaignId', params: { campaignId } }}>{name}</TextLink>
                  </Table.Td>
                  <Table.Td ta="end">
                    <Count of={accepted} />
                  </Table.Td>
                  <Table.Td ta="end">
                    <Percent of={acceptanceRate} />
                  </Table.Td>
                  <Table.Td ta="end">
                    <Amounts of={costsOf(money)} />
                  </Table.Td>
                  <Table.Td>
                    <Status of={status} />
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Panel>
  );
}

const costsOf = (money: Answer<'getOverview'>['totals']['money']): Record<string, number> =>
  Object.fromEntries(
    money.flatMap(({ currency, cost }) => (cost === null || cost === 0 ? [] : [[currency, cost]])),
  );
