import { Group, Stack } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { numberFormat } from '../../texts/index.ts';
import { Count } from '../values.tsx';
import { Chart } from './chart.tsx';
import classes from './charts.module.css';

export interface Part {
  readonly key: string;
  readonly name: string;
  readonly count: number;
  readonly tone: 'good' | 'main' | 'quiet' | 'warn' | 'hold' | 'bad';
}

interface Props {
  readonly title: string;
  readonly definition?: string;
  readonly hint?: ReactNode;
  readonly parts: readonly Part[];
}

/** How a whole is distributed over its parts. */
export function Parts({ parts, ...chart }: Props) {
  const { t } = useTranslation();
  const whole = parts.reduce((sum, { count }) => sum + count, 0);
  const format = numberFormat({ style: 'percent', maximumFractionDigits: 1 });
  const shareOf = (count: number) => (whole === 0 ? '—' : format.format(count / whole));
  return (
    <Chart
      {...chart}
      table={{
        head: ['', t('charts.count'), t('charts.share')],
        rows: parts.map(({ key, name, count }) => ({
          key,
          cells: [name, <Count key="c" of={count} />, shareOf(count)],
        })),
      }}
    >
      <Stack gap="xs">
        <div className={classes.parts}>
          {parts.map(
            ({ key, count, tone }) =>
              count > 0 && (
                <div
                  key={key}
                  className={`${classes.part} ${classes[`tone-${tone}`]}`}
                  style={{ flexGrow: count }}
                />
              ),
          )}
        </div>
        <Group gap="md" fz="xs">
          {parts.map(({ key, name, count, tone }) => (
            <span key={key}>
              <span className={`${classes.key} ${classes[`tone-${tone}`]}`} />
              {name} <Count of={count} /> · {shareOf(count)}
            </span>
          ))}
        </Group>
      </Stack>
    </Chart>
  );
}
