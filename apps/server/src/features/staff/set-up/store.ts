import type { Queryable } from '../../../platform/db.ts';

/** Until the transaction ends: of two set-ups at once, the second sees what the first made. */
export async function lockInstallation(tx: Queryable): Promise<void> {
  await tx.query('select from installation where installation_id = 1 for update');
}
