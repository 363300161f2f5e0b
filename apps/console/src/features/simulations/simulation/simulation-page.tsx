import { Alert, Group, Progress, Stack, Text } from '@mantine/core';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Answer, useAct, useRead } from '../../../api/index.ts';
import { useCampaignName } from '../../../kit/campaigns.tsx';
import {
  CampaignLink,
  ConfirmButton,
  type Crumb,
  Day,
  Loaded,
  Page,
  Panel,
  Percent,
  Status,
} from '../../../kit/index.ts';
import { PrintButton } from '../../../kit/report/index.ts';
import { useSay } from '../../../texts/index.ts';
import { Result } from './result.tsx';

type Simulation = Answer<'getSimulation'>;
const LOOK_MS = 1_000;
const isUnderWay = ({ status }: Simulation): boolean => status === 'queued' || status === 'running';

/** One run of a campaign over the past: how far it is, and what would have happened. */
export function SimulationPage() {
  const { t } = useTranslation('simulations');
  const { simulationId } = useParams({ from: '/shell/simulations/$simulationId' });
  const params = { simulationId };
  const first = useRead('getSimulation', { params });
  const simulation = useRead(
    'getSimulation',
    { params },
    { every: first.data && !isUnderWay(first.data) ? false : LOOK_MS },
  );
  const name = useCampaignName(simulation.data?.campaignId);
  const crumbs: readonly Crumb[] = [
    {
      label: t('rooms.simulations'),
      link: { to: '/simulations', search: { campaign: simulation.data?.campaignId } },
    },
  ];
  return (
    <Page
      title={t('of', { name: name ?? t('campaign') })}
      beside={simulation.data && <Status of={simulation.data.status} />}
      crumbs={crumbs}
      actions={
        simulation.data && (
          <>
            <PrintButton />
            {isUnderWay(simulation.data) && <Cancel simulationId={simulationId} />}
          </>
        )
      }
    >
      <Loaded of={simulation}>{(data) => <Shown simulation={data} />}</Loaded>
    </Page>
  );
}

function Shown({ simulation }: { simulation: Simulation }) {
  const { t } = useTranslation('simulations');
  const say = useSay();
  const { campaignId, version, from, to, assume, doneShareBps, error, result } = simulation;
  return (
    <Stack gap="lg">
      <Text fz="sm" c="dimmed">
        <CampaignLink id={campaignId} /> · {t('version')} {version} · <Day of={from} /> – <Day of={to} /> ·{' '}
        {t(`assume.${assume.kind}`)}
        {assume.kind === 'as_campaign' && (
          <>
            {': '}
            <CampaignLink id={assume.campaignId} />
          </>
        )}
      </Text>
      {error !== null && (
        <Alert color="red" title={t('failed')}>
          {say(error)}
        </Alert>
      )}
      {isUnderWay(simulation) && (
        <Panel title={t('underWay')}>
          <Group gap="md" wrap="nowrap">
            <Progress value={doneShareBps / 100} flex={1} animated aria-label={t('progress')} />
            <Percent of={doneShareBps} digits={0} />
          </Group>
        </Panel>
      )}
      {result !== null && <Result of={result} />}
    </Stack>
  );
}

function Cancel({ simulationId }: { simulationId: string }) {
  const { t } = useTranslation('simulations');
  const cancel = useAct('cancelSimulation');
  return (
    <ConfirmButton
      label={t('cancelIt')}
      title={t('cancelTitle')}
      consequence={t('cancelMeans')}
      variant="default"
      color="red"
      onConfirm={() => cancel.mutateAsync({ params: { simulationId } })}
    />
  );
}
