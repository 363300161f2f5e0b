import { getAttention } from '@promosmith/contract';
import { reply } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import type { Staff } from '../staff/index.ts';
import { createAttention } from './waiting.ts';

/** What waits for whoever asks: the first thing a person looks at in the morning. */
export function createAttentionList({ db, http }: Platform, staff: Staff): void {
  const waitingFor = createAttention(db, staff);
  http.mount(getAttention, async (_, { caller }) => reply(200, { items: await waitingFor(caller) }));
}
