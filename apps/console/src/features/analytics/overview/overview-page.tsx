import { Grid, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { AttentionPanel } from '../../../kit/attention/index.ts';
import { Count, Day, Loaded, Page, Panel, Refusal, TextLink, When } from '../../../kit/index.ts';
import { Bars, DaysChart, Figure, MoneyTable, PeriodPicker } from '../../../kit/report/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMember } from '../../../session/index.ts';
import { Budgets } from './budgets.tsx';
import { TopCampaigns } from './top-campaigns.tsx';

const LOOK_MS = 30_000;

type Overview = Answer<'getOverview'>;

/** The brand at a glance: what waits for somebody, what happened, what it cost, what is nearly spent. */
export function OverviewPage() {
  const { t } = useTranslation('analytics');
  const { brand } = useMember();
  const { filters, setFilters } = useFilters<'from' | 'to'>();
  const { from, to } = filters;
  const overview = useRead('getOverview', { query: { from, to } }, { every: LOOK_MS });
  return (
    <Page
      title={brand.name}
      description={t('overview.description')}
      actions={<PeriodPicker from={from} to={to} onChange={(days) => setFilters(days as typeof filters)} />}
    >
      <Stack gap="lg">
        <AttentionPanel />
        <Loaded of={overview}>{(data) => <Told of={data} />}</Loaded>
      </Stack>
    </Page>
  );
}

function Told({ of: overview }: { of: Overview }) {
  const { t } = useTranslation('analytics');
  const { totals, previous, period, live } = overview;
  return (
    <>
      <SimpleGrid cols={{ base: 2, md: 4 }} spacing="sm">
        <Figure name={t('tries')} now={totals.tries} before={previous?.tries} />
        <Figure name={t('accepted')} now={totals.accepted} before={previous?.accepted} />
        <Figure
          name={t('acceptanceRate')}
          now={totals.acceptanceRate}
          before={previous?.acceptanceRate}
          isShare
        />
        <Figure name={t('grants')} now={totals.grants} before={previous?.grants} />
      </SimpleGrid>
      <Grid gap="lg">
        <Grid.Col span={{ base: 12, lg: totals.money.length > 0 ? 8 : 12 }}>
          <Panel
            isTall
            title={t('overview.days')}
            hint={
              <>
                <Day of={period.from} /> – <Day of={period.to} /> · {period.timeZone}
              </>
            }
          >
            <DaysChart days={overview.days} />
          </Panel>
        </Grid.Col>
        <Grid.Col span={{ base: 12, lg: 4 }}>
          <MoneyTable of={totals.money} before={previous?.money} />
        </Grid.Col>
      </Grid>
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
        <TopCampaigns of={overview.campaigns} />
        <Stack gap="lg">
          <Panel title={t('refusals')} hint={t('refusalsHint')}>
            <Bars
              none={t('noRefusals')}
              of={overview.refusals.map(({ key, count }) => ({
                key,
                count,
                name: (
                  <TextLink to={{ to: '/activations', search: { key, from: period.from, to: period.to } }}>
                    <Refusal of={key} />
                  </TextLink>
                ),
              }))}
            />
          </Panel>
          <Budgets of={overview.budgets} />
        </Stack>
      </SimpleGrid>
      <Text fz="xs" c="dimmed">
        {t('overview.live')} <Count of={live.campaigns} />{' '}
        {t('overview.liveCampaigns', { count: live.campaigns })}, <Count of={live.journeys} />{' '}
        {t('overview.liveJourneys', { count: live.journeys })}, <Count of={live.tournaments} />{' '}
        {t('overview.liveTournaments', { count: live.tournaments })}. {t('countedUntil')}{' '}
        <When at={overview.countedUntil} />.
      </Text>
    </>
  );
}
