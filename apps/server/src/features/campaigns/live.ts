import type { CampaignDefinition, CampaignStatus } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import { type Origin, publish } from '../../platform/outbox.ts';

/** What decides whether a campaign takes activations now. */
export interface LiveCampaign {
  campaignId: string;
  brandId: string;
  status: CampaignStatus;
  version: number;
  startsAt: Date | null;
  endsAt: Date | null;
}

/** The columns of a `LiveCampaign`, of the table `campaigns`. */
export const LIVE = `campaign_id as "campaignId", brand_id as "brandId", status, version, starts_at as "startsAt",
  ends_at as "endsAt"`;

/** Campaigns as they stand, whatever their state; unknown ids are absent. */
export async function loadLive(db: Queryable, campaignIds: readonly string[]): Promise<LiveCampaign[]> {
  const { rows } = await db.query<LiveCampaign>({
    name: 'campaigns.live',
    text: `select ${LIVE} from campaigns where campaign_id = any($1::uuid[])`,
    values: [campaignIds],
  });
  return rows;
}

/** The terms of one version. They never change, so they can be kept for good. @throws when there is no such version. */
export async function loadDefinition(
  db: Queryable,
  campaignId: string,
  version: number,
): Promise<CampaignDefinition> {
  const { rows } = await db.query<{ definition: CampaignDefinition }>({
    name: 'campaigns.definition',
    text: 'select definition from campaign_versions where campaign_id = $1 and version = $2',
    values: [campaignId, version],
  });
  const row = rows[0];
  if (!row) throw new Error(`campaign ${campaignId} has no version ${version}`);
  return row.definition;
}

export const BUDGET_SPENT = 'The budget is spent.';

/** Pauses an active campaign whose money is gone, and tells of it; leaves one in any other state alone. */
export async function pauseForBudget(tx: Queryable, campaignId: string, origin: Origin): Promise<void> {
  const { rows } = await tx.query<{ name: string; version: number }>(
    `update campaigns set status = 'paused', pause_reason = $2, revision = revision + 1, updated_at = now()
     where campaign_id = $1 and status = 'active'
     returning name, version`,
    [campaignId, BUDGET_SPENT],
  );
  await publish(
    tx,
    origin,
    rows.map(({ name, version }) => ({
      type: 'campaign.paused',
      subject: `campaign/${campaignId}`,
      data: { campaignId, name, version, reason: BUDGET_SPENT },
    })),
  );
}
