/** The one currency of this casino. */
export const CURRENCY = 'EUR';

const format = new Intl.NumberFormat('en', { style: 'currency', currency: CURRENCY });

/** @param cents minor units. */
export const euros = (cents: number): string => format.format(cents / 100);

/** What a player typed, such as `20`, `20.5` or `20,50`. @returns minor units, or undefined when it is no amount. */
export function centsOf(text: string): number | undefined {
  const [, whole, part = ''] = /^\s*(?:€\s*)?(\d{1,7})(?:[.,](\d{1,2}))?\s*$/.exec(text) ?? [];
  return whole === undefined ? undefined : Number(whole) * 100 + Number(part.padEnd(2, '0'));
}
