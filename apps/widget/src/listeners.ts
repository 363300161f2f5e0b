/** Something others want to hear of. */
export interface Listeners {
  /** @param signal ends it. */
  add(listener: () => void, signal?: AbortSignal): void;
  tell(): void;
}

export function createListeners(): Listeners {
  const all = new Set<() => void>();
  return {
    add(listener, signal) {
      all.add(listener);
      signal?.addEventListener('abort', () => all.delete(listener));
    },
    tell() {
      for (const listener of [...all]) listener();
    },
  };
}
