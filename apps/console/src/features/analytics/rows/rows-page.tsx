import { Group, Paper, Text } from '@mantine/core';
import type { DrilledFigure, PerformanceDimension } from '@promosmith/contract';
import { IconList } from '@tabler/icons-react';
import { useParams } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { type Call, type RowOf, useList } from '../../../api/index.ts';
import { Definition } from '../../../kit/charts/index.ts';
import {
  type Column,
  Count,
  type Crumb,
  DataTable,
  Day,
  Empty,
  Money,
  Nothing,
  Page,
  PlayerLink,
  Refusal,
  useCampaignName,
  When,
} from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { PartName } from '../campaign/part-name.tsx';
import { RowAbout } from './row-about.tsx';

type Row = RowOf<'listPerformanceRows'>;

const COUNTED: readonly string[] = [
  ...(['tries', 'accepted', 'awaitingDeposit', 'refused', 'lapsed', 'reversed', 'distributed'] as const),
  ...(['shown', 'grants', 'wagered', 'conversions', 'deposits', 'bets'] as const),
] satisfies DrilledFigure[];

type Filter = 'from' | 'to' | 'measure' | 'currency' | 'detail' | 'by' | 'value' | 'only';

/** The rows behind a number: they add up to exactly it. */
export function RowsPage() {
  const { t } = useTranslation('analytics');
  const { t: told } = useTranslation('figures');
  const { campaignId } = useParams({ from: '/shell/performance/$campaignId/rows' });
  const { filters } = useFilters<Filter>();
  const { from, to, currency, detail, value } = filters;
  const measure = (filters.measure ?? 'accepted') as DrilledFigure;
  const by = filters.by as PerformanceDimension | undefined;
  const only = oneOf(['none', 'others'] as const, filters.only);
  const query: Call<'listPerformanceRows'>['query'] = {
    from,
    to,
    measure,
    currency,
    detail,
    by,
    value,
    only,
  };
  const list = useList('listPerformanceRows', { params: { campaignId }, query });
  const campaign = useCampaignName(campaignId) ?? t('campaign');
  const name = told(`${measure}.name`);
  const isCount = COUNTED.includes(measure);
  const crumbs: readonly Crumb[] = [
    { label: t('performance.title'), link: { to: '/performance' } },
    {
      label: campaign,
      link: { to: '/performance/$campaignId', params: { campaignId }, search: { from, to } },
    },
  ];
  const columns: Column<Row>[] = [
    { id: 'at', header: t('rows.at'), cell: ({ at }) => <When at={at} style="full" /> },
    { id: 'kind', header: t('rows.kind'), cell: ({ kind }) => told(`${kind}.name`, { defaultValue: kind }) },
    {
      id: 'player',
      header: t('rows.player'),
      cell: ({ player }) => (player === null ? <Nothing /> : <PlayerLink id={player} />),
    },
    { id: 'detail', header: t('rows.detail'), cell: (row) => <Detail of={row} /> },
    { id: 'about', header: t('rows.about'), cell: ({ about }) => <RowAbout of={about} /> },
    {
      id: 'adds',
      header: t('rows.adds'),
      align: 'end',
      cell: (row) =>
        isCount ? <Count of={row.count} /> : <Money amount={row.amount} currency={row.currency ?? ''} />,
    },
  ];
  return (
    <Page title={t('rows.title', { figure: name })} crumbs={crumbs}>
      <Paper withBorder p="md" mb="md">
        <Group gap="lg" fz="sm">
          <Group gap={2}>
            <b>{name}</b>
            <Definition of={name}>{told(`${measure}.definition`)}</Definition>
          </Group>
          {from && to && (
            <span>
              <Day of={from} /> – <Day of={to} />
            </span>
          )}
          {currency && <span>{currency}</span>}
          {detail && measure === 'refused' && <Refusal of={detail} />}
          {by && (
            <span>
              {t(`by.${by}`)}:{' '}
              <PartName by={by} of={{ kind: only ?? 'value', value: value ?? null, name: null }} />
            </span>
          )}
          <Text fz="sm" c="dimmed" aria-live="polite">
            {list.isMore ? t('rows.sumSoFar') : t('rows.sum')}{' '}
            <b data-sum>
              {isCount ? (
                <Count of={list.rows.reduce((sum, row) => sum + row.count, 0)} />
              ) : (
                <Sums of={list.rows} />
              )}
            </b>
          </Text>
        </Group>
      </Paper>
      <DataTable
        label={t('rows.label')}
        columns={columns}
        list={list}
        rowKey={({ at, kind, player, about, count, amount }) =>
          `${at} ${kind} ${player} ${about?.id} ${count} ${amount}`
        }
        empty={<Empty icon={IconList} title={t('rows.none')} hint={t('rows.noneHint')} />}
      />
    </Page>
  );
}

function Detail({ of: { kind, detail } }: { of: Row }) {
  const { t } = useTranslation();
  if (detail === '' || detail === kind) return <Nothing />;
  if (kind === 'refused') return <Refusal of={detail} />;
  return t(`kinds.${detail}`, { defaultValue: t(`states.${detail}`, { defaultValue: detail }) });
}

/** What rows come to, each currency by itself. */
function Sums({ of: rows }: { of: readonly Row[] }) {
  const sums = new Map<string, number>();
  for (const { currency, amount } of rows)
    if (currency !== null) sums.set(currency, (sums.get(currency) ?? 0) + amount);
  return [...sums].map(([currency, amount], index) => (
    <span key={currency}>
      {index > 0 && ', '}
      <Money amount={amount} currency={currency} />
    </span>
  ));
}
