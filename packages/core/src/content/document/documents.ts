import type { Block } from './blocks.ts';

export const CONTENT_CHANNELS = ['popup', 'inbox', 'email', 'push', 'telegram', 'sms'] as const;
export type ContentChannel = (typeof CONTENT_CHANNELS)[number];

/** Texts of other languages: by locale (BCP 47), then by the key of the text, such as `offer.text`. */
export type Translations = Readonly<Record<string, Readonly<Record<string, string>>>>;

interface Written {
  /** The locale of the texts in the document itself: where every other one falls back to. */
  readonly locale: string;
  readonly translations: Translations;
}

/** `#rrggbb`. */
export interface Colours {
  readonly background: string;
  readonly text: string;
  readonly accent: string;
  readonly onAccent: string;
}

export interface PopupTheme {
  readonly light: Colours;
  /** For players whose device is set to dark; without it, `light`. */
  readonly dark?: Colours | undefined;
  /** Of corners, pixels. */
  readonly radius: number;
  readonly position: 'centre' | 'bottom' | 'corner';
}

/** What is in both the popup and the inbox: they stay until the player has seen to them. */
interface Shown extends Written {
  readonly blocks: readonly Block[];
  /** After that long it is not shown any more, milliseconds from when it was sent. */
  readonly expiresAfterMs: number;
}

export interface PopupDocument extends Shown {
  readonly channel: 'popup';
  readonly theme: PopupTheme;
  readonly dismissible: boolean;
  /** The client action that the server raises when the popup was shown, with the code of its code block. */
  readonly whenShown: string | null;
}

export interface InboxDocument extends Shown {
  readonly channel: 'inbox';
  readonly title: string;
  /** Under the title in the list. */
  readonly preview: string;
}

export interface EmailDocument extends Written {
  readonly channel: 'email';
  readonly subject: string;
  /** What mail programs show beside the subject. */
  readonly preheader: string;
  readonly colours: Colours;
  readonly blocks: readonly Block[];
  /** Who sends it, and why the player gets it. */
  readonly footer: string;
  readonly unsubscribeLabel: string;
}

export interface PushDocument extends Written {
  readonly channel: 'push';
  readonly title: string;
  readonly body: string;
  readonly icon?: string | undefined;
  readonly url?: string | undefined;
}

export interface TelegramDocument extends Written {
  readonly channel: 'telegram';
  readonly text: string;
  readonly button?: { readonly label: string; readonly url: string } | undefined;
}

export interface SmsDocument extends Written {
  readonly channel: 'sms';
  readonly text: string;
}

/** One piece of content, as its author wrote it, for one channel. */
export type ContentDocument =
  | PopupDocument
  | InboxDocument
  | EmailDocument
  | PushDocument
  | TelegramDocument
  | SmsDocument;

/** A client action's name as seeds and platforms write it. */
export const DEFAULT_WHEN_SHOWN = 'CODE_IS_SHOWN';
/** Seven days. */
export const DEFAULT_EXPIRES_AFTER_MS = 604_800_000;
