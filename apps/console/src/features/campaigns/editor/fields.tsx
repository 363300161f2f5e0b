import { MultiSelect, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DurationInput, PercentInput, TimesInput } from '../../../kit/index.ts';
import { type FieldProps, told, useField } from './use-field.ts';

/** Inputs of the form by the path of what they edit; their words are those of the terms. */

export function TextField({ path, required = false }: FieldProps) {
  const field = useField(path);
  return (
    <TextInput {...told(field)} withAsterisk={required} {...field.input} value={field.input.value ?? ''} />
  );
}

/** A text that is left out when it is empty. */
export function OptionalText({ path, empty }: { path: string; empty: null | undefined }) {
  const field = useField(path);
  return (
    <TextInput
      {...told(field)}
      error={field.input.error}
      value={field.input.value ?? ''}
      onChange={(event) => field.set(event.currentTarget.value || empty)}
    />
  );
}

export function NumberField({
  path,
  required = false,
  ...range
}: FieldProps & { min?: number; max?: number }) {
  const field = useField(path);
  return (
    <NumberInput
      {...told(field)}
      {...range}
      withAsterisk={required}
      allowDecimal={false}
      error={field.input.error}
      value={field.input.value ?? ''}
      onChange={(value) => field.set(value === '' ? undefined : value)}
    />
  );
}

export function PercentField({ path, required = false }: FieldProps) {
  const field = useField(path);
  return (
    <PercentInput
      {...told(field)}
      withAsterisk={required}
      error={field.input.error}
      value={field.input.value}
      onChange={field.set}
    />
  );
}

export function TimesField({ path, required = false }: FieldProps) {
  const field = useField(path);
  return (
    <TimesInput
      {...told(field)}
      withAsterisk={required}
      error={field.input.error}
      value={field.input.value}
      onChange={field.set}
    />
  );
}

export function DurationField({ path }: FieldProps) {
  const field = useField(path);
  return (
    <DurationInput
      {...told(field)}
      error={field.input.error}
      value={field.input.value}
      onChange={field.set}
    />
  );
}

export function SwitchField({ path }: FieldProps) {
  const field = useField(path);
  return (
    <Switch
      {...told(field)}
      checked={field.input.value === true}
      onChange={(event) => field.set(event.currentTarget.checked)}
    />
  );
}

interface ChoiceProps extends FieldProps {
  readonly of: readonly string[];
  /** What is stored when nothing is chosen; without it, something always is. */
  readonly none?: null | undefined;
  readonly mayBeNone?: boolean;
}

/** One of a few words of the terms. */
export function ChoiceField({ path, of, none, mayBeNone = false }: ChoiceProps) {
  const field = useField(path);
  const { t } = useTranslation('campaigns');
  const last = field.name.slice(field.name.lastIndexOf('.') + 1);
  return (
    <Select
      {...told(field)}
      data={of.map((value) => ({ value, label: field.t(`words.${last}.${value}`) }))}
      error={field.input.error}
      value={field.input.value ?? null}
      clearable={mayBeNone}
      allowDeselect={mayBeNone}
      placeholder={mayBeNone ? t('editor.any') : undefined}
      onChange={(value) => field.set(value ?? none)}
    />
  );
}

/** Some of what there is, each by its own name. */
export function SomeOfField({ path, of }: FieldProps & { of: readonly { value: string; label: string }[] }) {
  const field = useField(path);
  return (
    <MultiSelect
      {...told(field)}
      data={[...of]}
      searchable
      clearable
      error={field.input.error}
      value={field.input.value ?? []}
      onChange={field.set}
    />
  );
}

/** Some words, left out when there are none unless they have to be there. */
export function TagsField({ path, required = false, data }: FieldProps & { data?: readonly string[] }) {
  const field = useField(path);
  const { t } = useTranslation('campaigns');
  return (
    <TagsInput
      {...told(field)}
      withAsterisk={required}
      data={[...(data ?? [])]}
      placeholder={t('editor.addTag')}
      error={field.input.error}
      value={field.input.value ?? []}
      acceptValueOnBlur
      onChange={(value) => field.set(value.length === 0 && !required ? undefined : value)}
    />
  );
}
