import { Grid, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../api/index.ts';
import { Day, Panel, Refusal, TextLink } from '../../../../kit/index.ts';
import { Bars, DaysChart, Figure, MoneyTable } from '../../../../kit/report/index.ts';

type Data = Answer<'getCampaignPerformance'>;

/** A campaign in numbers, beside the same length of time before. */
export function Report({ report }: { report: Data }) {
  const { t } = useTranslation('campaigns');
  const { totals, previous, period, days } = report;
  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        <Day of={period.from} /> – <Day of={period.to} /> · {period.timeZone} ·{' '}
        <TextLink to={{ to: '/performance/$campaignId', params: { campaignId: report.campaignId } }}>
          {t('performance.more')}
        </TextLink>
      </Text>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure name={t('performance.tries')} now={totals.tries} before={previous?.tries} />
        <Figure name={t('performance.accepted')} now={totals.accepted} before={previous?.accepted} />
        <Figure name={t('performance.grants')} now={totals.grants} before={previous?.grants} />
        <Figure
          name={t('performance.rate')}
          now={totals.acceptanceRate}
          before={previous?.acceptanceRate}
          isShare
        />
      </SimpleGrid>
      <Grid gap="md">
        <Grid.Col span={{ base: 12, md: totals.money.length > 0 ? 8 : 12 }}>
          <Panel title={t('performance.days')} isTall>
            <DaysChart days={days} />
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, md: 4 }}>
          <MoneyTable of={totals.money} before={previous?.money} />
        </Grid.Col>
      </Grid>
      <SimpleGrid cols={{ base: 1, md: 2 }}>
        <Funnel funnel={report.funnel} />
        <Refusals refusals={report.refusals} />
      </SimpleGrid>
    </Stack>
  );
}

const STEPS = ['distributed', 'tried', 'accepted', 'granted', 'wagered', 'converted'] as const;

function Funnel({ funnel }: { funnel: Data['funnel'] }) {
  const { t } = useTranslation('campaigns');
  const steps = STEPS.flatMap((step) => {
    const count = funnel[step];
    return count === null ? [] : [{ key: step, name: t(`performance.steps.${step}`), count }];
  });
  return (
    <Panel title={t('performance.funnel')} hint={t('performance.funnelHint')}>
      <Bars of={steps} />
    </Panel>
  );
}

function Refusals({ refusals }: { refusals: Data['refusals'] }) {
  const { t } = useTranslation('campaigns');
  return (
    <Panel title={t('performance.reasons')}>
      <Bars
        of={refusals.map(({ key, count }) => ({ key, name: <Refusal of={key} />, count }))}
        none={t('performance.noRefusals')}
      />
    </Panel>
  );
}
