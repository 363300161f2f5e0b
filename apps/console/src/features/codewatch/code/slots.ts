import { BASELINE_SLOTS, SLOT_MS, slotOf } from '@promosmith/core/codewatch';
import type { WatchedDetail } from '../watched.ts';

export interface Slot {
  /** When it begins, milliseconds since 1970. */
  readonly at: number;
  readonly accepted: number;
  /** Tries that were not accepted. */
  readonly refused: number;
}

/** The last 24 hours in slots of ten minutes, also those in which nobody tried. */
export function slotsOf({ slots }: Pick<WatchedDetail, 'slots'>, now: number): Slot[] {
  const told = new Map(slots.map((slot) => [slotOf(Date.parse(slot.at)), slot]));
  const last = slotOf(now);
  return Array.from({ length: BASELINE_SLOTS }, (_, index) => {
    const at = last - (BASELINE_SLOTS - 1 - index) * SLOT_MS;
    const { tries, accepted } = told.get(at) ?? { tries: 0, accepted: 0 };
    return { at, accepted, refused: Math.max(0, tries - accepted) };
  });
}
