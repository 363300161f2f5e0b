import { Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import { ConfirmButton, type Crumb, Loaded, Page, Status, tellDone, When } from '../../../kit/index.ts';
import { PrintButton } from '../../../kit/report/index.ts';
import { SampleRatio } from '../../../kit/uplift/index.ts';
import { useMay } from '../../../session/index.ts';
import { Arms } from './arms.tsx';
import { ExperimentFacts } from './experiment-facts.tsx';
import { Uplifts } from './uplifts.tsx';

const LOOK_MS = 30_000;

/** One experiment: what it says, how sure that is, and of whom. */
export function ExperimentPage() {
  const { t } = useTranslation('experiments');
  const { experimentId } = useParams({ from: '/shell/experiments/$experimentId' });
  const params = { experimentId };
  const experiment = useRead('getExperiment', { params });
  const results = useRead('getExperimentResults', { params }, { every: LOOK_MS });
  const crumbs: readonly Crumb[] = [{ label: t('rooms.experiments'), link: { to: '/experiments' } }];
  return (
    <Page
      title={experiment.data?.name ?? t('experiment')}
      beside={experiment.data && <Status of={experiment.data.status} />}
      crumbs={crumbs}
      actions={
        <>
          <PrintButton />
          {experiment.data && <End experiment={experiment.data} />}
        </>
      }
    >
      <Stack gap="lg">
        <Loaded of={results}>{(data) => <Results of={data} />}</Loaded>
        <Loaded of={experiment}>{(data) => <ExperimentFacts experiment={data} />}</Loaded>
      </Stack>
    </Page>
  );
}

function Results({ of: results }: { of: Answer<'getExperimentResults'> }) {
  const { t } = useTranslation('experiments');
  return (
    <>
      <SampleRatio of={results.sampleRatio} />
      <Uplifts of={results} />
      <Arms of={results} />
      <Text fz="xs" c="dimmed">
        {t(results.isOver ? 'over' : 'notOver')} {t('counted')} <When at={results.countedAt} />.
      </Text>
    </>
  );
}

function End({ experiment: { id, status } }: { experiment: Answer<'getExperiment'> }) {
  const { t } = useTranslation('experiments');
  const may = useMay('experiments:write');
  const end = useAct('endExperiment', () => tellDone(t('end.done')));
  if (!may || status === 'ended') return null;
  return (
    <ConfirmButton
      label={t('end.label')}
      title={t('end.title')}
      consequence={t('end.means')}
      variant="default"
      color="red"
      onConfirm={() => end.mutateAsync({ params: { experimentId: id } })}
    />
  );
}
