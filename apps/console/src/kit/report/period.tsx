import { Group, SegmentedControl } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMember } from '../../session/index.ts';
import { daysBefore, today } from '../days.ts';
import { type Days, FilterDays } from '../filter-days.tsx';

const LENGTHS = ['7', '30', '90'] as const;
const USUAL = '30';

interface Props extends Days {
  readonly onChange: (days: Days) => void;
}

/** The days that a report is of: the last week, month or quarter, or from one day to another. */
export function PeriodPicker({ from, to, onChange }: Props) {
  const { t } = useTranslation();
  const { brand } = useMember();
  const last = today(brand.timeZone);
  const chosen =
    from === undefined && to === undefined
      ? USUAL
      : (LENGTHS.find((length) => from === daysBefore(last, Number(length) - 1) && (to ?? last) === last) ??
        '');
  return (
    <Group gap="xs">
      <SegmentedControl
        size="sm"
        aria-label={t('report.period')}
        value={chosen}
        onChange={(length) =>
          onChange(
            length === USUAL
              ? { from: undefined, to: undefined }
              : { from: daysBefore(last, Number(length) - 1), to: last },
          )
        }
        data={LENGTHS.map((length) => ({
          value: length,
          label: t('report.lastDays', { count: Number(length) }),
        }))}
      />
      <FilterDays
        {...(chosen === '' ? { from, to } : {})}
        unset={t('report.otherDays')}
        onChange={(days) => onChange({ from, to, ...days })}
      />
    </Group>
  );
}
