interface Share {
  readonly id: string;
  readonly name: string | null;
  readonly bps: number;
}

const WHOLE = 10_000;
const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** Shares as equal as basis points allow, and whole together: the first ones get what is left over. */
export function equalShares(variants: readonly Share[]): Share[] {
  const each = Math.floor(WHOLE / variants.length);
  const over = WHOLE - each * variants.length;
  return variants.map((variant, index) => ({ ...variant, bps: each + (index < over ? 1 : 0) }));
}

/** Another variant under the next letter that is free, with what the others leave. */
export function newVariant(variants: readonly Share[]): Share {
  const taken = new Set(variants.map(({ id }) => id));
  const id = [...LETTERS].find((letter) => !taken.has(letter)) ?? `v${variants.length + 1}`;
  const left = WHOLE - variants.reduce((sum, { bps }) => sum + bps, 0);
  return { id, name: null, bps: Math.max(0, left) };
}
