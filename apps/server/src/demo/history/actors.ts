import type { Attempts, HandedOut } from './attempts.ts';
import type { Casino } from './casino.ts';
import type { Outside } from './outside.ts';

/** Who acts in the history beside the staff. */
export interface Actors {
  readonly casino: Casino;
  readonly attempts: Attempts;
  readonly handedOut: HandedOut;
  readonly outside: Outside;
}

/** @param day of the history, from 0. @param hour UTC, may have a fraction. */
export type On = (day: number, hour: number, work: () => Promise<void>) => void;
