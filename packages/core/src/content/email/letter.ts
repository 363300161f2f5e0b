import type { EmailDocument } from '../document/documents.ts';

/** An email whose texts are rendered, and what it takes to set it. */
export interface Letter {
  readonly document: EmailDocument;
  readonly locale: string;
  readonly direction: 'ltr' | 'rtl';
  readonly unsubscribeUrl: string;
  /** An instant as the reader writes it: mail cannot count down. */
  showInstant(instant: string): string;
}
