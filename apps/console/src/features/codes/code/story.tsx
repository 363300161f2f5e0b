import { Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Count, Panel, Refusal, Skeletons, TextLink } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { reasonsOf } from './reasons.ts';

/** As many attempts as are told of, the latest. */
const MOST = 200;
const LOOK_EVERY_MS = 10_000;

/** What happened to a code: how often it was used, and why it was refused. */
export function Story({ code }: { code: Answer<'getCode'> }) {
  const { t } = useTranslation('codes');
  const attempts = useRead(
    'listActivations',
    { query: { codeId: code.id, limit: MOST } },
    { enabled: useMay('activations:read'), every: LOOK_EVERY_MS },
  );
  const items = attempts.data?.items;
  const reasons = reasonsOf(items ?? []);
  const refused = reasons.reduce((sum, { count }) => sum + count, 0);
  return (
    <Panel title={t('story.title')}>
      <Stack gap="md">
        <Uses code={code} />
        {items === undefined ? (
          attempts.isPending && attempts.fetchStatus !== 'idle' && <Skeletons rows={2} />
        ) : (
          <div>
            <Text fz="sm" mb="xs">
              {attempts.data?.nextCursor
                ? t('story.ofLatest', { count: items.length, refused })
                : t('story.ofAll', { count: items.length, refused })}
            </Text>
            <Stack gap={4}>
              {reasons.map(({ key, count }) => (
                <Group key={key} justify="space-between" gap="xs" wrap="nowrap" fz="sm">
                  <TextLink to={{ to: '/activations', search: { codeId: code.id, key } }}>
                    <Refusal of={key} />
                  </TextLink>
                  <Count of={count} />
                </Group>
              ))}
            </Stack>
          </div>
        )}
      </Stack>
    </Panel>
  );
}

function Uses({ code: { uses, reserved, maxUses } }: { code: Answer<'getCode'> }) {
  const { t } = useTranslation('codes');
  if (maxUses === null) return <Text fz="sm">{t('story.unlimited')}</Text>;
  const share = (of: number) => (of / maxUses) * 100;
  const left = Math.max(0, maxUses - uses - reserved);
  return (
    <Stack gap={6}>
      <Text fz="sm">
        {t('story.uses', { uses, maxUses, count: left })}
        {reserved > 0 && ` ${t('story.reserved', { count: reserved })}`}
      </Text>
      <Progress.Root size="md">
        <Progress.Section value={share(uses)} aria-label={t('story.taken')} />
        <Progress.Section value={share(reserved)} color="yellow" aria-label={t('story.held')} />
      </Progress.Root>
    </Stack>
  );
}
