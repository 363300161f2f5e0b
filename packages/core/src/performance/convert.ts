/** What one whole unit of a currency is worth in whole units of another. */
export interface ExchangeRate {
  /** A decimal above 0, such as `0.9273`: exact. */
  readonly rate: string;
  /** How many decimals the minor units of the two have. */
  readonly fromExponent: number;
  readonly intoExponent: number;
}

/** Minor units of one currency in those of another, rounded to the nearest, halves away from zero. */
export function convert(amount: bigint, { rate, fromExponent, intoExponent }: ExchangeRate): bigint {
  const [whole = '', decimals = ''] = rate.split('.', 2);
  const shift = intoExponent - fromExponent - decimals.length;
  const scaled = amount * BigInt(`${whole}${decimals}`) * 10n ** BigInt(Math.max(0, shift));
  const divisor = 10n ** BigInt(Math.max(0, -shift));
  const half = divisor / 2n;
  return (scaled < 0n ? scaled - half : scaled + half) / divisor;
}
