import { ok, type Result, refuse } from '@promosmith/core';
import type { Queryable } from '../../platform/db.ts';
import { markHasCodes } from '../campaigns/index.ts';
import { campaignNotFound } from './code.ts';

/** Whether a campaign takes codes: any but an archived one. Notes with it that it has some. */
export async function admitCodes(
  tx: Queryable,
  brandId: string,
  campaignId: string,
): Promise<Result<unknown>> {
  const status = await markHasCodes(tx, brandId, campaignId);
  if (status === undefined) return campaignNotFound();
  if (status === 'archived') return refuse('campaign_archived', 'The campaign is archived for good.');
  return ok(undefined);
}
