import { useTranslation } from 'react-i18next';
import { Funnel } from '../../../kit/charts/index.ts';
import { Count } from '../../../kit/index.ts';
import type { Report } from './figures.ts';
import { RowsLink } from './rows-link.tsx';

/** Steps of the funnel, and the figure that each of them is. */
const STEPS = [
  ['distributed', 'distributed'],
  ['shown', 'shown'],
  ['tried', 'tries'],
  ['accepted', 'accepted'],
  ['granted', 'grants'],
  ['wagered', 'wagered'],
  ['converted', 'conversions'],
] as const;

/** How far it came. What is not known of a step is left out. */
export function FunnelOf({ funnel }: { funnel: Report['funnel'] }) {
  const { t } = useTranslation('analytics');
  const { t: told } = useTranslation('figures');
  const steps = STEPS.flatMap(([step, figure]) => {
    const count = funnel[step];
    if (count === null) return [];
    const link = (
      <RowsLink key={step} figure={figure}>
        <Count of={count} />
      </RowsLink>
    );
    return [{ key: step, name: told(`${figure}.name`), count, link }];
  });
  return <Funnel title={t('report.funnel')} definition={t('report.funnelHint')} steps={steps} />;
}
