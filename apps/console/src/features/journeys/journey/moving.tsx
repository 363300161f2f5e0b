import { Alert, Group, Progress, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { Loaded } from '../../../kit/index.ts';
import { numberFormat } from '../../../texts/index.ts';

const LOOK_MS = 500;

/** How far players are with moving to another version, and what came of it. */
export function Moving({ jobId }: { jobId: string }) {
  const job = useRead('getJob', { params: { jobId } }, { every: LOOK_MS });
  return <Loaded of={job}>{(data) => <Told of={data} />}</Loaded>;
}

function Told({ of: { status, done, total, result, error } }: { of: Answer<'getJob'> }) {
  const { t } = useTranslation('journeys');
  if (status === 'failed' || status === 'cancelled')
    return (
      <Alert color={status === 'failed' ? 'red' : 'yellow'} title={t('migration.stopped')} role="status">
        {error ?? t('migration.done', { count: done })}
      </Alert>
    );
  if (status === 'succeeded') {
    const left = Number(result?.left ?? 0);
    return (
      <Alert color={left > 0 ? 'yellow' : 'green'} role="status">
        {t('migration.done', { count: Number(result?.moved ?? done) })}
        {left > 0 && ` ${t('migration.left', { count: left })}`}
      </Alert>
    );
  }
  const number = (of: number) => numberFormat().format(of);
  return (
    <Stack gap="xs">
      <Progress
        value={total ? (done / total) * 100 : 0}
        animated
        size="lg"
        aria-label={t('migration.moving')}
      />
      <Group justify="space-between">
        <Text fz="sm" c="dimmed" role="status">
          {t('migration.of', { done: number(done), total: number(total ?? 0) })}
        </Text>
        <Text fz="xs" c="dimmed">
          {t('migration.job')} <Link to="/jobs">{t('rooms.jobs')}</Link>
        </Text>
      </Group>
    </Stack>
  );
}
