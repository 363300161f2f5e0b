import type { Actor, JourneyDefinition, JourneyStatus, Product } from '@promosmith/contract';
import type { EventField } from '@promosmith/core/journey';
import type { Fact } from '@promosmith/core/rules';
import type { Queryable } from '../../../platform/db.ts';
import type { JourneyHead, JourneyRecord } from './journey.ts';

/** Columns of `journeys j` under their names in `JourneyHead`. */
export const HEAD = `j.journey_id as "journeyId", j.brand_id as "brandId", j.name, j.product, j.status, j.version,
  j.revision, j.paused_at as "pausedAt", j.resumed_at as "resumedAt", j.created_by as "createdBy",
  j.created_at as "createdAt", j.updated_at as "updatedAt"`;

export async function findJourney(
  db: Queryable,
  brandId: string,
  journeyId: string,
): Promise<JourneyRecord | undefined> {
  const { rows } = await db.query<JourneyRecord>(
    `select ${HEAD}, j.draft from journeys j where j.brand_id = $1 and j.journey_id = $2`,
    [brandId, journeyId],
  );
  return rows[0];
}

/** Holds the journey's row until the transaction ends: its changes are decided one after another. */
export async function lockJourney(
  tx: Queryable,
  brandId: string,
  journeyId: string,
): Promise<JourneyRecord | undefined> {
  await tx.query('select from journeys where brand_id = $1 and journey_id = $2 for update', [
    brandId,
    journeyId,
  ]);
  return findJourney(tx, brandId, journeyId);
}

export async function insertJourney(
  tx: Queryable,
  journey: Pick<JourneyHead, 'brandId' | 'journeyId' | 'name' | 'product' | 'createdBy'> & {
    draft: JourneyDefinition;
  },
): Promise<void> {
  const { brandId, journeyId, name, product, createdBy, draft } = journey;
  await tx.query(
    `insert into journeys (brand_id, journey_id, name, product, status, draft, created_by)
     values ($1, $2, $3, $4, 'draft', $5, $6)`,
    [brandId, journeyId, name, product, JSON.stringify(draft), JSON.stringify(createdBy)],
  );
}

/** What a change sets; what it leaves out stays. */
export interface JourneyChange {
  name?: string | undefined;
  product?: Product | undefined;
  draft?: JourneyDefinition | undefined;
  status?: JourneyStatus | undefined;
  version?: number | undefined;
}

/**
 * A pause begins or ends with the status, by the database's clock.
 * @throws when the journey is no longer at the revision the change was decided on: its row has to be locked.
 */
export async function changeJourney(
  tx: Queryable,
  { brandId, journeyId, revision }: Pick<JourneyHead, 'brandId' | 'journeyId' | 'revision'>,
  { name, product, draft, status, version }: JourneyChange,
): Promise<void> {
  const { rowCount } = await tx.query(
    `update journeys set name = coalesce($4, name), product = coalesce($5, product), draft = coalesce($6, draft),
       status = coalesce($7, status), version = coalesce($8, version), revision = revision + 1, updated_at = now(),
       paused_at = case when $7 = 'paused' then now() else paused_at end,
       resumed_at = case when $7 = 'paused' then null
                         when $7 = 'active' and status = 'paused' then now() else resumed_at end
     where brand_id = $1 and journey_id = $2 and revision = $3`,
    [
      ...[brandId, journeyId, revision],
      ...[name ?? null, product ?? null, draft ? JSON.stringify(draft) : null],
      ...[status ?? null, version ?? null],
    ],
  );
  if (rowCount !== 1) throw new Error(`journey ${journeyId} changed under its lock`);
}

/** One version as it was published. */
export interface StoredVersion {
  brandId: string;
  journeyId: string;
  version: number;
  product: Product;
  definition: JourneyDefinition;
  facts: readonly Fact[];
  eventFields: Readonly<Record<string, readonly EventField[]>>;
  contents: Readonly<Record<string, number>>;
  note: string | null;
  publishedBy: Actor;
  createdAt: Date;
}

export async function findVersion(
  db: Queryable,
  brandId: string,
  journeyId: string,
  version: number,
): Promise<StoredVersion | undefined> {
  const { rows } = await db.query<StoredVersion>(
    `select brand_id as "brandId", journey_id as "journeyId", version, product, definition, facts,
       event_fields as "eventFields", contents, note, published_by as "publishedBy", created_at as "createdAt"
     from journey_versions where brand_id = $1 and journey_id = $2 and version = $3`,
    [brandId, journeyId, version],
  );
  return rows[0];
}

export async function insertVersion(tx: Queryable, version: Omit<StoredVersion, 'createdAt'>): Promise<void> {
  const { brandId, journeyId, product, definition, facts, eventFields, contents, note, publishedBy } =
    version;
  const json = [definition, facts, eventFields, contents].map((value) => JSON.stringify(value));
  await tx.query(
    `insert into journey_versions
       (brand_id, journey_id, version, product, definition, facts, event_fields, contents, note, published_by)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
    [brandId, journeyId, version.version, product, ...json, note, JSON.stringify(publishedBy)],
  );
}

export interface LiveRow {
  brandId: string;
  journeyId: string;
  status: 'active' | 'paused';
  version: number;
  pausedAt: Date | null;
  resumedAt: Date | null;
}

export async function findLive(db: Queryable, brandId: string): Promise<LiveRow[]> {
  const { rows } = await db.query<LiveRow>(
    `select brand_id as "brandId", journey_id as "journeyId", status, version, paused_at as "pausedAt",
       resumed_at as "resumedAt"
     from journeys where brand_id = $1 and status in ('active', 'paused') order by journey_id`,
    [brandId],
  );
  return rows;
}
