import { Table, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Count, Panel, PlayerLink, When } from '../../../kit/index.ts';
import type { WatchedDetail } from '../watched.ts';

/** Players who tried a code that was not meant for them. */
export function Strangers({ of: { kind, strangers, strangersNamed } }: { of: WatchedDetail }) {
  const { t } = useTranslation('codewatch');
  if (kind === 'shared') return null;
  return (
    <Panel title={t('strangersTitle')} hint={t('strangersHint')}>
      {strangersNamed.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('strangersNone')}
        </Text>
      ) : (
        <Table fz="sm" verticalSpacing={4} aria-label={t('strangersTitle')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th fw={500}>{t('player')}</Table.Th>
              <Table.Th fw={500} ta="end">
                {t('triesOf')}
              </Table.Th>
              <Table.Th fw={500} ta="end">
                {t('first')}
              </Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {strangersNamed.map(({ player, tries, firstAt }) => (
              <Table.Tr key={player}>
                <Table.Td>
                  <PlayerLink id={player} />
                </Table.Td>
                <Table.Td ta="end">
                  <Count of={tries} />
                </Table.Td>
                <Table.Td ta="end">
                  <When at={firstAt} />
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      )}
      {strangers > strangersNamed.length && (
        <Text fz="xs" c="dimmed" mt="xs">
          {t('strangersMore', { count: strangers - strangersNamed.length })}
        </Text>
      )}
    </Panel>
  );
}
