import { Group, Input, type InputWrapperProps, NumberInput, Select } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

const UNITS = { minutes: 60, hours: 3_600, days: 86_400 } as const;
type Unit = keyof typeof UNITS;

const unitOf = (seconds: number | undefined): Unit => {
  if (seconds === undefined || seconds % UNITS.days === 0) return 'days';
  return seconds % UNITS.hours === 0 ? 'hours' : 'minutes';
};

interface Props extends Pick<InputWrapperProps, 'description' | 'error' | 'required'> {
  readonly label: string;
  /** Seconds. */
  readonly value: number | undefined;
  readonly onChange: (seconds: number | undefined) => void;
}

/** A length of time in days, hours or minutes; the value is in seconds. */
export function DurationInput({ label, value, onChange, ...wrapper }: Props) {
  const { t } = useTranslation();
  const [unit, setUnit] = useState(() => unitOf(value));
  const tell = (count: number | undefined, of: Unit) =>
    onChange(count === undefined ? undefined : Math.round(count * UNITS[of]));
  return (
    <Input.Wrapper label={label} labelElement="div" {...wrapper}>
      <Group gap={6} wrap="nowrap" mt={2}>
        <NumberInput
          aria-label={label}
          min={0}
          hideControls
          flex={1}
          value={value === undefined ? '' : value / UNITS[unit]}
          onChange={(count) => tell(typeof count === 'number' ? count : undefined, unit)}
        />
        <Select
          aria-label={t('duration.unit', { of: label })}
          data={Object.keys(UNITS).map((name) => ({ value: name, label: t(`duration.${name}`) }))}
          value={unit}
          allowDeselect={false}
          w={116}
          onChange={(chosen) => {
            const next = chosen as Unit;
            if (value !== undefined) tell(value / UNITS[unit], next);
            setUnit(next);
          }}
        />
      </Group>
    </Input.Wrapper>
  );
}
