import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { Group, Progress, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../../api/index.ts';
import { Count, Day, Money, Panel, Percent, Refusal } from '../../../../kit/index.ts';
import { language } from '../../../../texts/index.ts';
import { Figure } from './figure.tsx';

type Data = Answer<'getCampaignPerformance'>;

/** A campaign in numbers, beside the same length of time before. */
export function Report({ report }: { report: Data }) {
  const { t } = useTranslation('campaigns');
  const { totals, previous, period, days } = report;
  const dayName = new Intl.DateTimeFormat(language(), { day: 'numeric', month: 'short', timeZone: 'UTC' });
  const series = days.map(({ day, accepted, refused }) => ({
    day: dayName.format(new Date(`${day}T00:00:00Z`)),
    accepted,
    refused,
  }));
  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        <Day of={period.from} /> – <Day of={period.to} /> · {period.timeZone}
      </Text>
      <SimpleGrid cols={{ base: 2, md: 4 }}>
        <Figure name={t('performance.tries')} now={totals.tries} before={previous?.tries} />
        <Figure name={t('performance.accepted')} now={totals.accepted} before={previous?.accepted} />
        <Figure name={t('performance.grants')} now={totals.grants} before={previous?.grants} />
        <Figure
          name={t('performance.rate')}
          now={totals.acceptanceRate}
          before={previous?.acceptanceRate}
          show={(rate) => <Percent of={rate} />}
        />
        {totals.money.map(({ currency, cost, deposited }) => {
          const earlier = previous?.money.find((money) => money.currency === currency);
          const show = (amount: number) => <Money amount={amount} currency={currency} />;
          return [
            <Figure
              key={`cost ${currency}`}
              name={t('performance.cost')}
              now={cost}
              before={earlier?.cost}
              show={show}
            />,
            <Figure
              key={`deposited ${currency}`}
              name={t('performance.deposited')}
              now={deposited}
              before={earlier?.deposited}
              show={show}
            />,
          ];
        })}
      </SimpleGrid>
      <Panel title={t('performance.days')}>
        <BarChart
          h={220}
          data={series}
          dataKey="day"
          type="stacked"
          tickLine="none"
          withLegend
          series={[
            { name: 'accepted', label: t('performance.accepted'), color: 'iris.5' },
            { name: 'refused', label: t('performance.refused'), color: 'gray.5' },
          ]}
        />
      </Panel>
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
  const known = STEPS.filter((step) => funnel[step] !== null);
  const most = Math.max(1, ...known.map((step) => funnel[step] ?? 0));
  return (
    <Panel title={t('performance.funnel')} hint={t('performance.funnelHint')}>
      <Stack gap="xs">
        {known.map((step) => (
          <Bar key={step} name={t(`performance.steps.${step}`)} of={funnel[step] ?? 0} most={most} />
        ))}
      </Stack>
    </Panel>
  );
}

function Refusals({ refusals }: { refusals: Data['refusals'] }) {
  const { t } = useTranslation('campaigns');
  const most = Math.max(1, ...refusals.map(({ count }) => count));
  return (
    <Panel title={t('performance.reasons')}>
      {refusals.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('performance.noRefusals')}
        </Text>
      )}
      <Stack gap="xs">
        {refusals.map(({ key, count }) => (
          <Bar key={key} name={<Refusal of={key} />} of={count} most={most} />
        ))}
      </Stack>
    </Panel>
  );
}

function Bar({ name, of, most }: { name: React.ReactNode; of: number; most: number }) {
  return (
    <Stack gap={3}>
      <Group justify="space-between" fz="sm" gap="xs">
        <span>{name}</span>
        <Count of={of} />
      </Group>
      <Progress.Root size={6} aria-hidden>
        <Progress.Section value={(of / most) * 100} withAria={false} />
      </Progress.Root>
    </Stack>
  );
}
