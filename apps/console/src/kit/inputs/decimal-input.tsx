import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { formatAmount, parseAmount } from '@promosmith/core/money';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { separators } from '../../texts/index.ts';
import { groupedDecimal, plainDecimal } from './decimal-text.ts';

export interface DecimalInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue'> {
  /** A whole number of the smallest unit; undefined while there is none. */
  readonly value: number | null | undefined;
  /** Told at every keystroke: undefined while what is typed is no amount. */
  readonly onChange: (value: number | undefined) => void;
}

interface Props extends DecimalInputProps {
  /** Decimals of the unit: `1.25` with 2 is 125. */
  readonly exponent: number;
  /** Said beside the number. */
  readonly unit: string;
  /** Whether `5` is written `5.00`. */
  readonly padded?: boolean;
}

/**
 * A decimal that is stored as a whole number, exact at any number of decimals. It is written as the reader's language
 * does, thousands apart, and read with any decimal point.
 */
export function DecimalInput({
  exponent,
  unit,
  padded = false,
  value,
  onChange,
  error,
  onBlur,
  ...input
}: Props) {
  const { t } = useTranslation();
  const read = (text: string) => parseAmount(plainDecimal(text, separators()), { code: unit, exponent });
  const write = (amount: number | null | undefined): string => {
    if (amount === null || amount === undefined) return '';
    const text = formatAmount(amount, { code: unit, exponent });
    const shortest = padded || !text.includes('.') ? text : text.replace(/\.?0+$/, '');
    return groupedDecimal(shortest, separators());
  };
  const [text, setText] = useState(() => write(value));
  const parsed = read(text);
  const shown = parsed.ok ? parsed.value : undefined;
  // Only what comes from elsewhere rewrites what is being typed.
  // biome-ignore lint/correctness/useExhaustiveDependencies: a keystroke is not a change from elsewhere
  useEffect(() => {
    if (shown !== (value ?? undefined)) setText(write(value));
  }, [value, exponent]);
  const fault = text.trim() !== '' && !parsed.ok ? t('amount.wrong', { unit, exponent }) : '';
  const field = useRef<HTMLInputElement>(null);
  // No form is sent with an amount that is none, as if the field were empty.
  useEffect(() => field.current?.setCustomValidity(fault), [fault]);
  return (
    <TextInput
      ref={field}
      inputMode="decimal"
      autoComplete="off"
      rightSection={
        <Text fz="xs" c="dimmed" aria-hidden>
          {unit}
        </Text>
      }
      rightSectionWidth={unit.length * 8 + 20}
      {...input}
      value={text}
      error={fault || error}
      onBlur={(event) => {
        if (parsed.ok) setText(write(parsed.value));
        onBlur?.(event);
      }}
      onChange={(event) => {
        const typed = event.currentTarget.value;
        setText(typed);
        const amount = read(typed);
        onChange(amount.ok ? amount.value : undefined);
      }}
    />
  );
}
