import { ok } from '@promosmith/core';
import type { Database } from '../../../../platform/db.ts';
import type { CodesService } from '../../../codes/index.ts';
import type { Worker } from '../dispatcher.ts';
import type { Move } from '../effect.ts';
import { oneByOne } from './one-by-one.ts';

/** Binds a code of a campaign to the player, for a message behind it to tell: `{{ events.<node>.code }}`. */
export const codeWorker = (
  db: Database,
  move: Move,
  codes: Pick<CodesService, 'drawOfCampaign'>,
): Pick<Worker<'send_code'>, 'work'> =>
  oneByOne(db, move, async (tx, { brandId, playerId, effect }) => {
    const { campaignId } = effect.action;
    const drawn = await codes.drawOfCampaign(tx, brandId, campaignId ?? '', playerId);
    if (!drawn.ok) return drawn;
    const { codeId, text: code, events } = drawn.value;
    return ok({ data: { code, codeId, campaignId }, events });
  });
