import { Button, Select, Switch, TextInput } from '@mantine/core';
import { useDebouncedCallback, useDisclosure } from '@mantine/hooks';
import { IconFilter, IconSearch, IconX } from '@tabler/icons-react';
import { Children, type ReactNode, useEffect, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './filters.module.css';

const TYPING_MS = 300;

/**
 * Filters above a list. They live in the address, so that a list can be sent to somebody. A phone shows the first one,
 * and the others when they are asked for.
 */
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
  const [opened, { toggle }] = useDisclosure();
  const id = useId();
  const [first, ...others] = Children.toArray(children);
  return (
    <search className={classes.bar} aria-label={t('filters.label')}>
      <div className={classes.first}>
        {first}
        {others.length > 0 && (
          <Button
            className={classes.opener}
            variant={isFiltered ? 'light' : 'default'}
            leftSection={<IconFilter size={15} />}
            aria-expanded={opened}
            aria-controls={id}
            onClick={toggle}
          >
            {t('filters.label')}
          </Button>
        )}
      </div>
      <div id={id} className={classes.others} data-open={opened || undefined}>
        {others}
      </div>
      {isFiltered && (
        <Button variant="subtle" color="gray" size="sm" leftSection={<IconX size={14} />} onClick={onClear}>
          {t('filters.clear')}
        </Button>
      )}
      {actions !== undefined && <div className={classes.actions}>{actions}</div>}
    </search>
  );
}

interface FilterProps {
  readonly label: string;
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}

interface SelectProps extends FilterProps {
  readonly options: readonly { value: string; label: string }[];
  /** One of them is always chosen, e.g. an order. */
  readonly isAlwaysSet?: boolean;
}

/** One of a few values, or any. */
export const FilterSelect = ({ label, value, onChange, options, isAlwaysSet = false }: SelectProps) => (
  <Select
    aria-label={label}
    placeholder={label}
    data={[...options]}
    value={value ?? null}
    onChange={(chosen) => onChange(chosen ?? undefined)}
    clearable={!isAlwaysSet}
    allowDeselect={!isAlwaysSet}
    searchable={options.length > 8}
    size="sm"
    w={{ base: '100%', xs: 148 }}
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
      w={{ base: '100%', xs: 200 }}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value);
      }}
    />
  );
}

/** What is left out unless it is asked for. */
export const FilterSwitch = ({ label, value, onChange }: FilterProps) => (
  <Switch
    size="sm"
    label={label}
    checked={value === 'true'}
    onChange={({ currentTarget: { checked } }) => onChange(checked ? 'true' : undefined)}
  />
);
