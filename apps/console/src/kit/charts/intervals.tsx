import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from './chart.tsx';
import classes from './charts.module.css';
import { placeOn, scaleOf } from './scale.ts';

export interface Interval {
  readonly key: string;
  readonly name: string;
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

interface Props {
  readonly title: string;
  readonly definition?: string;
  readonly hint?: ReactNode;
  readonly intervals: readonly Interval[];
  readonly show: (value: number) => string;
}

/** Differences with how sure they are, on one scale: what does not touch the dashed line is a difference. */
export function Intervals({ intervals, show, ...chart }: Props) {
  const { t } = useTranslation();
  const scale = scaleOf(intervals.flatMap(({ low, high }) => [low, high]));
  return (
    <Chart
      {...chart}
      table={{
        head: ['', t('charts.estimate'), t('charts.low'), t('charts.high')],
        rows: intervals.map(({ key, name, estimate, low, high }) => ({
          key,
          cells: [name, show(estimate), show(low), show(high)],
        })),
      }}
    >
      <div className={classes.intervals}>
        {intervals.map(({ key, name, estimate, low, high }) => (
          <Fragment key={key}>
            <span>{name}</span>
            <div className={classes.track}>
              <div className={classes.zero} style={{ left: `${placeOn(scale, 0)}%` }} />
              <div
                className={classes.interval}
                data-clear={low > 0 || high < 0 || undefined}
                style={{
                  left: `${placeOn(scale, low)}%`,
                  width: `${placeOn(scale, high) - placeOn(scale, low)}%`,
                }}
              />
              <div className={classes.estimate} style={{ left: `${placeOn(scale, estimate)}%` }} />
            </div>
          </Fragment>
        ))}
        <div className={classes.scale}>
          <span>{show(Math.min(0, ...intervals.map(({ low }) => low)))}</span>
          <span>{show(Math.max(0, ...intervals.map(({ high }) => high)))}</span>
        </div>
      </div>
    </Chart>
  );
}
