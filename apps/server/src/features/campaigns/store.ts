import type { Actor, CampaignDefinition, CampaignStatus } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import type { CampaignRecord } from './campaign.ts';

/** Columns of `campaigns c` under their names in `CampaignRecord`. */
export const HEAD = `c.campaign_id as "campaignId", c.brand_id as "brandId", c.name, c.status, c.version,
  c.starts_at as "startsAt", c.ends_at as "endsAt", c.pause_reason as "pauseReason", c.approval_id as "approvalId",
  c.pending_version as "pendingVersion", c.revision, c.created_by as "createdBy", c.created_at as "createdAt",
  c.updated_at as "updatedAt"`;

const FIND = `select ${HEAD}, v.definition
  from campaigns c join campaign_versions v on v.campaign_id = c.campaign_id and v.version = c.version
  where c.campaign_id = $1 and c.brand_id = $2`;

export async function findCampaign(
  db: Queryable,
  brandId: string,
  campaignId: string,
): Promise<CampaignRecord | undefined> {
  const { rows } = await db.query<CampaignRecord>(FIND, [campaignId, brandId]);
  return rows[0];
}

/** Holds the campaign's row until the transaction ends: its changes are decided one after another. */
export async function lockCampaign(
  tx: Queryable,
  brandId: string,
  campaignId: string,
): Promise<CampaignRecord | undefined> {
  await tx.query('select from campaigns where campaign_id = $1 and brand_id = $2 for update', [
    campaignId,
    brandId,
  ]);
  return findCampaign(tx, brandId, campaignId);
}

export async function insertCampaign(
  tx: Queryable,
  campaign: {
    campaignId: string;
    brandId: string;
    name: string;
    definition: CampaignDefinition;
    actor: Actor;
  },
): Promise<void> {
  const { campaignId, brandId, name, definition, actor } = campaign;
  const { startsAt, endsAt } = definition.schedule;
  await tx.query(
    `insert into campaigns (campaign_id, brand_id, name, status, version, starts_at, ends_at, created_by)
     values ($1, $2, $3, 'draft', 1, $4, $5, $6)`,
    [campaignId, brandId, name, startsAt, endsAt, JSON.stringify(actor)],
  );
  await insertVersion(tx, campaignId, 1, definition, actor);
}

async function insertVersion(
  tx: Queryable,
  campaignId: string,
  version: number,
  definition: CampaignDefinition,
  actor: Actor,
): Promise<void> {
  await tx.query(
    'insert into campaign_versions (campaign_id, version, definition, created_by) values ($1, $2, $3, $4)',
    [campaignId, version, JSON.stringify(definition), JSON.stringify(actor)],
  );
}

/** Writes the next version, whether it comes into force or waits. Only after the campaign's row was taken. */
export async function addVersion(
  tx: Queryable,
  campaignId: string,
  definition: CampaignDefinition,
  actor: Actor,
): Promise<number> {
  const { rows } = await tx.query<{ next: number }>(
    'select max(version) + 1 as next from campaign_versions where campaign_id = $1',
    [campaignId],
  );
  const next = rows[0]?.next;
  if (next === undefined) throw new Error(`campaign ${campaignId} has no version`);
  await insertVersion(tx, campaignId, next, definition, actor);
  return next;
}

/** What a change sets; what it leaves out stays. */
export interface CampaignChange {
  name?: string;
  status?: CampaignStatus;
  version?: number;
  startsAt?: string | null;
  endsAt?: string | null;
  pauseReason?: string | null;
  approvalId?: string | null;
  pendingVersion?: number | null;
}

const COLUMN_OF = {
  name: 'name',
  status: 'status',
  version: 'version',
  startsAt: 'starts_at',
  endsAt: 'ends_at',
  pauseReason: 'pause_reason',
  approvalId: 'approval_id',
  pendingVersion: 'pending_version',
} as const satisfies Record<keyof CampaignChange, string>;

/** @throws when the campaign is no longer at the revision the change was decided on: its row has to be locked. */
export async function changeCampaign(
  tx: Queryable,
  { campaignId, revision }: Pick<CampaignRecord, 'campaignId' | 'revision'>,
  change: CampaignChange,
): Promise<void> {
  const fields = Object.entries(change) as [keyof CampaignChange, unknown][];
  const sets = fields.map(([field], at) => `${COLUMN_OF[field]} = $${at + 3}`);
  const { rowCount } = await tx.query(
    `update campaigns set ${[...sets, 'revision = revision + 1', 'updated_at = now()'].join(', ')}
     where campaign_id = $1 and revision = $2`,
    [campaignId, revision, ...fields.map(([, value]) => value)],
  );
  if (rowCount !== 1) throw new Error(`campaign ${campaignId} changed under its lock`);
}

/** @returns whether it was still such a draft, without codes. */
export async function deleteUnusedDraft(
  tx: Queryable,
  { campaignId, revision }: Pick<CampaignRecord, 'campaignId' | 'revision'>,
): Promise<boolean> {
  const { rowCount } = await tx.query(
    `delete from campaigns where campaign_id = $1 and revision = $2 and status = 'draft' and not has_codes`,
    [campaignId, revision],
  );
  if (rowCount !== 1) return false;
  await tx.query('delete from campaign_versions where campaign_id = $1', [campaignId]);
  return true;
}

/**
 * Notes, in the transaction that makes codes, that the campaign has some, and keeps it from being deleted meanwhile.
 * @returns its state; undefined when the brand has no such campaign.
 */
export async function markHasCodes(
  tx: Queryable,
  brandId: string,
  campaignId: string,
): Promise<CampaignStatus | undefined> {
  await tx.query(
    'update campaigns set has_codes = true where campaign_id = $1 and brand_id = $2 and not has_codes',
    [campaignId, brandId],
  );
  const { rows } = await tx.query<{ status: CampaignStatus }>(
    'select status from campaigns where campaign_id = $1 and brand_id = $2',
    [campaignId, brandId],
  );
  return rows[0]?.status;
}

/** Where the database's clock stands in a window, `[startsAt, endsAt)`. */
export async function phaseOf(
  db: Queryable,
  { startsAt, endsAt }: { startsAt: string | null; endsAt: string | null },
): Promise<'before' | 'during' | 'after'> {
  const { rows } = await db.query<{ phase: 'before' | 'during' | 'after' }>(
    `select case when $2::timestamptz <= now() then 'after' when $1::timestamptz > now() then 'before' else 'during' end as phase`,
    [startsAt, endsAt],
  );
  return rows[0]?.phase ?? 'during';
}

/** Archived campaigns, of all brands, that have codes left which may still work. */
export async function archivedWithCodes(
  db: Queryable,
  limit: number,
): Promise<{ brandId: string; campaignId: string }[]> {
  const { rows } = await db.query<{ brandId: string; campaignId: string }>(
    `select brand_id as "brandId", campaign_id as "campaignId" from campaigns
     where status = 'archived' and has_codes order by campaign_id limit $1`,
    [limit],
  );
  return rows;
}

/** Notes that an archived campaign has no code left that may still work. */
export async function codesHaveExpired(tx: Queryable, campaignId: string): Promise<void> {
  await tx.query(`update campaigns set has_codes = false where campaign_id = $1 and status = 'archived'`, [
    campaignId,
  ]);
}
