import { Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Kind } from '../kinds.ts';
import { BatchPicker } from './batch-picker.tsx';
import { FunctionField } from './function-field.tsx';

interface Props {
  readonly kind: Kind;
  /** Of the label tag. */
  readonly name: string;
  readonly label: string;
  readonly value: string;
  readonly error: string | undefined;
  readonly disabled: boolean;
  readonly onChange: (value: string) => void;
}

/** A value of a label tag, as its kind is written. */
export function ValueField({ kind, name, ...field }: Props) {
  const { t } = useTranslation('labels');
  if (kind === 'function') return <FunctionField name={name} {...field} />;
  if (kind === 'code') return <BatchPicker {...field} />;
  const { onChange, ...input } = field;
  return (
    <Textarea
      {...input}
      description={t('create.textHint')}
      autosize
      maxLength={1_000}
      onChange={({ currentTarget: { value } }) => onChange(value)}
    />
  );
}
