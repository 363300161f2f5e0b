import { BASELINE_SLOTS, LEAST_SLOTS, slotsBetween } from './slots.ts';

/** From when on something is unusual. */
export interface WatchLimits {
  /** Times the baseline; what is exactly that is usual still. */
  readonly burstFactor: number;
  /** Tries in a slot below which nothing is a burst, whatever the baseline. */
  readonly minTries: number;
}

/** How the tries of a slot compare with those of the day before it. */
export interface Burst {
  /** `learning`: too new to have a baseline, so nothing is unusual of it yet. */
  readonly state: 'learning' | 'quiet' | 'burst';
  /** Tries in a slot, on the average of the slots before it; null while learning. */
  readonly baseline: number | null;
  /** Slots that the baseline is of. */
  readonly slots: number;
}

/**
 * Whether a slot is a burst: more than so many times the baseline, and not just a few tries.
 * @param now where the slot begins.
 * @param tries in it until now.
 * @param firstSlot where the first slot begins that anything was tried in: empty slots after it count, those before it do not.
 * @param before tries in all slots of the day before `now` together.
 */
export function judgeBurst(
  { now, tries, firstSlot, before }: { now: number; tries: number; firstSlot: number; before: number },
  { burstFactor, minTries }: WatchLimits,
): Burst {
  const slots = Math.min(BASELINE_SLOTS, slotsBetween(firstSlot, now));
  if (slots < LEAST_SLOTS) return { state: 'learning', baseline: null, slots };
  // Multiplied out: no rounding decides.
  const isBurst = tries >= minTries && tries * slots > burstFactor * before;
  return { state: isBurst ? 'burst' : 'quiet', baseline: before / slots, slots };
}
