import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/index.ts';
import { HeatMap } from '../../kit/charts/index.ts';
import { Count, Day, useMoneyText } from '../../kit/index.ts';
import { numberFormat } from '../../texts/index.ts';
import { heatsOf } from './heats.ts';

type Report = Answer<'getCohorts'>;
export type Cohorts = Report['groups'][number]['cohorts'];

/** A row for each week or month in which players came, a column for each one since. */
export function Retention({
  report: { by, measure, currency },
  cohorts,
}: {
  report: Report;
  cohorts: Cohorts;
}) {
  const { t } = useTranslation('cohorts');
  const money = useMoneyText();
  const percent = numberFormat({ style: 'percent', maximumFractionDigits: 0 });
  const heats = heatsOf(cohorts, measure);
  const longest = Math.max(...cohorts.map(({ cells }) => cells.length));
  const isMoney = measure !== 'active';
  return (
    <HeatMap
      label={t(`measure.${measure}`)}
      nameOfRows={t(`cohortOf.${by}`)}
      nameOfSizes={t('size')}
      columns={Array.from({ length: longest }, (_, period) => t(`period.${by}`, { period }))}
      rows={cohorts.map(({ start, size, cells }, row) => ({
        key: start,
        name: <Day of={start} />,
        size: <Count of={size} />,
        cells: cells.map(({ players, shareBps, amount, isOver, period }, column) => {
          const share = percent.format(shareBps / 10_000);
          const sum = amount === null ? '—' : money(amount, currency);
          return {
            heat: heats[row]?.[column] ?? 0,
            text: isMoney ? sum : share,
            title: `${t(`period.${by}`, { period })}: ${t('players', { count: players })}, ${share}${isMoney ? `, ${sum}` : ''}${isOver ? '' : ` (${t('growing')})`}`,
            isOpen: !isOver,
          };
        }),
      }))}
    />
  );
}
