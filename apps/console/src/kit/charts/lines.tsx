import '@mantine/charts/styles.css';
import { LineChart } from '@mantine/charts';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { dateFormat, numberFormat } from '../../texts/index.ts';
import { Chart } from './chart.tsx';

export interface OneLine {
  readonly name: string;
  /** Dashed: what is only compared with. */
  readonly isCompared?: boolean;
  /** A number for each of the days, null where there is none. */
  readonly values: readonly (number | null)[];
}

interface Props {
  readonly title: string;
  readonly definition?: string;
  readonly hint?: ReactNode;
  /** `YYYY-MM-DD`, by the brand's clock. */
  readonly days: readonly string[];
  readonly lines: readonly OneLine[];
  /** Writes a number; as a count when left out. */
  readonly show?: (value: number) => string;
  /** What a number is divided by beside the axis, where there is no room for all of it: minor units of a unit. */
  readonly unit?: number;
}

const COLOURS = [
  'iris.5',
  'light-dark(var(--mantine-color-orange-7), var(--mantine-color-orange-4))',
  'light-dark(var(--mantine-color-teal-8), var(--mantine-color-teal-4))',
];

/** Numbers day by day. */
export function Lines({ days, lines, show, unit = 1, ...chart }: Props) {
  const { t } = useTranslation();
  const format = dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const write = show ?? ((value: number) => numberFormat().format(value));
  const short = numberFormat({ notation: 'compact', maximumFractionDigits: 1 });
  const named = days.map((day) => format.format(new Date(`${day}T00:00:00Z`)));
  const numberOf = (line: OneLine, index: number) => line.values[index] ?? null;
  return (
    <Chart
      {...chart}
      isTall
      table={{
        head: [t('report.day'), ...lines.map(({ name }) => name)],
        rows: named.map((day, index) => ({
          key: days[index] ?? day,
          cells: [
            day,
            ...lines.map((line) => {
              const value = numberOf(line, index);
              return value === null ? '—' : write(value);
            }),
          ],
        })),
      }}
    >
      <LineChart
        h={280}
        data={named.map((day, index) => ({
          day,
          ...Object.fromEntries(lines.map((line) => [line.name, numberOf(line, index)])),
        }))}
        dataKey="day"
        curveType="linear"
        withDots={days.length < 3}
        tickLine="none"
        gridAxis="x"
        withLegend={lines.length > 1}
        legendProps={{ verticalAlign: 'bottom' }}
        lineChartProps={{ accessibilityLayer: false }}
        lineProps={{ isAnimationActive: false, strokeWidth: 2 }}
        valueFormatter={write}
        yAxisProps={{ width: 54, tickFormatter: (value: number) => short.format(value / unit) }}
        series={lines.map(({ name, isCompared }, index) => ({
          name,
          color: COLOURS[index % COLOURS.length] ?? 'iris.5',
          ...(isCompared && { strokeDasharray: '5 5' }),
        }))}
      />
    </Chart>
  );
}
