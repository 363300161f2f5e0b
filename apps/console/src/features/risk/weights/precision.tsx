import { SimpleGrid, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';
import { daysBefore, today } from '../../../kit/days.ts';
import {
  type Column,
  Count,
  DataTable,
  Empty,
  FilterBar,
  FilterDays,
  Loaded,
  listOf,
  Percent,
  useSpan,
} from '../../../kit/index.ts';
import { Figure } from '../../../kit/report/index.ts';
import { useFilters } from '../../../routing/index.ts';
import { useMember } from '../../../session/index.ts';

type Told = Answer<'getRiskPrecision'>;
type Row = Told['indicators'][number];

const DAYS = 29;

/** How often what an indicator had a part in was abuse, by what people decided. */
export function Precision() {
  const { timeZone } = useMember().brand;
  const { filters, setFilters } = useFilters<'from' | 'to'>();
  const last = today(timeZone);
  const days = { from: filters.from ?? daysBefore(last, DAYS), to: filters.to ?? last };
  const { from = '', to = '' } = useSpan(days);
  const precision = useRead('getRiskPrecision', { query: { from, to } });
  return (
    <Stack>
      <FilterBar isFiltered={false} onClear={() => setFilters({ from: undefined, to: undefined })}>
        <FilterDays
          {...days}
          onChange={(chosen) => setFilters({ from: chosen.from, to: chosen.to } as typeof filters)}
        />
      </FilterBar>
      <Loaded of={precision}>{(told) => <Shown of={told} />}</Loaded>
    </Stack>
  );
}

function Shown({ of: told }: { of: Told }) {
  const { t } = useTranslation(['risk', 'fraud']);
  const columns: Column<Row>[] = [
    {
      id: 'indicator',
      header: t('precision.indicator'),
      cell: ({ indicator }) => t(`indicators.${indicator}`, { ns: 'fraud', defaultValue: indicator }),
    },
    {
      id: 'decided',
      header: t('precision.decided'),
      align: 'end',
      cell: ({ decided }) => <Count of={decided} />,
    },
    {
      id: 'upheld',
      header: t('precision.upheld'),
      align: 'end',
      cell: ({ upheld }) => <Count of={upheld} />,
    },
    {
      id: 'precision',
      header: t('precision.share'),
      align: 'end',
      cell: ({ precisionBp }) => <Percent of={precisionBp} />,
    },
    {
      id: 'overturned',
      header: t('precision.overturned'),
      align: 'end',
      cell: ({ overturnedOnReview }) => <Count of={overturnedOnReview} />,
    },
  ];
  return (
    <Stack>
      <SimpleGrid cols={{ base: 2, sm: 3 }} spacing="sm">
        <Figure name={t('precision.cases')} now={told.decided} />
        <Figure name={t('precision.upheld')} now={told.upheld} />
        <Figure
          name={t('precision.share')}
          now={told.decided === 0 ? null : Math.round((told.upheld / told.decided) * 10_000)}
          isShare
        />
      </SimpleGrid>
      <DataTable
        label={t('tabs.precision')}
        columns={columns}
        list={listOf({ data: { items: told.indicators }, error: null, isPending: false, refetch() {} })}
        rowKey={({ indicator }) => indicator}
        empty={<Empty title={t('precision.none')} hint={t('precision.noneHint')} />}
      />
    </Stack>
  );
}
