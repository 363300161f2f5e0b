import { Input } from '@mantine/core';
import { MoneyInput } from '../../../kit/index.ts';
import classes from './editor.module.css';
import { useOfferCurrencies } from './offer-currencies.ts';
import { type FieldProps, told, useField } from './use-field.ts';

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
      <div className={classes.amounts}>
        {codes.map((code) => (
          <MoneyInput
            key={code}
            aria-label={`${field.label}, ${code}`}
            currency={code}
            value={amounts[code]}
            error={errorOf(code)}
            onChange={(amount) => set(code, amount)}
          />
        ))}
      </div>
    </Input.Wrapper>
  );
}
