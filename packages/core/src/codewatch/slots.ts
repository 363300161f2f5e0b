/** Tries are counted in slots of ten minutes (DOMAIN §6), which begin at full tens of minutes UTC. */
export const SLOT_MS = 10 * 60_000;

/** A baseline is that of the day before: a code has its hours. */
export const BASELINE_SLOTS = 144;

/** Before a code has been known for an hour nobody can say what is usual of it. */
export const LEAST_SLOTS = 6;

/** Where the slot of an instant begins. Milliseconds since 1970, as everywhere here. */
export const slotOf = (at: number): number => Math.floor(at / SLOT_MS) * SLOT_MS;

/** How many slots there are from the beginning of one to that of another. */
export const slotsBetween = (first: number, last: number): number =>
  Math.max(0, Math.round((last - first) / SLOT_MS));
