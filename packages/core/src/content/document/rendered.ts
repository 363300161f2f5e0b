import type { Block } from './blocks.ts';
import type { PopupTheme } from './documents.ts';
import { smsSegments } from './segments.ts';

interface ForReader {
  /** The locale of the texts, for `lang`. */
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
}

/** A popup as the player's browser draws it: texts are plain, links are checked. */
export interface RenderedPopup extends ForReader {
  readonly channel: 'popup';
  readonly blocks: readonly Block[];
  readonly theme: PopupTheme;
  readonly dismissible: boolean;
  readonly expiresAfterMs: number;
  /** The client action the server raises once the popup was shown. `code` is that of its first code block. */
  readonly whenShown: { readonly action: string; readonly data: { readonly code?: string } } | null;
}

export interface RenderedInbox extends ForReader {
  readonly channel: 'inbox';
  readonly title: string;
  readonly preview: string;
  readonly blocks: readonly Block[];
  readonly expiresAfterMs: number;
}

export interface RenderedEmail extends ForReader {
  readonly channel: 'email';
  readonly subject: string;
  readonly html: string;
  readonly text: string;
}

export interface RenderedPush extends ForReader {
  readonly channel: 'push';
  readonly title: string;
  readonly body: string;
  readonly icon: string | null;
  readonly url: string | null;
}

export interface RenderedTelegram extends ForReader {
  readonly channel: 'telegram';
  readonly text: string;
  readonly button: { readonly label: string; readonly url: string } | null;
}

export interface RenderedSms extends ForReader {
  readonly channel: 'sms';
  readonly text: string;
}

export type Rendered =
  | RenderedPopup
  | RenderedInbox
  | RenderedEmail
  | RenderedPush
  | RenderedTelegram
  | RenderedSms;

/** What a channel takes at most. */
export const CHANNEL_LIMITS = {
  /** UTF-16 units of a Telegram message (Bot API, `sendMessage`). */
  telegram: 4_096,
  /** Segments of an SMS: operators put together no more than that reliably. */
  smsSegments: 10,
  /** UTF-8 bytes of a push: services take 4,096 encrypted, and the encryption and our own ids need the rest. */
  push: 3_000,
} as const;

/** What makes a rendered message too long for its channel, with the key of the text to shorten. */
export function tooLong(rendered: Rendered): { text: string; message: string } | undefined {
  if (rendered.channel === 'telegram' && rendered.text.length > CHANNEL_LIMITS.telegram)
    return { text: 'text', message: `Telegram takes ${CHANNEL_LIMITS.telegram} characters.` };
  if (rendered.channel === 'sms' && smsSegments(rendered.text).segments > CHANNEL_LIMITS.smsSegments)
    return { text: 'text', message: `An SMS has at most ${CHANNEL_LIMITS.smsSegments} segments.` };
  if (rendered.channel === 'push') {
    const { title, body, icon, url } = rendered;
    if (new TextEncoder().encode(JSON.stringify([title, body, icon, url])).length > CHANNEL_LIMITS.push)
      return { text: 'body', message: `A push has at most ${CHANNEL_LIMITS.push} bytes in all.` };
  }
  return undefined;
}
