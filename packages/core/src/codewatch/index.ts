/** What is unusual about how a code is tried. */
export { type Burst, judgeBurst, type WatchLimits } from './burst.ts';
export { BASELINE_SLOTS, LEAST_SLOTS, SLOT_MS, slotOf, slotsBetween } from './slots.ts';
