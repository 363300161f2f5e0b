/** Numbers that look random, the same for the same seed. */
export function seeded(seed: number) {
  let state = seed >>> 0;
  /** From 0 up to but not including 1 (mulberry32). */
  const uniform = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = state;
    t = Math.imul(t ^ (t >>> 15), t | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  /** Box and Muller's. */
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
  return { uniform, normal };
}

export type Random = ReturnType<typeof seeded>;

/**
 * What a player of a casino is worth in a week, in minor units: most do not play, some stake a fortune, who stakes may win,
 * and now and then somebody wins thirty times what they staked.
 */
export function gambler({ uniform, normal }: Random): number {
  if (uniform() < 0.6) return 0;
  const staked = 2_000 * Math.exp(1.2 * normal());
  const jackpot = uniform() < 0.001 ? 30 * staked : 0;
  return Math.round(staked * (0.07 + 0.35 * normal()) - jackpot);
}
