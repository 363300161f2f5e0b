import { drawBlocks } from '../draw/blocks.ts';
import { createStatus, drawButton, h, shadowOf, sheetOf } from '../draw/dom.ts';
import { emit } from '../host-events.ts';
import type { PopupMessage } from '../live/messages.ts';
import type { Press } from '../live/press.ts';
import base from '../styles/base.css';
import blocks from '../styles/blocks.css';
import css from '../styles/popup.css';
import type { Language } from '../texts/language.ts';

export interface Popup {
  /** Takes it off the screen without a word to anybody. */
  remove(): void;
}

const COLOUR = /^#[0-9a-f]{6}$/i;
const sheets = [base, blocks, css].map(sheetOf);

/**
 * Draws a popup over the page. One in the corner leaves the page as it is; others are modal: focus stays in them and goes
 * back to where it was.
 * @param onEnd told once when the player has closed it, or done with it what it is for.
 */
export function showPopup(
  { id, channel, content, ...message }: PopupMessage,
  { language, now, press }: { language: Language; now(): number; press: Press },
  onEnd: (dismissed: boolean) => void,
): Popup {
  const { theme, dismissible } = content;
  const modal = theme.position !== 'corner';
  const gone = new AbortController();
  const host = document.createElement('promosmith-popup');
  const status = createStatus();
  const spoken = h('p', { class: 'spoken', role: 'status' });
  const titled = content.blocks.find(({ type }) => type === 'heading' || type === 'text');
  let before: Element | null = null;

  /** @returns whether it is one that leaves no way past it. */
  function open(): boolean {
    if (dialog instanceof HTMLDialogElement) dialog.showModal();
    return modal;
  }
  function remove(): void {
    gone.abort();
    const inside = document.activeElement === host;
    if (dialog instanceof HTMLDialogElement) dialog.close();
    host.remove();
    if (inside && !modal && before instanceof HTMLElement) before.focus();
  }
  function end(dismissed: boolean): void {
    if (gone.signal.aborted) return;
    if (dismissed) emit(host, 'dismissed', { id, channel });
    remove();
    onEnd(dismissed);
  }
  const result = (text: string, good: boolean) => {
    status.show(text, good);
    // Nothing is left to do but to close it.
    if (good) {
      for (const button of dialog.querySelectorAll('.button')) button.remove();
      const done = drawButton('primary', language.say('close'), () => end(false));
      status.element.after(done);
      done.focus();
    }
  };

  const dialog = h(
    // Browsers move focus into a dialog that they show, also into one that leaves the page as it is.
    modal ? 'dialog' : 'div',
    {
      role: modal ? undefined : 'dialog',
      class: `popup ${theme.position}`,
      lang: content.locale,
      dir: content.direction,
      'aria-labelledby': titled?.id,
      'aria-label': titled ? undefined : document.title,
      popover: modal ? undefined : 'manual',
    },
    h(
      'div',
      { class: 'body' },
      ...drawBlocks(content.blocks, {
        language,
        heading: 'h2',
        locale: content.locale,
        signal: gone.signal,
        now,
        announce: (text) => {
          spoken.textContent = text;
        },
        press: (button, event) =>
          press({ id, channel, content, ...message }, button, event, {
            close: () => end(button.action.kind === 'close'),
            result,
          }),
        copied: (code) => emit(host, 'copied', { id, channel, code }),
      }),
      status.element,
    ),
    dismissible &&
      h(
        'button',
        {
          class: 'button close',
          lang: language.locale,
          'aria-label': language.say('close'),
          onclick: () => end(true),
        },
        '✕',
      ),
    spoken,
  );

  const first = dialog.querySelector('h2') ?? dialog;
  first.tabIndex = -1;
  first.autofocus = modal;
  const { light, dark, radius } = theme;
  const own = sheetOf(
    `:host{${colours(light)}--round:${Number(radius)}px}@media(prefers-color-scheme:dark){:host{${colours(dark ?? light)}}}`,
  );
  shadowOf(host, [...sheets, own]).append(dialog);
  document.body.append(host);

  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    if (dismissible) end(true);
  });
  dialog.addEventListener('close', () => {
    // A browser closes a dialog at the second Escape, whatever is said to it.
    if (gone.signal.aborted) return;
    if (dismissible) end(true);
    else open();
  });
  dialog.addEventListener('click', ({ target }) => {
    // The dialog itself is what is behind its contents.
    if (modal && dismissible && target === dialog) end(true);
  });
  host.addEventListener('keydown', ({ key }) => {
    if (!modal && dismissible && key === 'Escape') end(true);
  });
  host.addEventListener('focusin', ({ relatedTarget }) => {
    if (relatedTarget instanceof Element && relatedTarget !== host) before ??= relatedTarget;
  });

  if (!open()) {
    dialog.showPopover();
    // Nobody is taken away from what they do; but told.
    setTimeout(() => {
      spoken.textContent = titled && 'text' in titled ? titled.text : '';
    }, 100);
  }
  return { remove };
}

const NAMES = { background: '--bg', text: '--fg', accent: '--accent', onAccent: '--on-accent' } as const;

/** Custom properties of one of the two themes. Only colours get in. */
const colours = (theme: PopupMessage['content']['theme']['light']): string =>
  (Object.keys(NAMES) as (keyof typeof NAMES)[])
    .filter((name) => COLOUR.test(theme[name]))
    .map((name) => `${NAMES[name]}:${theme[name]};`)
    .join('');
