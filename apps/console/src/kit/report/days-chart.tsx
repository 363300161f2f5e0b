import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dateFormat, numberFormat } from '../../texts/index.ts';

/** What stands behind the main colour, on white and on black. */
const QUIET = 'light-dark(var(--mantine-color-gray-5), var(--mantine-color-dark-3))';

interface OneDay {
  /** `YYYY-MM-DD`, by the brand's clock. */
  readonly day: string;
  readonly accepted: number;
  readonly refused: number;
}

/** Codes taken and refused, day by day. The same stands in a table for whoever does not see the picture. */
export function DaysChart({ days }: { days: readonly OneDay[] }) {
  const { t } = useTranslation();
  const format = dateFormat({ day: 'numeric', month: 'short', timeZone: 'UTC' });
  const data = days.map(({ day, accepted, refused }) => ({
    day: format.format(new Date(`${day}T00:00:00Z`)),
    accepted,
    refused,
  }));
  return (
    <>
      <div aria-hidden>
        <BarChart
          h={280}
          data={data}
          dataKey="day"
          type="stacked"
          tickLine="none"
          gridAxis="x"
          withLegend
          legendProps={{ verticalAlign: 'bottom' }}
          barChartProps={{ accessibilityLayer: false }}
          barProps={{ isAnimationActive: false, maxBarSize: 28 }}
          valueFormatter={(value) => numberFormat().format(value)}
          series={[
            { name: 'accepted', label: t('report.accepted'), color: 'iris.5' },
            { name: 'refused', label: t('report.refused'), color: QUIET },
          ]}
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>{t('report.days')}</caption>
          <thead>
            <tr>
              <th>{t('report.day')}</th>
              <th>{t('report.accepted')}</th>
              <th>{t('report.refused')}</th>
            </tr>
          </thead>
          <tbody>
            {data.map(({ day, accepted, refused }) => (
              <tr key={day}>
                <td>{day}</td>
                <td>{accepted}</td>
                <td>{refused}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </VisuallyHidden>
    </>
  );
}
