const KEY = 'promosmith:shown';
const MOST = 50;

/** Messages that this tab claimed: it may draw them again after a reload, and no other may. */
export interface ShownHere {
  has(id: string): boolean;
  add(id: string): void;
}

export function createShownHere(): ShownHere {
  const ids = new Set<string>(read());
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id);
      try {
        sessionStorage.setItem(KEY, JSON.stringify([...ids].slice(-MOST)));
      } catch {
        // A frame without storage: it remembers until it is reloaded.
      }
    },
  };
}

function read(): string[] {
  try {
    return JSON.parse(sessionStorage.getItem(KEY) ?? '[]');
  } catch {
    return [];
  }
}
