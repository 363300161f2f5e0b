import { createListeners, type Listeners } from '../listeners.ts';

/** Gives the player's token, or nothing while nobody is signed in. The page has it from its own back end. */
export type TokenProvider = () => string | null | undefined | Promise<string | null | undefined>;

/** Who is signed in, as far as the page says. */
export interface Session {
  /** Tells when another player is signed in, or nobody any more. */
  readonly changed: Listeners;
  /** Whether somebody is signed in, or nobody knows yet because no token was asked for. */
  signedIn(): boolean;
  /** Who it is, once a token was given; undefined before, and while it is nobody. */
  player(): unknown;
  provide(provider: TokenProvider | string | null | undefined): void;
  /** The token in use, or a first one. @throws what the provider throws. */
  token(): Promise<string | undefined>;
  /** Another one, as this one is refused. Asked for once, however many requests were refused. */
  renew(refused: string): Promise<string | undefined>;
}

export function createSession(): Session {
  const changed = createListeners();
  let provider: TokenProvider | undefined;
  /** undefined before it was asked for the first time, null while nobody is signed in. */
  let held: string | null | undefined;
  let asking: Promise<string | undefined> | undefined;

  function ask(): Promise<string | undefined> {
    if (asking) return asking;
    const asked = provider;
    asking = Promise.resolve().then(async () => {
      try {
        const token = (await asked?.()) || null;
        // Somebody signed in or out while it was on its way.
        if (asked !== provider) return held ?? undefined;
        const before = held;
        held = token;
        if (before === undefined ? !token : playerOf(before) !== playerOf(token)) changed.tell();
        return token ?? undefined;
      } finally {
        if (asked === provider) asking = undefined;
      }
    });
    return asking;
  }

  return {
    changed,
    signedIn: () => provider !== undefined && held !== null,
    player: () => playerOf(held ?? null) ?? undefined,
    provide(given) {
      provider = typeof given === 'string' ? () => given : (given ?? undefined);
      held = undefined;
      asking = undefined;
      changed.tell();
    },
    token: async () => held ?? (provider && ask()),
    renew: async (refused) => (held === refused ? ask() : (held ?? ask())),
  };
}

/** The subject of a token; the token itself when it cannot be read. */
function playerOf(token: string | null): unknown {
  if (!token) return null;
  try {
    return JSON.parse(atob((token.split('.')[1] ?? '').replace(/-/g, '+').replace(/_/g, '/'))).sub ?? token;
  } catch {
    return token;
  }
}
