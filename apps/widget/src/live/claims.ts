import type { Api } from '../api/api.ts';
import { createAsked } from './asked.ts';
import { backoffMs } from './backoff.ts';
import type { Messages } from './messages.ts';
import { pause } from './pause.ts';

/** What became of asking to show a message. `lost`: another tab shows it, or it is gone. */
export type Shown = 'mine' | 'lost' | 'failed';

export interface Claims {
  /** Asks the server whether this tab shows it: of all tabs one does. */
  show(id: string): Promise<Shown>;
  /** Whether this tab asked, and was not told that another shows it: perhaps the answer never came. */
  mayShow(id: string): boolean;
  /** Tells that the player clicked or closed it; tried again until it has arrived, or the page is left. */
  end(id: string, what: 'click' | 'dismiss'): Promise<void>;
}

const TRIES = 5;

export function createClaims(api: Api, messages: Messages): Claims {
  const asked = createAsked();
  return {
    mayShow: asked.has,
    async show(messageId) {
      const askedBefore = asked.has(messageId);
      // Before the answer, which a page that is left does not get, although the server has taken the claim.
      asked.add(messageId);
      const answer = await api.call('POST /v1/me/messages/:messageId/impression', {
        params: { messageId },
      });
      if (!answer.ok) {
        if (answer.refusal.status !== 404) return 'failed';
        messages.remove(messageId);
        return 'lost';
      }
      const { claimed, state } = answer.value;
      // Better that two draw it than that nobody does.
      const mine = claimed || (askedBefore && state === 'shown');
      if (!mine) asked.delete(messageId);
      if (state === 'shown') messages.move(messageId, 'shown');
      return mine ? 'mine' : 'lost';
    },
    async end(messageId, what) {
      messages.move(messageId, what === 'click' ? 'clicked' : 'ended');
      for (let failures = 0; failures < TRIES; failures++) {
        const answer = await api.call(`POST /v1/me/messages/:messageId/${what}`, {
          params: { messageId },
          keepalive: true,
        });
        if (answer.ok || (answer.refusal.status >= 400 && answer.refusal.status < 429)) return;
        await pause(backoffMs(failures));
      }
    },
  };
}
