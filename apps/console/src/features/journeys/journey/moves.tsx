import { Button } from '@mantine/core';
import { IconPlayerPlay } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import { ConfirmButton, Count, tellDone, tellFailed } from '../../../kit/index.ts';
import { useMay } from '../../../session/index.ts';
import { DuplicateButton } from './duplicate.tsx';

const EVERY_MS = 10_000;

/** What can be done to the journey as a whole: letting players in, holding them, putting it away. */
export function Moves({ journey }: { journey: Answer<'getJourney'> }) {
  const { t } = useTranslation('journeys');
  const mayPublish = useMay('journeys:publish');
  const mayWrite = useMay('journeys:write');
  const { id, status, version, revision } = journey;
  const params = { journeyId: id };
  const report = useRead(
    'getJourneyReport',
    { params, query: {} },
    { enabled: version !== null, every: status === 'active' && EVERY_MS },
  );
  const activate = useAct('activateJourney', () => tellDone(t('moves.activated')));
  const resume = useAct('resumeJourney', () => tellDone(t('moves.resumed')));
  const pause = useAct('pauseJourney', () => tellDone(t('moves.paused')));
  const archive = useAct('archiveJourney', () => tellDone(t('moves.archived')));
  const inside = (
    <b>
      <Count of={report.data?.inside ?? 0} />
    </b>
  );
  const failed = { onError: tellFailed };
  return (
    <>
      {mayWrite && <DuplicateButton journey={journey} />}
      {mayPublish && status !== 'archived' && (
        <ConfirmButton
          label={t('moves.archive')}
          title={t('moves.archiveTitle')}
          consequence={
            <>
              {t('moves.archiveMeans')} {t('moves.inside')} {inside}
            </>
          }
          variant="default"
          color="red"
          onConfirm={() => archive.mutateAsync({ params })}
        />
      )}
      {mayPublish && status === 'active' && (
        <ConfirmButton
          label={t('moves.pause')}
          title={t('moves.pauseTitle')}
          reason="required"
          consequence={
            <>
              {t('moves.pauseMeans')} {t('moves.inside')} {inside}
            </>
          }
          variant="default"
          color="iris"
          onConfirm={(reason) => pause.mutateAsync({ params, body: { reason, revision } })}
        />
      )}
      {mayPublish && status === 'paused' && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          loading={resume.isPending}
          onClick={() => resume.mutate({ params }, failed)}
        >
          {t('moves.resume')}
        </Button>
      )}
      {mayPublish && status === 'draft' && version !== null && (
        <Button
          variant="default"
          leftSection={<IconPlayerPlay size={16} />}
          loading={activate.isPending}
          onClick={() => activate.mutate({ params }, failed)}
        >
          {t('moves.activate')}
        </Button>
      )}
    </>
  );
}
