import { ok } from '@promosmith/core';
import type { Database } from '../../../../platform/db.ts';
import type { BonusDesk } from '../../../bonusdesk/index.ts';
import type { Worker } from '../dispatcher.ts';
import type { Move } from '../effect.ts';
import { originOf } from '../settle.ts';
import { oneByOne } from './one-by-one.ts';

/** Gives what a campaign promises, once. Refused, nothing of it is given, and the refusal's key is the reason. */
export const bonusWorker = (
  db: Database,
  move: Move,
  bonusDesk: Pick<BonusDesk, 'give'>,
): Pick<Worker<'give_bonus'>, 'work'> =>
  oneByOne(db, move, async (tx, claim, now) => {
    const { campaignId, rewardIndex } = claim.effect.action;
    const { playerExternalId: player, effectKey: grantId } = claim;
    const given = await bonusDesk.give(
      tx,
      { player, campaignId: campaignId ?? '', rewardIndex, grantId },
      originOf(claim, now),
    );
    return given.ok ? ok({ data: { campaignId, grants: given.value }, events: [] }) : given;
  });
