import type { Actions } from '../actions.ts';
import { activate, describe } from '../activate.ts';
import type { Api } from '../api/api.ts';
import { whileBusy } from '../draw/dom.ts';
import { emit } from '../host-events.ts';
import type { Language } from '../texts/language.ts';
import { explain } from '../texts/refusals.ts';
import type { Claims } from './claims.ts';
import type { BlockOf, WidgetMessage } from './messages.ts';

/** What a press of a button in a message leads to on the screen. */
export interface Pressed {
  /** The message is done with. */
  close(): void;
  /** What became of it, in words. */
  result(text: string, good: boolean): void;
}

/** Does what a button says, and tells the server that it was clicked. */
export type Press = (
  message: WidgetMessage,
  button: BlockOf<'button'>,
  event: Event,
  pressed: Pressed,
) => Promise<void>;

export function createPress(api: Api, claims: Claims, actions: Actions, language: Language): Press {
  return async ({ id, channel }, { id: block, action }, event, pressed) => {
    const target = event.currentTarget as HTMLElement;
    const clicked = () => {
      emit(target, 'clicked', { id, channel, block });
      void claims.end(id, 'click');
    };
    switch (action.kind) {
      case 'close':
        pressed.close();
        return;
      case 'open_url': {
        clicked();
        // The browser follows the link itself, unless the page does.
        const url = (target as HTMLAnchorElement).href;
        if (!emit(target, 'navigate', { url, id })) event.preventDefault();
        pressed.close();
        return;
      }
      case 'client_action':
        clicked();
        actions.add(action.name, { message: id, block });
        pressed.close();
        return;
      case 'apply_code': {
        await whileBusy(target, async () => {
          const answer = await activate(api, action.code, 'popup', `message-${id}-${block}`);
          if (answer.ok) {
            emit(target, 'activated', answer.value);
            clicked();
            pressed.result(describe(answer.value, language), true);
          } else {
            emit(target, 'refused', answer.refusal);
            pressed.result(explain(answer.refusal, language), false);
          }
        });
      }
    }
  };
}
