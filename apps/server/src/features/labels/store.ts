import type { Actor, LabelDefinition } from '@promosmith/contract';
import type { Queryable } from '../../platform/db.ts';
import type { LabelRecord } from './label.ts';

/** Columns of `labels l` under their names in `LabelHead`. */
export const HEAD = `l.label_id as "labelId", l.name, l.kind, l.version, l.archived, l.created_by as "createdBy",
  l.created_at as "createdAt", l.updated_at as "updatedAt"`;

/** Label tags of these names, archived ones too; unknown names are absent. */
export async function findLabels(
  db: Queryable,
  brandId: string,
  names: readonly string[],
): Promise<LabelRecord[]> {
  const { rows } = await db.query<LabelRecord>(
    `select ${HEAD}, v.definition
     from labels l join label_versions v on v.label_id = l.label_id and v.version = l.version
     where l.brand_id = $1 and l.name = any($2::text[])`,
    [brandId, names],
  );
  return rows;
}

export async function findLabel(
  db: Queryable,
  brandId: string,
  name: string,
): Promise<LabelRecord | undefined> {
  return (await findLabels(db, brandId, [name]))[0];
}

/** Holds the row until the transaction ends: changes of one label tag are decided one after another. */
export async function lockLabel(
  tx: Queryable,
  brandId: string,
  name: string,
): Promise<LabelRecord | undefined> {
  await tx.query('select from labels where brand_id = $1 and name = $2 for update', [brandId, name]);
  return findLabel(tx, brandId, name);
}

interface NewVersion {
  labelId: string;
  definition: LabelDefinition;
  actor: Actor;
}

/** @returns whether the name was free. */
export async function insertLabel(
  tx: Queryable,
  label: NewVersion & { brandId: string; name: string },
): Promise<boolean> {
  const { labelId, brandId, name, definition, actor } = label;
  const { rowCount } = await tx.query(
    `insert into labels (label_id, brand_id, name, kind, version, created_by) values ($1, $2, $3, $4, 1, $5)
     on conflict (brand_id, name) do nothing`,
    [labelId, brandId, name, definition.kind, JSON.stringify(actor)],
  );
  if (rowCount === 1) await insertVersion(tx, label, 1);
  return rowCount === 1;
}

/** Puts the next version in force. The caller holds the row. */
export async function addVersion(tx: Queryable, version: NewVersion, next: number): Promise<void> {
  await insertVersion(tx, version, next);
  await tx.query('update labels set version = $2, kind = $3, updated_at = now() where label_id = $1', [
    version.labelId,
    next,
    version.definition.kind,
  ]);
}

async function insertVersion(
  tx: Queryable,
  { labelId, definition, actor }: NewVersion,
  version: number,
): Promise<void> {
  await tx.query(
    'insert into label_versions (label_id, version, definition, created_by) values ($1, $2, $3, $4)',
    [labelId, version, JSON.stringify(definition), JSON.stringify(actor)],
  );
}

/** @returns whether it was a change. */
export async function setArchived(tx: Queryable, labelId: string, archived: boolean): Promise<boolean> {
  const { rowCount } = await tx.query(
    'update labels set archived = $2, updated_at = now() where label_id = $1 and archived <> $2',
    [labelId, archived],
  );
  return rowCount === 1;
}
