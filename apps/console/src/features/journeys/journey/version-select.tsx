import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { type Answer, useRead } from '../../../api/index.ts';

const LISTED = 100;
const DRAFT = 'draft';

interface Props {
  readonly journey: Answer<'getJourney'>;
  readonly label: string;
  /** null: the draft. */
  readonly value: number | null;
  readonly onChange: (version: number | null) => void;
  readonly withDraft?: boolean;
}

/** A version of the journey, the latest first. */
export function VersionSelect({ journey, label, value, onChange, withDraft = false }: Props) {
  const { t } = useTranslation('journeys');
  const versions = useRead(
    'listJourneyVersions',
    { params: { journeyId: journey.id }, query: { limit: LISTED } },
    { enabled: journey.version !== null },
  );
  const options = (versions.data?.items ?? []).map(({ version, note }) => ({
    value: String(version),
    label: note === null ? t('version', { version }) : `${t('version', { version })} · ${note}`,
  }));
  return (
    <Select
      aria-label={label}
      size="sm"
      w={220}
      data={withDraft ? [{ value: DRAFT, label: t('page.draft') }, ...options] : options}
      value={value === null ? DRAFT : String(value)}
      allowDeselect={false}
      onChange={(chosen) => onChange(chosen === DRAFT ? null : Number(chosen))}
    />
  );
}
