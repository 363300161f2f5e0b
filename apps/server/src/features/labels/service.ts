import type { LabelDefinition } from '@promosmith/contract';
import { ok, type Result, refuse } from '@promosmith/core';
import { audit } from '../../platform/audit.ts';
import type { Database, Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { type By, type LabelRecord, labelNotFound, labelView } from './label.ts';
import type { Reading } from './reading.ts';
import { addVersion, findLabel, insertLabel, lockLabel, setArchived } from './store.ts';

/** The library of label tags. */
export interface LabelService {
  create(by: By, name: string, definition: LabelDefinition): Promise<Result<LabelRecord>>;
  /** @param expected the version the caller saw. */
  update(by: By, name: string, expected: number, definition: LabelDefinition): Promise<Result<LabelRecord>>;
  archive(by: By, name: string): Promise<Result<LabelRecord>>;
  restore(by: By, name: string): Promise<Result<LabelRecord>>;
}

export function createLabelService(db: Database, reading: Reading): LabelService {
  /** Writes with `change`, then the audit entry if that was a change. */
  const changed = (
    { brandId, actor, requestId }: By,
    name: string,
    action: string,
    change: (tx: Queryable, before: LabelRecord) => Promise<Result<boolean>>,
  ): Promise<Result<LabelRecord>> =>
    db.transaction(async (tx): Promise<Result<LabelRecord>> => {
      const before = await lockLabel(tx, brandId, name);
      if (!before) return labelNotFound();
      const done = await change(tx, before);
      if (!done.ok) return done;
      if (!done.value) return ok(before);
      const after = await written(tx, brandId, name);
      await audit(tx, {
        brandId,
        actor,
        requestId,
        action,
        targetKind: 'label',
        targetId: before.labelId,
        before: labelView(before),
        after: labelView(after),
      });
      return ok(after);
    });

  const setAside = (by: By, name: string, archived: boolean) =>
    changed(by, name, archived ? 'label.archived' : 'label.restored', async (tx, { labelId }) =>
      ok(await setArchived(tx, labelId, archived)),
    );

  return {
    async create(by, name, definition) {
      const checked = await reading.check(by.brandId, name, definition);
      if (!checked.ok) return checked;
      return db.transaction(async (tx): Promise<Result<LabelRecord>> => {
        const { brandId, actor, requestId } = by;
        const labelId = newId();
        if (!(await insertLabel(tx, { labelId, brandId, name, definition, actor }))) return nameTaken(name);
        const created = await written(tx, brandId, name);
        await audit(tx, {
          brandId,
          actor,
          requestId,
          action: 'label.created',
          targetKind: 'label',
          targetId: labelId,
          after: labelView(created),
        });
        return ok(created);
      });
    },

    async update(by, name, expected, definition) {
      if (!(await findLabel(db, by.brandId, name))) return labelNotFound();
      const checked = await reading.check(by.brandId, name, definition);
      if (!checked.ok) return checked;
      return changed(by, name, 'label.updated', async (tx, { labelId, version }) => {
        if (version !== expected) return versionConflict(version);
        await addVersion(tx, { labelId, definition, actor: by.actor }, version + 1);
        return ok(true);
      });
    },

    archive: (by, name) => setAside(by, name, true),
    restore: (by, name) => setAside(by, name, false),
  };
}

async function written(tx: Queryable, brandId: string, name: string): Promise<LabelRecord> {
  const label = await findLabel(tx, brandId, name);
  if (!label) throw new Error(`label ${name} was not stored`);
  return label;
}

const nameTaken = (name: string) =>
  refuse('conflict', `There is already a label tag "${name}".`, [
    { field: 'name', reason: 'is taken', fix: 'choose another name, or restore that one if it is archived' },
  ]);

const versionConflict = (version: number) => ({
  ok: false as const,
  refusal: {
    key: 'revision_conflict',
    message: `The label tag is at version ${version} now: read it again and repeat the change.`,
    version,
  },
});
