import {
  type ContentSummary,
  type ContentVersion,
  Id,
  type listContent,
  type RouteInput,
} from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type ContentHead, type ContentVersion as StoredVersion, summaryOf, versionOf } from './item.ts';
import { HEAD, VERSION } from './store.ts';

type Page<Item> = { items: Item[]; nextCursor: string | null };

export async function listItems(
  db: Queryable,
  brandId: string,
  { cursor, limit, channel, name, archived }: RouteInput<typeof listContent>['query'],
): Promise<Result<Page<ContentSummary>>> {
  const after = decodeCursor(cursor, z.tuple([Id]));
  if (!after.ok) return after;
  const { rows } = await db.query<ContentHead>(
    `select ${HEAD} from content_items i
     where i.brand_id = $1 and ($2::uuid is null or i.content_id < $2) and (i.archived_at is not null) = $3
       and ($4::text is null or i.channel = $4) and ($5::text is null or i.name ilike $5)
     order by i.content_id desc limit $6`,
    [
      brandId,
      after.value?.[0] ?? null,
      archived,
      channel ?? null,
      name === undefined ? null : `%${name.replace(/[\\%_]/g, '\\$&')}%`,
      limit + 1,
    ],
  );
  return ok(toPage(rows, limit, ({ contentId }) => [contentId], summaryOf));
}

export async function listVersions(
  db: Queryable,
  contentId: string,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Result<Page<ContentVersion>>> {
  const before = decodeCursor(cursor, z.tuple([z.string().regex(/^\d{1,9}$/)]));
  if (!before.ok) return before;
  const { rows } = await db.query<StoredVersion>(
    `select ${VERSION} from content_versions v
     where v.content_id = $1 and ($2::integer is null or v.version < $2) order by v.version desc limit $3`,
    [contentId, before.value?.[0] ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, ({ version }) => [String(version)], versionOf));
}
