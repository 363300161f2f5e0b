import { useTranslation } from 'react-i18next';
import { numberFormat } from '../../texts/index.ts';

/** Tries in ten minutes on the average of the day before; of a new code nobody knows yet. */
export function Usual({ of }: { of: number | null }) {
  const { t } = useTranslation('codewatch');
  if (of === null) return t('unknownYet');
  return <span style={{ fontVariantNumeric: 'tabular-nums' }}>{usualText(of)}</span>;
}

export const usualText = (tries: number): string =>
  numberFormat({ maximumFractionDigits: tries < 10 ? 1 : 0 }).format(tries);
