import type { Actions } from './actions.ts';
import type { Api } from './api/api.ts';
import type { Session } from './api/session.ts';
import type { Claims } from './live/claims.ts';
import type { Messages } from './live/messages.ts';
import type { Press } from './live/press.ts';
import type { Language } from './texts/language.ts';

/** What the elements on the page are made with. */
export interface Widget {
  readonly session: Session;
  readonly api: Api;
  readonly language: Language;
  readonly messages: Messages;
  readonly claims: Claims;
  readonly actions: Actions;
  readonly press: Press;
}
