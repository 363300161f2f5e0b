import { Alert, SimpleGrid, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useRead } from '../../../api/index.ts';
import { Day, Panel, Refusal, TextLink, When } from '../../../kit/index.ts';
import { Bars } from '../../../kit/report/index.ts';
import { Breakdown } from './breakdown.tsx';
import { Counts } from './counts.tsx';
import { DayLines } from './day-lines.tsx';
import type { Report } from './figures.ts';
import { FunnelOf } from './funnel-of.tsx';
import { MoneyFigures } from './money-figures.tsx';
import { ReportedContext, RowsLink } from './rows-link.tsx';

/** A campaign in numbers; each of them leads to the rows behind it. */
export function Told({ report }: { report: Report }) {
  const { t } = useTranslation('analytics');
  const { campaignId, period, compared, conversion, totals, previous } = report;
  // The days of what is compared with are a report of their own.
  const other = useRead(
    'getCampaignPerformance',
    {
      params: { campaignId: compared?.campaign?.campaignId ?? campaignId },
      query: {
        ...{ from: compared?.from, to: compared?.to, compare: 'none' },
        ...(conversion && { in: conversion.currency }),
      },
    },
    { enabled: compared !== null },
  );
  return (
    <ReportedContext value={{ campaignId, ...period, isConverted: conversion !== null }}>
      <Stack gap="lg">
        <Text fz="sm" c="dimmed">
          <Day of={period.from} /> – <Day of={period.to} /> · {period.timeZone}
          {compared && (
            <>
              {' · '}
              {t('report.besideOf')} {compared.campaign?.name ?? ''} <Day of={compared.from} /> –{' '}
              <Day of={compared.to} />
            </>
          )}
          {' · '}
          {t('countedUntil')} <When at={report.countedUntil} />
        </Text>
        {conversion?.missing.map(({ currency, days, first, last }) => (
          <Alert key={currency} color="yellow" title={t('report.noRate', { currency })}>
            {t('report.noRateHint', { count: days })} <Day of={first} /> – <Day of={last} />{' '}
            <TextLink to={{ to: '/currency-rates', search: { currency } }}>{t('report.toRates')}</TextLink>
          </Alert>
        ))}
        <Counts now={totals} before={previous} />
        <DayLines report={report} compared={compared === null ? undefined : other.data} />
        <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="lg">
          <FunnelOf funnel={report.funnel} />
          <Refused of={report.refusals} />
        </SimpleGrid>
        <MoneyFigures now={totals.money} before={previous?.money} />
        <Breakdown campaignId={campaignId} period={period} />
      </Stack>
    </ReportedContext>
  );
}

function Refused({ of: refusals }: { of: Report['refusals'] }) {
  const { t } = useTranslation('analytics');
  return (
    <Panel title={t('refusals')} isTall>
      <Bars
        none={t('noRefusals')}
        of={refusals.map(({ key, count }) => ({
          key,
          count,
          name: (
            <RowsLink figure="refused" detail={key}>
              <Refusal of={key} />
            </RowsLink>
          ),
        }))}
      />
    </Panel>
  );
}
