import { Button, Group, Progress, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useAct, useList, useRead } from '../../../api/index.ts';
import { Count, Panel, PlayerLink, Status, tellDone, When } from '../../../kit/index.ts';
import { useMember } from '../../../session/index.ts';
import type { WatchedDetail } from '../watched.ts';

const LOOK_MS = 1_000;

type TakeBack = WatchedDetail['takeBacks'][number];

/** What was taken back of the code, and how far it has come. */
export function TakeBacks({ of }: { of: readonly TakeBack[] }) {
  const { t } = useTranslation('codewatch');
  if (of.length === 0) return null;
  return (
    <Panel title={t('takeBack.title')} hint={t('takeBack.hint')}>
      <Stack gap="md">
        {of.map((one) => (
          <OneTakeBack key={one.jobId} of={one} />
        ))}
      </Stack>
    </Panel>
  );
}

function OneTakeBack({ of: { jobId, startedAt, status: known } }: { of: TakeBack }) {
  const { t } = useTranslation('codewatch');
  const { may } = useMember();
  const isUnderWay = known === 'queued' || known === 'running';
  const job = useRead(
    'getJob',
    { params: { jobId } },
    { enabled: may('jobs:read'), every: isUnderWay ? LOOK_MS : false },
  );
  const cancel = useAct('cancelJob', () => tellDone(t('takeBack.stopping')));
  const { done = 0, total = null, status = known, cancelRequested = false } = job.data ?? {};
  const result = job.data?.result;
  return (
    <Stack gap={6}>
      <Group justify="space-between" gap="xs">
        <Status of={status} />
        <Text fz="xs" c="dimmed">
          <When at={startedAt} />
        </Text>
      </Group>
      {total !== null && (
        <Group gap="xs" wrap="nowrap">
          <Progress
            flex={1}
            size="sm"
            value={total === 0 ? 100 : (done / total) * 100}
            animated={status === 'running'}
            aria-label={t('takeBack.progress')}
          />
          <Text fz="xs" c="dimmed">
            <Count of={done} /> / <Count of={total} />
          </Text>
        </Group>
      )}
      {isUnderWay && may('jobs:cancel') && !cancelRequested && (
        <Button
          variant="default"
          size="compact-sm"
          onClick={() => cancel.mutate({ params: { jobId } })}
          loading={cancel.isPending}
        >
          {t('takeBack.stop')}
        </Button>
      )}
      {result && (
        <Text fz="sm">
          {t('takeBack.result', { taken: Number(result.taken ?? 0), paid: Number(result.paid ?? 0) })}
        </Text>
      )}
      {may('cases:read') && Number(result?.paid ?? 0) > 0 && <Paid jobId={jobId} />}
    </Stack>
  );
}

/** Whose bonuses had become real money, and stay. */
function Paid({ jobId }: { jobId: string }) {
  const { t } = useTranslation('codewatch');
  const paid = useList('listTakenBack', { params: { takeBackId: jobId }, query: { result: 'paid' } });
  return (
    <Text fz="sm" c="dimmed" component="div">
      {t('takeBack.paid')}{' '}
      {paid.rows.map(({ activationId, player }, index) => (
        <span key={activationId}>
          {index > 0 && ', '}
          <PlayerLink id={player} />
        </span>
      ))}
    </Text>
  );
}
