import type { Api } from '../api/api.ts';
import { loadImages } from '../draw/blocks.ts';
import { emit } from '../host-events.ts';
import { backoffMs } from '../live/backoff.ts';
import type { Claims } from '../live/claims.ts';
import type { Messages, PopupMessage } from '../live/messages.ts';
import { pause } from '../live/pause.ts';
import type { Press } from '../live/press.ts';
import type { Language } from '../texts/language.ts';
import { showPopup } from './popup.ts';

const IMAGES_MS = 2_000;
/** Between one popup and the next. */
const REST_MS = 400;

export interface Popups {
  /** Keeps popups back while the page has no room for them, such as during a game. */
  hold(held: boolean): void;
}

/** Shows popups one after another, oldest first, each claimed before it is drawn. */
export function createPopups(
  {
    api,
    claims,
    language,
    messages,
    press,
  }: {
    api: Api;
    claims: Claims;
    language: Language;
    messages: Messages;
    press: Press;
  },
  heldAtFirst: boolean,
): Popups {
  /** Shown by another tab, as the server said. */
  const lost = new Set<string>();
  let held = heldAtFirst;
  let busy = false;
  let failures = 0;

  const next = (): PopupMessage | undefined =>
    held || document.hidden
      ? undefined
      : messages
          .popups()
          .find(
            ({ id, state, expiresAt }) =>
              Date.parse(expiresAt) > api.now() &&
              !lost.has(id) &&
              (state === 'sent' || (state === 'shown' && claims.mayShow(id))),
          );

  /** Until it is off the screen again. */
  async function show(message: PopupMessage): Promise<void> {
    const { id, channel, content } = message;
    await loadImages(content.blocks, IMAGES_MS);
    if (next()?.id !== id) return;
    const shown = message.state === 'shown' ? 'mine' : await claims.show(id);
    if (shown === 'failed') {
      await pause(backoffMs(failures++));
      return;
    }
    failures = 0;
    if (shown === 'lost') {
      lost.add(id);
      return;
    }
    // Clicked or closed on another device meanwhile.
    if (!messages.get(id)) return;
    await new Promise<void>((resolve) => {
      const over = new AbortController();
      const popup = showPopup(message, { language, now: api.now, press }, (dismissed) => {
        over.abort();
        if (dismissed) void claims.end(id, 'dismiss');
        resolve();
      });
      messages.changed.add(() => {
        if (messages.get(id) || messages.endedHere(id)) return;
        over.abort();
        popup.remove();
        resolve();
      }, over.signal);
      emit(window, 'shown', { id, channel });
    });
    await pause(REST_MS);
  }

  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    try {
      for (let message = next(); message; message = next()) await show(message);
    } finally {
      busy = false;
    }
  }

  messages.changed.add(() => void work());
  document.addEventListener('visibilitychange', () => void work());
  return {
    hold(now) {
      held = now;
      void work();
    },
  };
}
