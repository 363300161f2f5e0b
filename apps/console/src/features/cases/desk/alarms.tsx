import { Group, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Panel, Status, TextLink } from '../../../kit/index.ts';

const LOOK_MS = 15_000;
const SHOWN = 5;

/** Codes that are tried as they were not before, or by whom they were not meant for. */
export function Alarms() {
  const { t } = useTranslation('cases');
  const watched = useRead('listWatchedCodes', { query: {} }, { every: LOOK_MS });
  const codes = (watched.data?.items ?? []).filter(({ alarms }) => alarms.length > 0).slice(0, SHOWN);
  return (
    <Panel
      isTall
      title={t('desk.alarms')}
      actions={
        <Text fz="sm" component="div">
          <TextLink to={{ to: '/code-watch' }}>{t('desk.toWatch')}</TextLink>
        </Text>
      }
    >
      {codes.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('desk.alarmsNone')}
        </Text>
      ) : (
        <Stack gap="xs">
          {codes.map(({ codeId, code, state, strangers, tries }) => (
            <Group key={codeId} justify="space-between" gap="xs" wrap="nowrap">
              <Text fz="sm" component="div">
                <TextLink to={{ to: '/code-watch/$codeId', params: { codeId } }}>{code}</TextLink>{' '}
                <Text span fz="xs" c="dimmed">
                  {strangers > 0
                    ? t('desk.strangers', { count: strangers })
                    : t('desk.hour', { count: tries.hour })}
                </Text>
              </Text>
              <Status of={state} />
            </Group>
          ))}
        </Stack>
      )}
    </Panel>
  );
}
