import { setTimeout as pause } from 'node:timers/promises';

const EVERY_MS = 5;

/** Resolves once it holds. The test's own time-out ends what never does. */
export async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await pause(EVERY_MS);
}
