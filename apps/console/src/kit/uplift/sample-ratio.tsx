import { Alert } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Answer } from '../../api/index.ts';
import { numberFormat } from '../../texts/index.ts';

/** Warns of groups that chance would hardly make: what they say of a treatment cannot be trusted. */
export function SampleRatio({ of: ratio }: { of: Answer<'getJourneyUplift'>['sampleRatio'] }) {
  const { t } = useTranslation('uplift');
  if (!ratio?.isSuspicious) return null;
  return (
    <Alert color="red" icon={<IconAlertTriangle size={18} />} title={t('ratio.title')}>
      {t('ratio.means', { chance: numberFormat({ maximumSignificantDigits: 2 }).format(ratio.chance) })}
    </Alert>
  );
}
