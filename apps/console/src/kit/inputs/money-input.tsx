import { useCurrencyOf } from '../../session/index.ts';
import { DecimalInput, type DecimalInputProps } from './decimal-input.tsx';

/** Money, typed in decimals of its currency; the value is in minor units. */
export function MoneyInput({ currency, ...input }: DecimalInputProps & { currency: string }) {
  const { exponent } = useCurrencyOf()(currency);
  return <DecimalInput {...input} exponent={exponent} unit={currency} padded />;
}

/** A share, typed in per cent; the value is in basis points. */
export const PercentInput = (input: DecimalInputProps) => <DecimalInput {...input} exponent={2} unit="%" />;

/** A multiple such as 35×; the value is hundredths: 3500. */
export const TimesInput = (input: DecimalInputProps) => <DecimalInput {...input} exponent={2} unit="×" />;
