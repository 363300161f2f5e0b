import type { Actor, ContentDocument } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import type { ContentHead, ContentRecord, ContentVersion } from './item.ts';

/** Columns of `content_items i` under their names in `ContentHead`. */
export const HEAD = `i.content_id as "contentId", i.brand_id as "brandId", i.channel, i.name, i.version,
  i.archived_at as "archivedAt", i.created_by as "createdBy", i.created_at as "createdAt", i.updated_at as "updatedAt"`;

/** Columns of `content_versions v` under their names in `ContentVersion`. */
export const VERSION = `v.content_id as "contentId", v.version, v.name, v.document, v.created_by as "createdBy",
  v.created_at as "createdAt"`;

/** Content with the document in force, archived or not; ids of other brands and unknown ones are absent. */
export async function findContents(
  db: Queryable,
  brandId: string,
  contentIds: readonly string[],
): Promise<ContentRecord[]> {
  const { rows } = await db.query<ContentRecord>(
    `select ${HEAD}, v.document
     from content_items i join content_versions v on v.content_id = i.content_id and v.version = i.version
     where i.content_id = any($1::uuid[]) and i.brand_id = $2`,
    [contentIds, brandId],
  );
  return rows;
}

export async function findContent(
  db: Queryable,
  brandId: string,
  contentId: string,
): Promise<ContentRecord | undefined> {
  return (await findContents(db, brandId, [contentId]))[0];
}

/** Holds the item's row until the transaction ends: its changes are made one after another. */
export async function lockContent(
  tx: Queryable,
  brandId: string,
  contentId: string,
): Promise<ContentRecord | undefined> {
  await tx.query('select from content_items where content_id = $1 and brand_id = $2 for update', [
    contentId,
    brandId,
  ]);
  return findContent(tx, brandId, contentId);
}

/** @param version the one in force when left out. */
export async function findContentVersion(
  db: Queryable,
  brandId: string,
  contentId: string,
  version?: number,
): Promise<ContentVersion | undefined> {
  const { rows } = await db.query<ContentVersion>(
    `select ${VERSION}
     from content_items i join content_versions v on v.content_id = i.content_id and v.version = coalesce($3, i.version)
     where i.content_id = $1 and i.brand_id = $2`,
    [contentId, brandId, version ?? null],
  );
  return rows[0];
}

export async function insertContent(
  tx: Queryable,
  item: { contentId: string; brandId: string; name: string; document: ContentDocument; by: Actor },
): Promise<void> {
  const { contentId, brandId, name, document, by } = item;
  await tx.query(
    'insert into content_items (content_id, brand_id, channel, name, created_by) values ($1, $2, $3, $4, $5)',
    [contentId, brandId, document.channel, name, JSON.stringify(by)],
  );
  await insertVersion(tx, { contentId, version: 1, name, document, by });
}

/**
 * Writes the next version and puts it in force.
 * @returns whether `item` was still the version in force.
 */
export async function addVersion(
  tx: Queryable,
  item: ContentRecord,
  change: { name: string; document: ContentDocument; by: Actor },
): Promise<boolean> {
  const { contentId, version } = item;
  const { rowCount } = await tx.query(
    `update content_items set name = $3, version = version + 1, updated_at = now()
     where content_id = $1 and version = $2`,
    [contentId, version, change.name],
  );
  if (rowCount !== 1) return false;
  await insertVersion(tx, { contentId, version: version + 1, ...change });
  return true;
}

async function insertVersion(
  tx: Queryable,
  row: { contentId: string; version: number; name: string; document: ContentDocument; by: Actor },
): Promise<void> {
  await tx.query(
    'insert into content_versions (content_id, version, name, document, created_by) values ($1, $2, $3, $4, $5)',
    [row.contentId, row.version, row.name, JSON.stringify(row.document), JSON.stringify(row.by)],
  );
}

export async function setArchived(
  tx: Queryable,
  { contentId }: Pick<ContentHead, 'contentId'>,
  archived: boolean,
): Promise<void> {
  await tx.query(
    `update content_items set archived_at = case when $2 then now() end, updated_at = now() where content_id = $1`,
    [contentId, archived],
  );
}
