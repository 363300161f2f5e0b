import type { SavedView } from '@promosmith/contract';
import type { Queryable } from '../../../platform/db.ts';

/** Whose views: a person has others in each brand they work for. */
export interface Owner {
  staffId: string;
  brandId: string;
}

type Row = Omit<SavedView, 'updatedAt'> & { updatedAt: Date };

const COLUMNS = 'page, name, query, updated_at as "updatedAt"';

const viewOf = ({ updatedAt, ...view }: Row): SavedView => ({ ...view, updatedAt: updatedAt.toISOString() });

/** @param page null for those of all pages. */
export async function listViews(
  db: Queryable,
  { staffId, brandId }: Owner,
  page: string | null,
): Promise<SavedView[]> {
  const { rows } = await db.query<Row>(
    `select ${COLUMNS} from saved_views
     where staff_id = $1 and brand_id = $2 and ($3::text is null or page = $3) order by page, name`,
    [staffId, brandId, page],
  );
  return rows.map(viewOf);
}

/** Holds the membership until the transaction ends: views of one owner are counted and added one after another. */
export async function lockOwner(tx: Queryable, { staffId, brandId }: Owner): Promise<void> {
  await tx.query('select from memberships where staff_id = $1 and brand_id = $2 for update', [
    staffId,
    brandId,
  ]);
}

/** @returns undefined when the owner has `most` others already. */
export async function saveView(
  tx: Queryable,
  { staffId, brandId }: Owner,
  { page, name, query }: Pick<SavedView, 'page' | 'name' | 'query'>,
  most: number,
): Promise<SavedView | undefined> {
  const { rows } = await tx.query<Row>(
    `insert into saved_views (staff_id, brand_id, page, name, query)
     select $1, $2, $3, $4, $5 where (
       select count(*) from saved_views where staff_id = $1 and brand_id = $2 and (page, name) <> ($3, $4)
     ) < $6
     on conflict (staff_id, brand_id, page, name) do update set query = excluded.query, updated_at = now()
     returning ${COLUMNS}`,
    [staffId, brandId, page, name, query, most],
  );
  return rows[0] && viewOf(rows[0]);
}

/** @returns whether there was one. */
export async function deleteView(
  db: Queryable,
  { staffId, brandId }: Owner,
  { page, name }: Pick<SavedView, 'page' | 'name'>,
): Promise<boolean> {
  const { rowCount } = await db.query(
    'delete from saved_views where staff_id = $1 and brand_id = $2 and page = $3 and name = $4',
    [staffId, brandId, page, name],
  );
  return rowCount === 1;
}
