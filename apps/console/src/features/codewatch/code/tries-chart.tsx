import '@mantine/charts/styles.css';
import { BarChart } from '@mantine/charts';
import { VisuallyHidden } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { dateFormat, numberFormat } from '../../../texts/index.ts';
import { usualText } from '../usual.tsx';
import type { WatchedDetail } from '../watched.ts';
import { slotsOf } from './slots.ts';

interface Props {
  readonly of: WatchedDetail;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** Tries of the last 24 hours against what is usual. The same stands in a table for whoever does not see the picture. */
export function TriesChart({ of, now }: Props) {
  const { t } = useTranslation('codewatch');
  const slots = slotsOf(of, now);
  const time = dateFormat({ hour: '2-digit', minute: '2-digit' });
  const { baseline } = of;
  return (
    <>
      <div aria-hidden>
        <BarChart
          h={260}
          data={slots.map(({ at, ...tries }) => ({ at: time.format(at), ...tries }))}
          dataKey="at"
          type="stacked"
          tickLine="none"
          gridAxis="x"
          withLegend
          legendProps={{ verticalAlign: 'bottom' }}
          xAxisProps={{ interval: 23 }}
          barChartProps={{ accessibilityLayer: false, barCategoryGap: 1 }}
          barProps={{ isAnimationActive: false }}
          valueFormatter={(value) => numberFormat().format(value)}
          series={[
            { name: 'accepted', label: t('chart.accepted'), color: 'iris.5' },
            { name: 'refused', label: t('chart.refused'), color: 'gray.5' },
          ]}
          {...(baseline === null
            ? {}
            : {
                referenceLines: [
                  {
                    y: baseline,
                    label: t('chart.usual', { tries: usualText(baseline) }),
                    color: 'orange.6',
                    labelPosition: 'insideTopLeft',
                  },
                ],
              })}
        />
      </div>
      <VisuallyHidden>
        <table>
          <caption>{t('chart.caption')}</caption>
          <thead>
            <tr>
              <th>{t('chart.from')}</th>
              <th>{t('chart.accepted')}</th>
              <th>{t('chart.refused')}</th>
            </tr>
          </thead>
          <tbody>
            {slots
              .filter(({ accepted, refused }) => accepted + refused > 0)
              .map(({ at, accepted, refused }) => (
                <tr key={at}>
                  <td>{time.format(at)}</td>
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
