import { Alert, Anchor, Group, Progress, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import { ConfirmButton, Panel, tellDone } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { numberFormat } from '../../../texts/index.ts';

const LOOK_EVERY_MS = 1_000;

type Batch = Answer<'getCodeBatch'>;

/** How far a batch is, while it is being made; why there is none, when it could not be. */
export function Making({ batch }: { batch: Batch }) {
  const { t } = useTranslation('codes');
  if (batch.status === 'pending_approval')
    return (
      <Alert color="yellow" title={t('waits.title')}>
        {t('waits.hint')}{' '}
        <Anchor component={Link} to="/approvals" inherit>
          {t('rooms.approvals')}
        </Anchor>
      </Alert>
    );
  const isShown = batch.status === 'making' || batch.status === 'failed' || batch.status === 'cancelled';
  if (!isShown || batch.jobId === null) return null;
  return <JobProgress jobId={batch.jobId} isMaking={batch.status === 'making'} />;
}

function JobProgress({ jobId, isMaking }: { jobId: string; isMaking: boolean }) {
  const { t } = useTranslation('codes');
  const job = useRead(
    'getJob',
    { params: { jobId } },
    { enabled: useMay('jobs:read'), every: isMaking && LOOK_EVERY_MS },
  );
  const mayCancel = useMay('jobs:cancel');
  const cancel = useAct('cancelJob', () => tellDone(t('making.cancelAsked')));
  if (!job.data) return null;
  const { done, total, status, error, cancelRequested } = job.data;
  const number = (of: number) => numberFormat().format(of);
  if (status === 'failed')
    return (
      <Alert color="red" title={t('making.failed')}>
        {error}
      </Alert>
    );
  if (!isMaking) return null;
  return (
    <Panel title={t('making.title')}>
      <Stack gap="xs">
        <Progress
          value={total ? (done / total) * 100 : 100}
          animated
          aria-label={t('making.title')}
          size="lg"
        />
        <Group justify="space-between">
          <Text fz="sm" c="dimmed" role="status">
            {total === null
              ? t('making.done', { done: number(done) })
              : t('making.of', { done: number(done), total: number(total) })}
          </Text>
          {mayCancel && (
            <ConfirmButton
              variant="default"
              size="compact-sm"
              disabled={cancelRequested}
              label={cancelRequested ? t('making.cancelling') : t('making.cancel')}
              title={t('making.cancelTitle')}
              consequence={t('making.cancelConsequence')}
              onConfirm={() => cancel.mutateAsync({ params: { jobId } })}
            />
          )}
        </Group>
      </Stack>
    </Panel>
  );
}
