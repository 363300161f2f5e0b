import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useList } from '../../../../api/index.ts';
import { Panel, TextLink, When } from '../../../../kit/index.ts';

/** Cases of fraud about the player that nobody has decided yet, and the way to the others. */
export function FraudCases({ player }: { player: string }) {
  const { t } = useTranslation('players');
  const cases = useList('listCases', { query: { player } });
  return (
    <Panel
      title={t('risk.fraud')}
      actions={
        <Text fz="sm" component="div">
          <TextLink to={{ to: '/cases', search: { player, whose: 'decided' } }}>
            {t('risk.fraudDecided')}
          </TextLink>
        </Text>
      }
    >
      {cases.rows.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('risk.fraudNone')}
        </Text>
      ) : (
        <Stack gap={4}>
          {cases.rows.map(({ id, kind, openedAt }) => (
            <Group key={id} justify="space-between" gap="xs">
              <TextLink to={{ to: '/cases/$caseId', params: { caseId: id } }}>
                {t(`risk.fraudKinds.${kind}`)}
              </TextLink>
              <Text span fz="xs" c="dimmed">
                <When at={openedAt} />
              </Text>
            </Group>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
