import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Panel, TextLink, When } from '../../../kit/index.ts';
import type { CaseDetail } from '../kinds.ts';
import { Decided, Standing } from '../standing.tsx';

/** Of the same player or code. */
export function OtherCases({ of: { earlier } }: { of: CaseDetail }) {
  const { t } = useTranslation('cases');
  return (
    <Panel title={t('others.title')}>
      {earlier.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('others.none')}
        </Text>
      ) : (
        <Stack gap="xs">
          {earlier.map((other) => (
            <Group key={other.id} justify="space-between" gap="xs" wrap="nowrap">
              <Text fz="sm" component="div">
                <TextLink to={{ to: '/cases/$caseId', params: { caseId: other.id } }}>
                  {t(`kinds.${other.kind}`)}
                </TextLink>{' '}
                <Text span fz="xs" c="dimmed">
                  <When at={other.openedAt} />
                </Text>
              </Text>
              {other.state === 'decided' ? <Decided of={other} /> : <Standing of={other} />}
            </Group>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
