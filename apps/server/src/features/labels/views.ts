import { LabelName, type LabelSummary, type LabelVersion } from '@promosmith/contract';
import { ok, type Result } from '@promosmith/core';
import type { LabelKind } from '@promosmith/core/labels';
import { z } from 'zod';
import type { Queryable } from '../../platform/db.ts';
import { decodeCursor, toPage } from '../../platform/http/cursor.ts';
import { type LabelHead, summaryOf } from './label.ts';
import { HEAD } from './store.ts';

export { findLabel } from './store.ts';

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

interface PageOf {
  cursor?: string | undefined;
  limit: number;
}

export async function listLabels(
  db: Queryable,
  brandId: string,
  { cursor, limit, kind, archived }: PageOf & { kind?: LabelKind | undefined; archived: boolean },
): Promise<Result<Page<LabelSummary>>> {
  const after = decodeCursor(cursor, z.tuple([LabelName]));
  if (!after.ok) return after;
  const { rows } = await db.query<LabelHead>(
    `select ${HEAD} from labels l
     where l.brand_id = $1 and l.archived = $2 and ($3::text is null or l.kind = $3)
       and ($4::text is null or l.name collate "C" > $4)
     order by l.name collate "C" limit $5`,
    [brandId, archived, kind ?? null, after.value?.[0] ?? null, limit + 1],
  );
  return ok(toPage(rows, limit, ({ name }) => [name], summaryOf));
}

export async function listVersions(
  db: Queryable,
  labelId: string,
  { cursor, limit }: PageOf,
): Promise<Result<Page<LabelVersion>>> {
  const before = decodeCursor(cursor, z.tuple([z.string().regex(/^\d{1,9}$/)]));
  if (!before.ok) return before;
  const { rows } = await db.query<Omit<LabelVersion, 'createdAt'> & { createdAt: Date }>(
    `select version, definition, created_by as "createdBy", created_at as "createdAt"
     from label_versions where label_id = $1 and ($2::integer is null or version < $2)
     order by version desc limit $3`,
    [labelId, before.value?.[0] ?? null, limit + 1],
  );
  return ok(
    toPage(
      rows,
      limit,
      ({ version }) => [String(version)],
      ({ createdAt, ...version }) => ({ ...version, createdAt: createdAt.toISOString() }),
    ),
  );
}

/** Names of the label tags that new content may use. */
export async function namesInUse(db: Queryable, brandId: string): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    'select name from labels where brand_id = $1 and not archived order by name collate "C"',
    [brandId],
  );
  return rows.map(({ name }) => name);
}
