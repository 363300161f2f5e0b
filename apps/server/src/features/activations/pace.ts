/** Refusals of anonymous callers go out at a multiple of it after they were asked for. */
const STEP_MS = 100;

/**
 * How long an answer is still kept back, so that what was done for it can't be read off a clock: a code that nobody has is
 * written down as a guess, one that has expired is not.
 * @param tookMs since it was asked for.
 */
export const keptBackFor = (tookMs: number): number => STEP_MS - (tookMs % STEP_MS);
