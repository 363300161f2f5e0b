import { PrizeKey } from '@promosmith/contract';
import { z } from 'zod';
import type { Database } from '../../../platform/db.ts';
import type { DeliveryOutcome } from '../../bonuses/index.ts';
import { holdBonus, isOver, markIssued } from '../bonus-state.ts';
import { enterOpenDraw, findOpenDraw } from '../draws/entries.ts';
import type { SpecialHandler } from './handler.ts';

const Payload = z.strictObject({
  draw: PrizeKey.describe('Key of the draw: the one that is open takes the entry'),
});
type Payload = z.infer<typeof Payload>;

/** The bonus is an entry of a prize draw, and active until the draw is held. */
export const prizeDraw = (db: Database): SpecialHandler<Payload> => ({
  name: 'prize_draw',
  description:
    'An entry of the prize draw that is open. Each entry is as likely to win as any other, and wins once.',
  payload: Payload,
  delivered: 'active',

  async lacking(tx, brandId, { draw }) {
    if (await findOpenDraw(tx, brandId, draw)) return [];
    return [{ field: 'draw', reason: `no draw "${draw}" is open`, fix: 'open one with POST /v1/draws' }];
  },

  async deliver(operation, bonus, { draw }): Promise<DeliveryOutcome> {
    // Entries of bonuses that were cancelled are left out when the draw closes.
    if (operation === 'cancel') return { kind: 'delivered', response: null };
    return db.transaction(async (tx): Promise<DeliveryOutcome> => {
      const state = await holdBonus(tx, bonus);
      if (state === 'over') return isOver;
      if (state === 'issued') return { kind: 'delivered', response: null };
      const drawId = await enterOpenDraw(tx, { ...bonus, key: draw });
      if (!drawId) return { kind: 'refused', reason: `no draw "${draw}" is open`, response: null };
      await markIssued(tx, bonus, 'active');
      return { kind: 'delivered', response: { drawId } };
    });
  },
});
