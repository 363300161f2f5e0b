import type { CampaignStatus } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import type { Queryable } from '../../../platform/db.ts';
import { asLongFrom, before, type Period } from './period.ts';

/** What a report is compared with. */
export interface Compared extends Period {
  /** null: the same as in the report. */
  readonly campaign: { readonly campaignId: string; readonly name: string } | null;
}

/**
 * Reads what a report of a period is to be compared with: `none`, `previous`, `from:2026-03-01` or `campaign:<id>`, as the
 * contract has checked.
 */
export async function comparedWith(
  db: Queryable,
  brandId: string,
  compare: string,
  period: Period,
): Promise<Result<Compared | null>> {
  const [kind, of = ''] = compare.split(':', 2);
  switch (kind) {
    case 'previous':
      return ok({ ...before(period), campaign: null });
    case 'from':
      return ok({ ...asLongFrom(period, of), campaign: null });
    case 'campaign': {
      const campaign = await findCampaign(db, brandId, of);
      if (!campaign) return noSuchCampaign;
      const { campaignId, name } = campaign;
      return ok({ ...period, campaign: { campaignId, name } });
    }
    default:
      return ok(null);
  }
}

const noSuchCampaign = refuse('invalid_request', 'query.compare: there is no such campaign', [
  {
    field: 'query.compare',
    reason: 'there is no such campaign',
    fix: 'Use the id of a campaign of the brand.',
  },
]);

/** A campaign of the brand. */
export interface FoundCampaign {
  readonly campaignId: string;
  readonly name: string;
  readonly status: CampaignStatus;
}

export async function findCampaign(
  db: Queryable,
  brandId: string,
  campaignId: string,
): Promise<FoundCampaign | undefined> {
  const { rows } = await db.query<FoundCampaign>(
    'select campaign_id as "campaignId", name, status from campaigns where campaign_id = $1 and brand_id = $2',
    [campaignId, brandId],
  );
  return rows[0];
}
