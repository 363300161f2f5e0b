import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { CampaignLink, Count, Facts, Panel, shortId, TextLink, When, Who } from '../../../kit/index.ts';

type Experiment = Answer<'getExperiment'>;

/** What was said of it before anybody looked. */
export function ExperimentFacts({ experiment }: { experiment: Experiment }) {
  const { t } = useTranslation('experiments');
  const { population, metric, method, windowDays, expectedPlayers, arms, startsAt, endsAt } = experiment;
  return (
    <Panel title={t('facts')} hint={t('factsHint')}>
      <Facts
        of={[
          [t('metric'), t(`metrics.${metric}`)],
          [t('method'), t(`methods.${method}`)],
          [t('window'), t('days', { count: windowDays })],
          [t('expected'), <Count key="e" of={expectedPlayers} />],
          [
            t('population'),
            population.kind === 'everyone' ? t('everyone') : t('segment', { segment: population.segment }),
          ],
          ...arms.map(
            ({ key, name, treatment }) => [name, <TreatmentText key={key} of={treatment} />] as const,
          ),
          [t('starts'), <When key="s" at={startsAt} style="full" />],
          [t('ends'), endsAt === null ? t('byHand') : <When key="n" at={endsAt} style="full" />],
          [t('by'), <Who key="w" by={experiment.createdBy} />],
        ]}
      />
    </Panel>
  );
}

function TreatmentText({ of }: { of: Experiment['arms'][number]['treatment'] }) {
  const { t } = useTranslation('experiments');
  switch (of.kind) {
    case 'nothing':
      return t('treatments.nothing');
    case 'campaign':
      return (
        <>
          {t('treatments.campaign')}: <CampaignLink id={of.campaignId} />
        </>
      );
    case 'batch':
      return (
        <>
          {t('treatments.batch')}:{' '}
          <TextLink to={{ to: '/code-batches/$batchId', params: { batchId: of.batchId } }}>
            {shortId(of.batchId)}
          </TextLink>
        </>
      );
    case 'journey':
      return (
        <>
          {t('treatments.journey')}:{' '}
          <TextLink to={{ to: '/journeys/$journeyId', params: { journeyId: of.journeyId } }}>
            {shortId(of.journeyId)}
          </TextLink>
        </>
      );
  }
}
