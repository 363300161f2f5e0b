import { Select } from '@mantine/core';
import type { PerformanceDimension } from '@promosmith/contract';
import { IconChartBar } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { type Column, Count, DataTable, Empty, listOf, Money, Panel, Percent } from '../../../kit/index.ts';
import { oneOf, useFilters } from '../../../routing/index.ts';
import { useMember } from '../../../session/index.ts';
import { PartName } from './part-name.tsx';
import { RowsLink } from './rows-link.tsx';

const DIMENSIONS = [
  ...(['code', 'batch', 'source', 'affiliate', 'segment', 'country', 'device', 'channel'] as const),
] satisfies PerformanceDimension[];

type Part = Answer<'getPerformanceBreakdown'>['items'][number];

interface Props {
  readonly campaignId: string;
  readonly period: { readonly from: string; readonly to: string };
}

/** Whose the numbers are: by code, country, device and so on. */
export function Breakdown({ campaignId, period: { from, to } }: Props) {
  const { t } = useTranslation('analytics');
  const { t: told } = useTranslation('figures');
  const { brand } = useMember();
  const { filters, setFilters } = useFilters<'by'>();
  const by = oneOf(DIMENSIONS, filters.by) ?? 'country';
  const parts = useRead('getPerformanceBreakdown', { params: { campaignId }, query: { by, from, to } });
  const { currency } = brand;
  const count = (figure: 'tries' | 'accepted' | 'refused' | 'grants' | 'conversions'): Column<Part> => ({
    id: figure,
    header: told(`${figure}.name`),
    align: 'end',
    cell: (part) => (
      <RowsLink figure={figure} of={{ by, kind: part.kind, value: part.value }}>
        <Count of={part[figure]} />
      </RowsLink>
    ),
  });
  const money = (figure: 'cost' | 'deposited' | 'ggr' | 'ngr'): Column<Part> => ({
    id: figure,
    header: told(`${figure}.name`),
    align: 'end',
    cell: (part) => (
      <Money
        amount={(part.money.find((sums) => sums.currency === currency) ?? { [figure]: 0 })[figure]}
        currency={currency}
      />
    ),
  });
  const columns: Column<Part>[] = [
    { id: 'part', header: t(`by.${by}`), cell: (part) => <PartName by={by} of={part} /> },
    count('tries'),
    count('accepted'),
    { ...count('refused'), hidden: true },
    {
      id: 'rate',
      header: told('acceptanceRate.name'),
      align: 'end',
      cell: (part) => <Percent of={part.acceptanceRate} />,
    },
    count('grants'),
    { ...count('conversions'), hidden: true },
    money('cost'),
    money('deposited'),
    money('ggr'),
    { ...money('ngr'), hidden: true },
  ];
  return (
    <Panel
      title={t('by.title')}
      hint={t('by.hint', { currency })}
      padded={false}
      actions={
        <Select
          aria-label={t('by.label')}
          size="sm"
          w={180}
          value={by}
          allowDeselect={false}
          onChange={(chosen) => setFilters({ by: chosen ?? undefined })}
          data={DIMENSIONS.map((value) => ({ value, label: t(`by.${value}`) }))}
        />
      }
    >
      <DataTable
        key={by}
        label={t('by.title')}
        columns={columns}
        list={listOf(parts)}
        rowKey={({ kind, value }) => `${kind} ${value}`}
        empty={<Empty icon={IconChartBar} title={t('by.none')} hint={t('by.noneHint')} />}
      />
    </Panel>
  );
}
