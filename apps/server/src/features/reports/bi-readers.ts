import { ok, type Result, refuse } from '@promosmith/core';
import { escapeIdentifier } from 'pg';
import { type Database, sqlState } from '../../platform/db.ts';

/** Roles of PostgreSQL that read brands through the views of the schema `bi`. */
export interface BiReaders {
  /** Lets a role, which there has to be, read a brand as well. */
  add(brandId: string, role: string): Promise<Result<undefined>>;
  /** @returns whether it did read the brand. */
  remove(brandId: string, role: string): Promise<boolean>;
}

const UNDEFINED_OBJECT = '42704';

export const createBiReaders = (db: Database): BiReaders => ({
  async add(brandId, role) {
    const name = escapeIdentifier(role);
    try {
      return await db.transaction(async (tx) => {
        await tx.query(`grant usage on schema bi to ${name}`);
        await tx.query(`grant select on all tables in schema bi to ${name}`);
        await tx.query(
          'insert into bi_readers (role_name, brand_id) values ($1, $2) on conflict do nothing',
          [role, brandId],
        );
        return ok(undefined);
      });
    } catch (error) {
      if (sqlState(error) !== UNDEFINED_OBJECT) throw error;
      return refuse('not_found', `The database has no role ${role}: create it first.`);
    }
  },

  async remove(brandId, role) {
    const { rowCount } = await db.query('delete from bi_readers where role_name = $1 and brand_id = $2', [
      role,
      brandId,
    ]);
    return rowCount === 1;
  },
});
