import { Button, Group, Select, TextInput } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { IconSearch, IconX } from '@tabler/icons-react';
import { type ReactNode, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const TYPING_MS = 300;

/** Filters above a list. They live in the address, so that a list can be sent to somebody. */
export function FilterBar({
  isFiltered,
  onClear,
  actions,
  children,
}: {
  isFiltered: boolean;
  onClear: () => void;
  actions?: ReactNode;
  children: ReactNode;
}) {
  const { t } = useTranslation();
  return (
    <Group mb="sm" gap="xs" role="search" aria-label={t('filters.label')}>
      {children}
      {isFiltered && (
        <Button variant="subtle" color="gray" size="sm" leftSection={<IconX size={14} />} onClick={onClear}>
          {t('filters.clear')}
        </Button>
      )}
      {actions !== undefined && (
        <Group gap="xs" ml="auto">
          {actions}
        </Group>
      )}
    </Group>
  );
}

interface FilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

/** One of a few values, or any. */
export const FilterSelect = ({
  label,
  value,
  onChange,
  options,
}: FilterProps & { options: readonly { value: string; label: string }[] }) => (
  <Select
    aria-label={label}
    placeholder={label}
    data={[...options]}
    value={value ?? null}
    onChange={(chosen) => onChange(chosen ?? undefined)}
    clearable
    searchable={options.length > 8}
    size="sm"
    w={{ base: '100%', xs: 160 }}
    comboboxProps={{ width: 'max-content', position: 'bottom-start' }}
  />
);

/** A text that is looked for once it is typed. */
export function FilterText({ label, value, onChange }: FilterProps) {
  const [text, setText] = useState(value ?? '');
  const tell = useDebouncedCallback((typed: string) => onChange(typed.trim() || undefined), TYPING_MS);
  useEffect(() => setText(value ?? ''), [value]);
  return (
    <TextInput
      aria-label={label}
      placeholder={label}
      leftSection={<IconSearch size={14} />}
      size="sm"
      w={{ base: '100%', xs: 220 }}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}
