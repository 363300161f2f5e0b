import { Fragment, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { numberFormat } from '../../texts/index.ts';
import { Count } from '../values.tsx';
import { Chart } from './chart.tsx';
import classes from './charts.module.css';

export interface FunnelStep {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  /** The number itself, where it leads to the rows behind it. */
  readonly link?: ReactNode;
}

interface Props {
  readonly title: string;
  readonly definition?: string;
  readonly hint?: ReactNode;
  readonly steps: readonly FunnelStep[];
}

/** How far it came: each step as wide as what came that far, with its share of the step before. */
export function Funnel({ steps, ...chart }: Props) {
  const { t } = useTranslation();
  const most = Math.max(1, ...steps.map(({ count }) => count));
  const format = numberFormat({ style: 'percent', maximumFractionDigits: 1 });
  const shareOf = (index: number): string => {
    const before = steps[index - 1]?.count;
    return before ? format.format((steps[index]?.count ?? 0) / before) : '';
  };
  return (
    <Chart
      {...chart}
      isTall
      table={{
        head: [t('charts.step'), t('charts.count'), t('charts.ofStepBefore')],
        rows: steps.map(({ key, name, count, link }, index) => ({
          key,
          cells: [name, link ?? <Count key="c" of={count} />, shareOf(index)],
        })),
      }}
    >
      <div className={classes.funnel}>
        {steps.map(({ key, name, count }, index) => (
          <Fragment key={key}>
            <span>{name}</span>
            <div className={classes.step} style={{ width: `${(count / most) * 100}%` }} />
            <span className={classes.share}>
              <Count of={count} />
              {index > 0 && ` · ${shareOf(index) || '—'}`}
            </span>
          </Fragment>
        ))}
      </div>
    </Chart>
  );
}
