import { Text, TextInput, type TextInputProps } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { separators } from '../../texts/index.ts';
import { plainRate, shownRate } from './rate.ts';
import { Worth } from './worth.tsx';

interface Props extends TextInputProps {
  readonly value: string;
  /** What is worth so much; null while none is chosen. */
  readonly currency: string | null;
  readonly into: string;
}

/** A rate, with the sentence that it makes: one that was turned round is seen. */
export function RateInput({ value, currency, into, ...input }: Props) {
  const { t } = useTranslation('rates');
  const rate = plainRate(value);
  return (
    <div>
      <TextInput
        label={t('rate')}
        description={t('rateHint', { example: shownRate('0.9273', separators().decimalSeparator) })}
        inputMode="decimal"
        autoComplete="off"
        maxLength={25}
        required
        {...input}
        value={value}
      />
      <Text fz="sm" c="dimmed" mt={4} mih="1.5em" aria-live="polite">
        {rate !== undefined && currency !== null && (
          <>
            1 {currency} = <Worth of={{ rate, into }} />
          </>
        )}
      </Text>
    </div>
  );
}
