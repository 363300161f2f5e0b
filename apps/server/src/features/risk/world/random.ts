/** Numbers that look random and are the same for the same seed. */
export interface Random {
  /** From 0 to below 1. */
  next(): number;
  /** Whole, from `least` to `most`. */
  whole(least: number, most: number): number;
  /** Whether something of this share (0 to 1) happens. */
  happens(share: number): boolean;
  one<T>(of: readonly [T, ...T[]]): T;
}

/** The generator mulberry32: small, and good enough to deal out people. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const whole = (least: number, most: number): number => least + Math.floor(next() * (most - least + 1));
  return {
    next,
    whole,
    happens: (share) => next() < share,
    one: (of) => of[whole(0, of.length - 1)] ?? of[0],
  };
}
