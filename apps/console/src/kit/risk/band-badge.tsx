import { Badge } from '@mantine/core';
import type { Band } from '@promosmith/core/risk';
import { useTranslation } from 'react-i18next';

const COLOURS: Readonly<Record<Band, string>> = {
  allow: 'green',
  flag: 'yellow',
  hold: 'orange',
  decline: 'red',
};

/** What a score led to, with the score when it is known. */
export function BandBadge({ band, score }: { band: Band; score?: number | null }) {
  const { t } = useTranslation('fraud');
  return (
    <Badge variant="light" color={COLOURS[band]} style={{ flexShrink: 0, minWidth: 'max-content' }}>
      {score === undefined || score === null ? '' : `${score} · `}
      {t(`bands.${band}`)}
    </Badge>
  );
}
