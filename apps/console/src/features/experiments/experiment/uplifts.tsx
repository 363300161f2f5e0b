import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../../api/index.ts';
import { Intervals } from '../../../kit/charts/index.ts';
import { useMeasure, Verdict } from '../../../kit/uplift/index.ts';

/** What each arm changed against the baseline: in words first, and drawn with how sure it is. */
export function Uplifts({ of: results }: { of: Answer<'getExperimentResults'> }) {
  const { t } = useTranslation('experiments');
  const { write } = useMeasure(results);
  const arms = results.arms.flatMap(({ key, name, uplift }) => (uplift ? [{ key, name, uplift }] : []));
  const intervals = arms.flatMap(({ key, name, uplift: { perPlayer } }) =>
    perPlayer ? [{ key, name, ...perPlayer }] : [],
  );
  const baseline = results.arms.find(({ key }) => key === results.baseline)?.name ?? results.baseline;
  return (
    <Stack gap="sm">
      {arms.map(({ key, name, uplift }) => (
        <Verdict key={key} title={name} told={results} uplift={uplift} />
      ))}
      {intervals.length > 0 && (
        <Intervals
          title={t('uplift.title', { metric: t(`metrics.${results.metric}`) })}
          hint={t('uplift.hint', { baseline })}
          definition={t(`uplift.means.${results.method}`)}
          intervals={intervals}
          show={write}
        />
      )}
    </Stack>
  );
}
