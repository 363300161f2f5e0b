import { Alert, Drawer, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../api/index.ts';
import { ConfirmButton, Copyable, Facts, JsonText, Loaded, Status, tellDone, When } from '../../kit/index.ts';
import { Who } from '../../kit/who.tsx';
import { useMay } from '../../session/index.ts';
import { useSay } from '../../texts/index.ts';
import type { Job } from './job.ts';
import { Progress } from './progress.tsx';

const LOOK_MS = 1_000;

interface Props {
  readonly jobId: string | undefined;
  readonly onClose: () => void;
}

/** One job at the side of the list. */
export function JobDrawer({ jobId, onClose }: Props) {
  const { t } = useTranslation('jobs');
  return (
    <Drawer opened={jobId !== undefined} onClose={onClose} title={t('job')} size="lg">
      {jobId !== undefined && <OneJob jobId={jobId} />}
    </Drawer>
  );
}

function OneJob({ jobId }: { jobId: string }) {
  const job = useRead('getJob', { params: { jobId } }, { every: LOOK_MS });
  return <Loaded of={job}>{(data) => <Told of={data} />}</Loaded>;
}

function Told({ of: job }: { of: Job }) {
  const { t } = useTranslation('jobs');
  const say = useSay();
  const mayCancel = useMay('jobs:cancel');
  const cancel = useAct('cancelJob', () => tellDone(t('cancel.done')));
  const isUnderWay = job.status === 'queued' || job.status === 'running';
  return (
    <Stack>
      <Facts
        of={[
          [t('kind'), t(`kinds.${job.kind}`, { defaultValue: job.kind })],
          [t('status'), <Status key="status" of={job.status} />],
          [t('progress'), <Progress key="progress" of={job} />],
          [t('by'), <Who key="by" by={job.createdBy} />],
          [t('at'), <When key="at" at={job.createdAt} style="full" />],
          [t('started'), <When key="started" at={job.startedAt} style="full" />],
          [t('finished'), <When key="finished" at={job.finishedAt} style="full" />],
          [t('id'), <Copyable key="id" text={job.id} />],
        ]}
      />
      {job.error !== null && (
        <Alert color="red" title={t('error')}>
          {say(job.error)}
        </Alert>
      )}
      {job.result && <JsonText of={job.result} label={t('result')} />}
      {isUnderWay && mayCancel && !job.cancelRequested && (
        <ConfirmButton
          label={t('cancel.label')}
          title={t('cancel.title')}
          consequence={t('cancel.consequence')}
          color="red"
          variant="light"
          onConfirm={() => cancel.mutateAsync({ params: { jobId: job.id } })}
        />
      )}
      {job.cancelRequested && isUnderWay && <Alert color="yellow">{t('cancel.asked')}</Alert>}
    </Stack>
  );
}
