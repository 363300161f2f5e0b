/** What belongs together, put together pair by pair. */
export interface Groups {
  join(a: string, b: string): void;
  /** Everything that was joined to anything, each once. */
  all(): string[][];
}

/** Sets that are joined by pointing one's root to the other's; the way to a root is cut short whenever it is walked. */
export function createGroups(): Groups {
  const above = new Map<string, string>();

  function rootOf(item: string): string {
    let root = item;
    for (let next = above.get(root); next !== undefined && next !== root; next = above.get(root)) root = next;
    for (let at = item; at !== root; ) {
      const next = above.get(at) ?? root;
      above.set(at, root);
      at = next;
    }
    return root;
  }

  return {
    join(a, b) {
      for (const item of [a, b]) if (!above.has(item)) above.set(item, item);
      above.set(rootOf(a), rootOf(b));
    },
    all: () => [...Map.groupBy(above.keys(), rootOf).values()],
  };
}
