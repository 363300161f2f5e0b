import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/index.ts';
import { numberFormat } from '../../texts/index.ts';
import { type Told, useMeasure } from './use-measure.ts';

export type Uplift = Answer<'getJourneyUplift'>['uplift'];

/** The verdict on a treatment, as one would say it. */
export function useVerdict(told: Told): (uplift: Uplift) => string {
  const { t } = useTranslation('uplift');
  const { isShare, write, writeTotal } = useMeasure(told);
  const percent = numberFormat({ style: 'percent', maximumFractionDigits: 1 });
  return ({ verdict, total, perPlayer, roiBps }) => {
    // Shares of players are told by player: of all together they are players, which says less.
    const bounds = isShare ? perPlayer : total;
    const say = isShare ? write : writeTotal;
    if (bounds === null) return t(`verdicts.${verdict}`);
    const { estimate, low, high } = bounds;
    const between = { low: say(low), high: say(high) };
    if (verdict !== 'more' && verdict !== 'less')
      return `${t(`verdicts.${verdict}`)} ${t('verdicts.between', between)}`;
    const found = t(`verdicts.${verdict}By`, { by: say(Math.abs(estimate)), ...between });
    return roiBps === null
      ? found
      : `${found} ${t('verdicts.roi', { roi: percent.format(roiBps / 10_000) })}`;
  };
}
