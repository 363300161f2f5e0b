import type { Api } from './api/api.ts';
import type { Session } from './api/session.ts';
import { emit } from './host-events.ts';
import { backoffMs } from './live/backoff.ts';

/** What the player does on the page, told to the server in batches. */
export interface Actions {
  add(name: unknown, properties?: unknown): void;
}

interface Action {
  id: string;
  action: string;
  properties?: Record<string, unknown>;
}

interface Waiting {
  readonly action: Action;
  readonly size: number;
  /** Who was signed in: nobody else gets it. undefined when that was not known yet. */
  readonly player: unknown;
}

const NAME = /^[A-Z][A-Z0-9_]{0,63}$/;
const GATHER_MS = 1_000;
const MOST = 50;
/** Characters of JSON: with three bytes each it is below what a request may have, and what browsers send of a page that is left. */
const MOST_CHARACTERS = 18_000;

export function createActions(api: Api, session: Session): Actions {
  let waiting: Waiting[] = [];
  let planned = false;
  let sending = false;
  let failures = 0;

  const soon = (ms: number) => {
    if (planned) return;
    planned = true;
    setTimeout(() => {
      planned = false;
      void flush(false);
    }, ms);
  };

  function batch(): Waiting[] {
    let taken = 0;
    return waiting.slice(0, MOST).filter(({ size }) => {
      taken += size;
      return taken <= MOST_CHARACTERS;
    });
  }

  async function flush(leaving: boolean): Promise<void> {
    if (waiting.length === 0 || (sending && !leaving)) return;
    sending = true;
    // Leaving, there is no time to ask for a token.
    if (!leaving) await session.token().catch(() => undefined);
    const player = session.player();
    waiting = waiting.filter((one) => one.player === undefined || one.player === player);
    const sent = player === undefined ? [] : batch();
    const answer =
      sent.length > 0 &&
      (await api.call('POST /v1/me/actions', {
        body: { actions: sent.map(({ action }) => action) },
        keepalive: leaving,
      }));
    sending = false;
    // Nobody is signed in: it waits until somebody is.
    if (!answer) return;
    const refused = !answer.ok && answer.refusal;
    if (refused && (refused.status < 400 || refused.status === 429 || refused.status >= 500)) {
      soon(Math.max(refused.retryAfterMs, backoffMs(failures++)));
      return;
    }
    failures = 0;
    waiting = waiting.filter((one) => !sent.includes(one));
    if (answer.ok)
      for (const { id, key } of answer.value.results)
        if (key)
          emit(window, 'error', { key, action: sent.find((one) => one.action.id === id)?.action.action });
    if (refused) emit(window, 'error', { key: refused.key, message: refused.message });
    if (waiting.length > 0) soon(0);
  }

  session.changed.add(() => void flush(false));
  addEventListener('pagehide', () => void flush(true));
  document.addEventListener('visibilitychange', () => {
    if (document.hidden) void flush(true);
  });

  return {
    add(name, properties) {
      const action: Action = { id: randomId(), action: String(name) };
      if (properties !== undefined) action.properties = { ...(properties as object) };
      let size = MOST_CHARACTERS + 1;
      try {
        size = JSON.stringify(action).length;
      } catch {
        // What cannot be written as JSON is as good as too large.
      }
      if (!NAME.test(action.action) || size > MOST_CHARACTERS) {
        emit(window, 'error', { key: 'action_invalid', action: name });
        return;
      }
      waiting.push({ action, size, player: session.player() });
      soon(GATHER_MS);
    },
  };
}

/** `crypto.randomUUID` is there on https pages only. */
export const randomId = (): string => crypto.getRandomValues(new Uint32Array(4)).join('-');
