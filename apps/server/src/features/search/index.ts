import { search } from '@promosmith/contract';
import { reply } from '../../platform/http/server.ts';
import type { Platform } from '../../platform/platform.ts';
import type { CodesService } from '../codes/index.ts';
import { createFind } from './find.ts';

/** One box for everything: campaigns, players, codes, activations, bonuses, journeys, content, label tags. */
export function createSearch({ db, http }: Platform, codes: CodesService): void {
  const find = createFind(db, codes);
  http.mount(search, async ({ body }, { caller }) => reply(200, { items: await find(caller, body.q) }));
}
