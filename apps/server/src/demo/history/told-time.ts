/*
 * The clock of a thread that is told what time it is. What runs there asks `Date` as always: `newId`, `new Date()`, the times
 * of events.
 */

/** Lets `Date` say what it is told, in this thread for good. @returns tells it, in ms since 1970. */
export function installToldTime(start: number): (ms: number) => void {
  let now = start;
  const RealDate = Date;
  class ToldDate extends RealDate {
    // biome-ignore lint/suspicious/noExplicitAny: every way that a Date can be made
    constructor(...given: any[]) {
      if (given.length === 0) super(now);
      else super(...(given as [number]));
    }
    static override now(): number {
      return now;
    }
  }
  globalThis.Date = ToldDate as DateConstructor;
  return (ms) => {
    now = ms;
  };
}
