import type { Actor, Campaign, CampaignDefinition, CampaignStatus } from '@promosmith/contract';
import { refuse } from '@promosmith/core';

/** A campaign with the terms of the version in force. */
export interface CampaignRecord {
  campaignId: string;
  brandId: string;
  name: string;
  status: CampaignStatus;
  version: number;
  startsAt: Date | null;
  endsAt: Date | null;
  pauseReason: string | null;
  approvalId: string | null;
  pendingVersion: number | null;
  revision: number;
  createdBy: Actor;
  createdAt: Date;
  updatedAt: Date;
  definition: CampaignDefinition;
}

const instant = (date: Date | null): string | null => date?.toISOString() ?? null;

/** What a campaign and its line in a list have in common, as the API shows it. */
export const headOf = (campaign: Omit<CampaignRecord, 'brandId' | 'definition'>) => ({
  id: campaign.campaignId,
  name: campaign.name,
  status: campaign.status,
  version: campaign.version,
  startsAt: instant(campaign.startsAt),
  endsAt: instant(campaign.endsAt),
  pauseReason: campaign.pauseReason,
  approvalId: campaign.approvalId,
  pendingVersion: campaign.pendingVersion,
  revision: campaign.revision,
  createdBy: campaign.createdBy,
  createdAt: campaign.createdAt.toISOString(),
  updatedAt: campaign.updatedAt.toISOString(),
});

/** A campaign as the audit log keeps it: what jurisdictions say to it is not part of it. */
export const campaignView = (campaign: CampaignRecord): Omit<Campaign, 'warnings'> => ({
  ...headOf(campaign),
  ...campaign.definition,
});

/** Who asks for a change, and whether it may come into force on their word alone. */
export interface By {
  brandId: string;
  actor: Actor;
  requestId: string;
  mayPublish: boolean;
}

export const campaignNotFound = () => refuse('not_found', 'There is no such campaign.');

export const revisionConflict = (revision: number) => ({
  ok: false as const,
  refusal: {
    key: 'revision_conflict',
    message: `The campaign is at revision ${revision} now: read it again and repeat the change.`,
    revision,
  },
});
