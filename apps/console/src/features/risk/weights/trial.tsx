import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAct, useRead } from '../../../api/index.ts';
import { daysBefore, today } from '../../../kit/days.ts';
import { Count, ErrorBox, FilterDays, Panel, tellDone, useSpan } from '../../../kit/index.ts';
import { useMay, useMember } from '../../../session/index.ts';
import { TrialResult } from './trial-result.tsx';
import { isTrialResult, type Weights } from './weights.ts';

const LOOK_MS = 700;
const DAYS = 29;

interface Props {
  readonly weights: Weights;
  readonly isPossible: boolean;
}

/** What a past period would have looked like with the weights as they stand here. Nothing is changed by it. */
export function Trial({ weights, isPossible }: Props) {
  const { t } = useTranslation('risk');
  const { timeZone } = useMember().brand;
  const last = today(timeZone);
  const [days, setDays] = useState<{ from?: string | undefined; to?: string | undefined }>({
    from: daysBefore(last, DAYS),
    to: last,
  });
  const [jobId, setJobId] = useState<string>();
  const start = useAct('tryRiskPolicy', (answer) => setJobId(answer.jobId));
  const { from, to } = useSpan(days);
  return (
    <Panel title={t('trial.title')} hint={t('trial.hint')}>
      <Stack>
        <Group gap="xs">
          <FilterDays {...days} onChange={setDays} />
          <Button
            loading={start.isPending}
            disabled={!isPossible || from === undefined || to === undefined}
            onClick={() =>
              from !== undefined && to !== undefined && start.mutate({ body: { ...weights, from, to } })
            }
          >
            {t('trial.start')}
          </Button>
        </Group>
        {start.error && <ErrorBox error={start.error} />}
        {jobId !== undefined && <Running key={jobId} jobId={jobId} />}
      </Stack>
    </Panel>
  );
}

function Running({ jobId }: { jobId: string }) {
  const { t } = useTranslation('risk');
  const mayCancel = useMay('jobs:cancel');
  const [isOver, setOver] = useState(false);
  const job = useRead('getJob', { params: { jobId } }, { every: isOver ? false : LOOK_MS });
  const cancel = useAct('cancelJob', () => tellDone(t('trial.stopped')));
  if (job.error) return <ErrorBox error={job.error} />;
  if (!job.data) return null;
  const { status, done, total, result, error } = job.data;
  const isUnderWay = status === 'queued' || status === 'running';
  if (!isUnderWay && !isOver) setOver(true);
  if (error !== null) return <ErrorBox error={new Error(error)} />;
  if (!isUnderWay)
    return result && isTrialResult(result) ? (
      <TrialResult of={result} />
    ) : (
      <Text fz="sm" c="dimmed">
        {t('trial.stopped')}
      </Text>
    );
  return (
    <Group gap="xs" wrap="nowrap">
      <Progress flex={1} value={total ? (done / total) * 100 : 0} animated aria-label={t('trial.progress')} />
      <Text fz="xs" c="dimmed">
        <Count of={done} />
      </Text>
      {mayCancel && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => cancel.mutate({ params: { jobId } })}
          loading={cancel.isPending}
        >
          {t('trial.stop')}
        </Button>
      )}
    </Group>
  );
}
