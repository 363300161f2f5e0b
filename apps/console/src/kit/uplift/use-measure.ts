import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/index.ts';
import { numberFormat } from '../../texts/index.ts';
import { useMoneyText } from '../values.tsx';

/** What is told of: by which value, in which money. */
export type Told = Pick<Answer<'getExperimentResults'>, 'metric' | 'currency'>;

/** Writes values of what an experiment is decided by: money, or a share of the players. */
export function useMeasure({ metric, currency }: Told) {
  const { t } = useTranslation('uplift');
  const money = useMoneyText();
  const isShare = metric === 'depositors' || metric === 'active';
  return {
    isShare,
    /** Of one player, or a difference of one: shares move by points. */
    write: (value: number): string =>
      isShare
        ? t('points', { points: numberFormat({ maximumFractionDigits: 2 }).format(value * 100) })
        : money(Math.round(value), currency),
    /** Of all players together. */
    writeTotal: (value: number): string =>
      isShare ? t('playersMore', { count: Math.round(value) }) : money(Math.round(value), currency),
  };
}
