import type { CampaignStatus } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';
import type { NewEvent } from '../../platform/outbox.ts';
import { loadLive } from '../campaigns/index.ts';
import { barredBy, loadPlayers } from '../players/index.ts';
import { campaignNotFound, eventData } from './code.ts';
import type { Sealing } from './sealing.ts';
import { findBatch } from './store/batches.ts';
import { findCodes, sealedTexts } from './store/codes.ts';
import { type Bound, drawCodes, findStocked } from './store/distribution.ts';

/** Codes drawn for players who are about to be shown them. */
export interface Drawn {
  codes: readonly { codeId: string; holderId: string; text: string }[];
  /** For the caller to publish with its own. */
  events: readonly NewEvent[];
}

/** Campaigns whose codes work, or will. */
const HANDED_OUT: ReadonlySet<CampaignStatus> = new Set(['scheduled', 'active', 'paused']);

const NONE: Drawn = { codes: [], events: [] };

/** Giving codes to players as a part of a larger transaction: they are given if and only if it commits. */
export function createDrawIn(sealing: Sealing) {
  const textsIn = async (tx: Queryable, codeIds: readonly string[]): Promise<Map<string, string>> =>
    new Map([...(await sealedTexts(tx, codeIds))].map(([codeId, sealed]) => [codeId, sealing.open(sealed)]));

  async function drawIn(
    tx: Queryable,
    brandId: string,
    batchId: string,
    holderIds: readonly string[],
  ): Promise<Drawn> {
    const batch = await findBatch(tx, brandId, batchId);
    if (batch?.status !== 'ready') return NONE;
    const bound = await drawFreely(tx, batchId, holderIds);
    const ids = bound.map(({ codeKey }) => codeKey);
    const [codes, texts] = [await findCodes(tx, brandId, ids), await textsIn(tx, ids)];
    return {
      codes: bound.map(({ codeKey, holderId }) => ({
        codeId: codeKey,
        holderId,
        text: texts.get(codeKey) ?? '',
      })),
      events: codes.map((code) => ({
        type: 'code.distributed',
        subject: `code/${code.codeId}`,
        data: { ...eventData(code), player: code.holder },
      })),
    };
  }

  return {
    /** The texts of unique and personal codes in full, by id. */
    textsIn,

    /**
     * Draws a code that nobody has yet for each holder, and for one who is named twice, two: as many as the batch has.
     * A transaction that draws from several batches takes them in the order of their ids.
     */
    drawIn,

    /**
     * Draws a code of a campaign for one player: of the oldest of its batches of unique codes that has one left.
     * Refusals: `not_found`, `campaign_not_active`, `self_excluded`, `bonus_blocked`, `codes_run_out`.
     */
    async drawOfCampaign(
      tx: Queryable,
      brandId: string,
      campaignId: string,
      holderId: string,
    ): Promise<Result<{ codeId: string; text: string; events: readonly NewEvent[] }>> {
      const [live] = await loadLive(tx, [campaignId]);
      if (live?.brandId !== brandId) return campaignNotFound();
      if (!HANDED_OUT.has(live.status))
        return refuse('campaign_not_active', `No codes are handed out of a campaign that is ${live.status}.`);
      const player = (await loadPlayers(tx, [holderId])).get(holderId);
      const barred = player && barredBy(player);
      if (barred) return refuse(barred, 'The player may have no bonuses, so no code is handed out.');
      for (const batchId of await findStocked(tx, campaignId)) {
        const { codes, events } = await drawIn(tx, brandId, batchId, [holderId]);
        const [code] = codes;
        if (code) return ok({ codeId: code.codeId, text: code.text, events });
      }
      return refuse('codes_run_out', 'The campaign has no unique code left that nobody has.');
    },
  };
}

/**
 * The quick way leaves codes alone that others hold at the moment. Where it finds too few, what it took is let go of before
 * waiting for theirs: who waits for a batch must not hold codes that those before them wait for.
 */
async function drawFreely(tx: Queryable, batchId: string, holderIds: readonly string[]): Promise<Bound[]> {
  await tx.query('savepoint codes_drawn');
  const quick = await drawCodes(tx, batchId, holderIds, 'skip');
  if (quick.length === holderIds.length) {
    await tx.query('release savepoint codes_drawn');
    return quick;
  }
  await tx.query('rollback to savepoint codes_drawn');
  return drawCodes(tx, batchId, holderIds, 'wait');
}
