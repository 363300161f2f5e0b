/** What stands between the thousands and before the decimals, in the language of the reader. */
export interface Separators {
  readonly thousandSeparator: string;
  readonly decimalSeparator: string;
}

const THOUSANDS = /\B(?=(\d{3})+$)/g;

/** @param plain `1234.50`. @returns it as people read it: `1,234.50`, `1.234,50`. */
export function groupedDecimal(plain: string, { thousandSeparator, decimalSeparator }: Separators): string {
  const [whole = '', fraction] = plain.split('.');
  const grouped = whole.replace(THOUSANDS, thousandSeparator);
  return fraction === undefined ? grouped : `${grouped}${decimalSeparator}${fraction}`;
}

/**
 * What somebody typed, as a plain decimal: `1234.50`. Thousands may be apart as the reader's language has them; what is
 * no such group is a decimal point, whichever it is: nobody has to know which one is meant here.
 */
export function plainDecimal(typed: string, { thousandSeparator, decimalSeparator }: Separators): string {
  const text = typed.trim().replaceAll(/\s/g, '');
  const groups = new RegExp(
    `^\\d{1,3}(${literal(thousandSeparator)}\\d{3})+(${literal(decimalSeparator)}\\d*)?$`,
  );
  const joined = groups.test(text) ? text.replaceAll(thousandSeparator, '') : text;
  return joined.replace(',', '.');
}

/** White space between thousands was taken out before. */
const literal = (separator: string): string => separator.trim().replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
