import { Group, Input, NumberInput, Select, Switch, TagsInput, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DurationInput, MoneyInput, PercentInput, TimesInput } from '../../../kit/index.ts';
import { useCampaignForm } from './form.ts';
import { useOfferCurrencies } from './offer-currencies.ts';

/** Inputs of the form by the path of what they edit; their words are those of the terms. */

interface FieldProps {
  readonly path: string;
  readonly required?: boolean;
}

const nameOf = (path: string): string => path.replace(/\.\d+(?=\.|$)/g, '');

function useField(path: string) {
  const form = useCampaignForm();
  const { t } = useTranslation('terms');
  const { t: ours } = useTranslation('campaigns');
  const name = nameOf(path);
  const hint = ours(`hints.${name}`, { defaultValue: '' });
  return {
    form,
    t,
    name,
    label: t(`fields.${name}`),
    ...(hint === '' ? {} : { description: hint }),
    input: form.getInputProps(path),
    set: (value: unknown) => form.setFieldValue(path, value as never),
  };
}

const told = ({ label, description }: { label: string; description?: string }) =>
  description === undefined ? { label } : { label, description };

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

/** An amount in each currency of the offer. */
export function AmountsField({ path, required = false, empty }: FieldProps & { empty?: null }) {
  const field = useField(path);
  const { codes } = useOfferCurrencies();
  const amounts: Readonly<Record<string, number>> = field.input.value ?? {};
  const set = (code: string, amount: number | undefined) => {
    const { [code]: _, ...others } = amounts;
    const next = amount === undefined ? others : { ...others, [code]: amount };
    field.set(Object.keys(next).length === 0 && !required ? empty : next);
  };
  const errorOf = (code: string) => field.form.errors[`${path}.${code}`];
  return (
    <Input.Wrapper
      {...told(field)}
      labelElement="div"
      withAsterisk={required}
      error={field.input.error}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
    >
      <Group gap={6} mt={2} align="flex-start">
        {codes.map((code) => (
          <MoneyInput
            key={code}
            aria-label={`${field.label}, ${code}`}
            currency={code}
            flex="1 1 130px"
            value={amounts[code]}
            error={errorOf(code)}
            onChange={(amount) => set(code, amount)}
          />
        ))}
      </Group>
    </Input.Wrapper>
  );
}
