import type { Api } from '../api/api.ts';
import { backoffMs } from './backoff.ts';
import type { Messages } from './messages.ts';
import { pause } from './pause.ts';

/** What became of asking to show a message. `lost`: another tab shows it, or it is gone. */
export type Shown = 'mine' | 'lost' | 'failed';

export interface Claims {
  /** Asks the server whether this tab shows it: of all tabs one does. */
  show(id: string): Promise<Shown>;
  /** Whether it was asked, and the answer never came. */
  unanswered(id: string): boolean;
  /** Tells that the player clicked or closed it; tried again until it has arrived, or the page is left. */
  end(id: string, what: 'click' | 'dismiss'): Promise<void>;
}

const TRIES = 5;

export function createClaims(api: Api, messages: Messages): Claims {
  /** Claims whose answer never came: the server may have taken them. */
  const open = new Set<string>();
  return {
    unanswered: (id) => open.has(id),
    async show(messageId) {
      const answer = await api.call('POST /v1/me/messages/:messageId/impression', {
        params: { messageId },
      });
      if (!answer.ok) {
        const { key, status } = answer.refusal;
        if (key === 'network') open.add(messageId);
        if (status !== 404) return 'failed';
        messages.remove(messageId);
        return 'lost';
      }
      const { claimed, state } = answer.value;
      if (state === 'shown') messages.move(messageId, 'shown');
      // Better that two draw it than that nobody does.
      return claimed || (state === 'shown' && open.has(messageId)) ? 'mine' : 'lost';
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
