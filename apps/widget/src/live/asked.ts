const KEY = 'promosmith:asked';
const MOST = 50;

/** Messages that this tab asked to show, and was not refused: it may draw them after a reload, and no other tab may. */
export interface Asked {
  has(id: string): boolean;
  add(id: string): void;
  delete(id: string): void;
}

export function createAsked(): Asked {
  const ids = new Set<string>(read());
  const keep = (): void => {
    try {
      sessionStorage.setItem(KEY, JSON.stringify([...ids].slice(-MOST)));
    } catch {
      // A frame without storage: it remembers until it is reloaded.
    }
  };
  return {
    has: (id) => ids.has(id),
    add(id) {
      ids.add(id);
      keep();
    },
    delete(id) {
      ids.delete(id);
      keep();
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
