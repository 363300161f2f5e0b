import {
  type CampaignDefinition,
  type CampaignStatus,
  type CampaignSummary,
  type CampaignVersion,
  Id,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type CampaignRecord, headOf } from './campaign.ts';

export { findCampaign } from './store.ts';

import { HEAD } from './store.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

export interface CampaignFilter {
  cursor?: string | undefined;
  limit: number;
  status?: CampaignStatus | undefined;
  name?: string | undefined;
  exclusiveGroup?: string | undefined;
  utmSource?: string | undefined;
  utmCampaign?: string | undefined;
  affiliateId?: string | undefined;
}

type SummaryRow = Omit<CampaignRecord, 'definition'> &
  Pick<CampaignSummary, 'exclusiveGroup' | 'rewardKinds'>;

export async function listCampaigns(
  db: Queryable,
  brandId: string,
  filter: CampaignFilter,
): Promise<Result<Page<CampaignSummary>>> {
  const after = decodeCursor(filter.cursor, z.tuple([Id]));
  if (!after.ok) return after;
  const traffic = (name: string) => `v.definition #>> '{traffic,${name}}'`;
  const { rows } = await db.query<SummaryRow>(
    `select ${HEAD}, v.definition ->> 'exclusiveGroup' as "exclusiveGroup",
       array(select reward ->> 'kind' from json_array_elements(v.definition -> 'rewards') as reward) as "rewardKinds"
     from campaigns c join campaign_versions v on v.campaign_id = c.campaign_id and v.version = c.version
     where c.brand_id = $1
       and ($2::uuid is null or c.campaign_id < $2)
       and ($3::text is null or c.status = $3)
       and ($4::text is null or c.name ilike $4)
       and ($5::text is null or v.definition ->> 'exclusiveGroup' = $5)
       and ($6::text is null or ${traffic('utmSource')} = $6)
       and ($7::text is null or ${traffic('utmCampaign')} = $7)
       and ($8::text is null or ${traffic('affiliateId')} = $8)
     order by c.campaign_id desc limit $9`,
    [
      brandId,
      after.value?.[0] ?? null,
      filter.status ?? null,
      filter.name === undefined ? null : `%${filter.name.replace(/[\\%_]/g, '\\$&')}%`,
      filter.exclusiveGroup ?? null,
      filter.utmSource ?? null,
      filter.utmCampaign ?? null,
      filter.affiliateId ?? null,
      filter.limit + 1,
    ],
  );
  return ok(
    toPage(
      rows,
      filter.limit,
      (row) => [row.campaignId],
      ({ exclusiveGroup, rewardKinds, ...row }) => ({ ...headOf(row), exclusiveGroup, rewardKinds }),
    ),
  );
}

interface VersionRow {
  version: number;
  createdBy: CampaignVersion['createdBy'];
  createdAt: Date;
  definition: CampaignDefinition;
}

export async function listVersions(
  db: Queryable,
  campaignId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Result<Page<CampaignVersion>>> {
  const before = decodeCursor(cursor, z.tuple([z.string().regex(/^\d{1,9}$/)]));
  if (!before.ok) return before;
  const { rows } = await db.query<VersionRow>(
    `select version, created_by as "createdBy", created_at as "createdAt", definition
     from campaign_versions where campaign_id = $1 and ($2::integer is null or version < $2)
     order by version desc limit $3`,
    [campaignId, before.value?.[0] ?? null, limit + 1],
  );
  return ok(
    toPage(
      rows,
      limit,
      (row) => [String(row.version)],
      ({ definition, createdAt, ...row }) => ({ ...row, createdAt: createdAt.toISOString(), ...definition }),
    ),
  );
}
