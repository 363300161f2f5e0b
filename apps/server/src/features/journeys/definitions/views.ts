import type { listJourneys as listJourneysRoute, RouteInput } from '@promosmith/contract';
import { type ContentUse, Id, type JourneySummary, type JourneyVersionSummary } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../../platform/db.ts';
import { decodeCursor, toPage } from '../../../platform/http/cursor.ts';
import { headOf, type JourneyHead } from './journey.ts';
import { HEAD, type StoredVersion } from './store.ts';

export { findJourney, findVersion } from './store.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

interface PageOf {
  cursor?: string | undefined;
  limit: number;
}

export async function listJourneys(
  db: Queryable,
  brandId: string,
  { cursor, limit, status, name }: RouteInput<typeof listJourneysRoute>['query'],
): Promise<Result<Page<JourneySummary>>> {
  const after = decodeCursor(cursor, z.tuple([Id]));
  if (!after.ok) return after;
  const { rows } = await db.query<JourneyHead>(
    `select ${HEAD} from journeys j
     where j.brand_id = $1 and ($2::uuid is null or j.journey_id < $2) and ($3::text is null or j.status = $3)
       and ($4::text is null or j.name ilike $4)
     order by j.journey_id desc limit $5`,
    [
      ...[brandId, after.value?.[0] ?? null, status ?? null],
      ...[name === undefined ? null : `%${name.replace(/[\\%_]/g, '\\$&')}%`, limit + 1],
    ],
  );
  return ok(toPage(rows, limit, ({ journeyId }) => [journeyId], headOf));
}

type VersionHead = Omit<StoredVersion, 'definition' | 'facts' | 'eventFields' | 'contents'>;

export const versionHeadOf = ({ version, product, note, publishedBy, createdAt }: VersionHead) => ({
  ...{ version, product, note, publishedBy },
  createdAt: createdAt.toISOString(),
});

export async function listVersions(
  db: Queryable,
  { brandId, journeyId }: Pick<JourneyHead, 'brandId' | 'journeyId'>,
  { cursor, limit }: PageOf,
): Promise<Result<Page<JourneyVersionSummary>>> {
  const before = decodeCursor(cursor, z.tuple([z.string().regex(/^\d{1,9}$/)]));
  if (!before.ok) return before;
  const { rows } = await db.query<VersionHead>(
    `select brand_id as "brandId", journey_id as "journeyId", version, product, note,
       published_by as "publishedBy", created_at as "createdAt"
     from journey_versions
     where brand_id = $1 and journey_id = $2 and ($3::integer is null or version < $3)
     order by version desc limit $4`,
    [brandId, journeyId, before.value?.[0] ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, ({ version }) => [String(version)], versionHeadOf));
}

/** Journeys that send a piece of content, archived ones left out; newest first. */
export async function listUses(
  db: Queryable,
  brandId: string,
  contentId: string,
  { cursor, limit }: PageOf,
): Promise<Result<Page<ContentUse>>> {
  const after = decodeCursor(cursor, z.tuple([Id]));
  if (!after.ok) return after;
  const { rows } = await db.query<ContentUse>(
    `select j.journey_id as "journeyId", j.name, j.status, j.version, uses."contentVersion", uses."inDraft"
     from journeys j
       left join journey_versions v
         on v.brand_id = j.brand_id and v.journey_id = j.journey_id and v.version = j.version
       cross join lateral (
         select (v.contents ->> $2)::integer as "contentVersion",
           exists (select from json_each(j.draft -> 'nodes') as node where node.value ->> 'contentId' = $2)
             as "inDraft") as uses
     where j.brand_id = $1 and j.status <> 'archived' and ($3::uuid is null or j.journey_id < $3)
       and (uses."contentVersion" is not null or uses."inDraft")
     order by j.journey_id desc limit $4`,
    [brandId, contentId, after.value?.[0] ?? null, limit + 1],
  );
  return ok(
    toPage(
      rows,
      limit,
      ({ journeyId }) => [journeyId],
      (use) => ({ ...use, version: use.contentVersion === null ? null : use.version }),
    ),
  );
}
