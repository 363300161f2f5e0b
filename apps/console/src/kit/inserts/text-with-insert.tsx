import { Group, Stack, Text, Textarea, TextInput } from '@mantine/core';
import { useId, useRef } from 'react';
import { type InsertGroup, InsertMenu } from './insert-menu.tsx';

interface Props {
  readonly label: string;
  readonly description?: string | undefined;
  readonly placeholder?: string;
  readonly error?: string | undefined;
  readonly value: string;
  readonly onChange: (text: string) => void;
  readonly groups: readonly InsertGroup[];
  readonly insertLabel: string;
  /** As it is put in: `{{ event.code }}`. As it is called when left out. */
  readonly written?: (name: string) => string;
  readonly rows?: number;
  readonly required?: boolean;
  /** What people will read, rather than machines. */
  readonly isProse?: boolean;
  /** The language of the text. */
  readonly locale?: string;
  readonly disabled?: boolean;
}

/** Text with values in it, and a menu of what can be named in it. One row is one line; more of them grow. */
export function TextWithInsert(props: Props) {
  const { label, description, placeholder, error, value, onChange, groups, insertLabel, required } = props;
  const { isProse = false, locale, disabled } = props;
  const { written = (name: string) => name, rows = 1 } = props;
  const id = useId();
  const area = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const insert = (name: string) => {
    const text = written(name);
    const { selectionStart: start, selectionEnd: end } = area.current ?? {};
    const from = start ?? value.length;
    onChange(`${value.slice(0, from)}${text}${value.slice(end ?? from)}`);
    requestAnimationFrame(() => {
      area.current?.focus();
      area.current?.setSelectionRange(from + text.length, from + text.length);
    });
  };
  const input = {
    id,
    ref: area,
    value,
    error,
    placeholder,
    'aria-required': required,
    disabled,
    ...(locale === undefined ? {} : { lang: locale, dir: 'auto' }),
    styles: isProse ? {} : { input: { fontFamily: 'var(--mantine-font-family-monospace)', fontSize: 12.5 } },
    spellCheck: isProse,
    autoComplete: 'off',
    onChange: (event: { currentTarget: { value: string } }) => onChange(event.currentTarget.value),
  };
  return (
    <Stack gap={3}>
      <Group justify="space-between" gap="xs" wrap="nowrap">
        <Text component="label" htmlFor={id} fz="sm" fw={500}>
          {label}
        </Text>
        {!disabled && <InsertMenu groups={groups} label={insertLabel} onPick={insert} />}
      </Group>
      {description !== undefined && (
        <Text fz="xs" c="dimmed">
          {description}
        </Text>
      )}
      {rows === 1 ? <TextInput {...input} /> : <Textarea {...input} autosize minRows={rows} maxRows={16} />}
    </Stack>
  );
}
