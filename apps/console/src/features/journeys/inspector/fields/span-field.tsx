import { Checkbox, Stack, Text } from '@mantine/core';
import { DurationInput } from '../../../../kit/index.ts';

interface Props {
  readonly label: string;
  readonly description?: string;
  readonly error?: string | undefined;
  /** Milliseconds. */
  readonly value: number;
  readonly onChange: (ms: number) => void;
}

/** A length of time; left empty it stays as it was. */
export const SpanField = ({ label, description, error, value, onChange }: Props) => (
  <DurationInput
    label={label}
    {...(description === undefined ? {} : { description })}
    error={error}
    value={value / 1_000}
    onChange={(seconds) => seconds !== undefined && onChange(Math.round(seconds * 1_000))}
  />
);

interface OptionalProps extends Omit<Props, 'value' | 'onChange'> {
  /** What it says when there is none. */
  readonly none: string;
  /** What it begins with when there is to be one. */
  readonly otherwise: number;
  readonly value: number | null;
  readonly onChange: (ms: number | null) => void;
}

/** A length of time that may be left out. */
export const OptionalSpanField = ({ none, otherwise, value, onChange, ...props }: OptionalProps) => (
  <Stack gap={6}>
    {value === null ? (
      <Text fz="sm" fw={500}>
        {props.label}
      </Text>
    ) : (
      <SpanField {...props} value={value} onChange={onChange} />
    )}
    <Checkbox
      size="xs"
      label={none}
      checked={value === null}
      onChange={(event) => onChange(event.currentTarget.checked ? null : otherwise)}
    />
  </Stack>
);
