/** After these the transactions of almost all who ask are over; the ticker sees to the rest. */
const AFTER_MS = [5, 30, 120];

/** Looks for what somebody is about to have done: who asks is still in the transaction that does it. */
export interface Looks {
  soon(): void;
  stop(): void;
}

export function createLooks(look: () => void): Looks {
  const timers = new Map<number, NodeJS.Timeout>();
  return {
    soon() {
      for (const afterMs of AFTER_MS) {
        if (timers.has(afterMs)) continue;
        const timer = setTimeout(() => {
          timers.delete(afterMs);
          look();
        }, afterMs);
        timers.set(afterMs, timer);
      }
    },
    stop() {
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
    },
  };
}
