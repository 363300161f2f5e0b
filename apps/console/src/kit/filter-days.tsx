import { Group, Text, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMember } from '../session/index.ts';
import { dayEnd, dayStart } from './days.ts';

export interface Days {
  /** `YYYY-MM-DD`, of the calendar of the brand. */
  from?: string | undefined;
  /** The last day, which is part of it. */
  to?: string | undefined;
}

interface Props extends Days {
  readonly onChange: (days: Days) => void;
}

/** From one day to another, or open on either side. */
export function FilterDays({ from, to, onChange }: Props) {
  const { t } = useTranslation();
  const { brand } = useMember();
  return (
    <Group gap={6} wrap="nowrap">
      <TextInput
        type="date"
        size="sm"
        flex={1}
        miw={132}
        aria-label={t('days.from', { zone: brand.timeZone })}
        value={from ?? ''}
        max={to}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined })}
      />
      <Text span c="dimmed" aria-hidden>
        –
      </Text>
      <TextInput
        type="date"
        size="sm"
        flex={1}
        miw={132}
        aria-label={t('days.to', { zone: brand.timeZone })}
        value={to ?? ''}
        min={from}
        onChange={(event) => onChange({ to: event.currentTarget.value || undefined })}
      />
    </Group>
  );
}

/** The span of those days by the brand's clock, as lists are asked for: the end is no part of it. */
export function useSpan({ from, to }: Days): { from?: string; to?: string } {
  const { brand } = useMember();
  const start = from === undefined ? undefined : dayStart(from, brand.timeZone);
  const end = to === undefined ? undefined : dayEnd(to, brand.timeZone);
  return { ...(start === undefined ? {} : { from: start }), ...(end === undefined ? {} : { to: end }) };
}
