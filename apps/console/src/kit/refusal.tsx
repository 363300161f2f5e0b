import { useTranslation } from 'react-i18next';

/** Why a code was refused, in a few words for staff. */
export function Refusal({ of }: { of: string }) {
  const { t } = useTranslation();
  return <span>{t(`refusals.${of}`, { defaultValue: of.replaceAll('_', ' ') })}</span>;
}
