/** Chance that comes out the same every time. */
export interface Random {
  /** From 0 up to 1, without it. */
  next(): number;
  chance(probability: number): boolean;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<T>(list: readonly T[]): T;
  /** One of the entries, as often as its weight says. */
  weighted<T>(entries: readonly (readonly [weight: number, value: T])[]): T;
}

/** Mulberry32: short, and good enough for made-up people. */
export function createRandom(seed: number): Random {
  let state = seed;
  function next(): number {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }
  const at = <T>(list: readonly T[], index: number): T => {
    if (index >= list.length) throw new Error('nothing to choose from');
    return list[index] as T;
  };
  return {
    next,
    chance: (probability) => next() < probability,
    between: (least, most) => least + Math.floor(next() * (most - least + 1)),
    pick: (list) => at(list, Math.floor(next() * list.length)),
    weighted(entries) {
      let left = next() * entries.reduce((sum, [weight]) => sum + weight, 0);
      const index = entries.findIndex(([weight]) => {
        left -= weight;
        return left < 0;
      });
      return at(entries, index)[1];
    },
  };
}
