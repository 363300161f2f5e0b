import type { Database, Queryable } from '../../../platform/db.ts';
import type { JobStarter } from '../../../platform/jobs/index.ts';
import { CHECK_COUNT } from './job.ts';

const ACTOR = { kind: 'system', id: 'reconciliation' } as const;

/**
 * Starts the reconciliation of every brand whose last one began a day ago or more. Of several processes one starts it: the
 * row of the brand says who came first. A new brand has its first a day after it was seen.
 * @returns how many it started.
 */
export async function startDue(
  db: Database,
  reconciliations: JobStarter<Record<string, never>>,
): Promise<number> {
  await db.query(
    'insert into reconciliations (brand_id) select brand_id from brands order by brand_id on conflict do nothing',
  );
  return db.transaction(async (tx) => {
    const due = await claimDue(tx);
    for (const brandId of due)
      await reconciliations.start(tx, { brandId, actor: ACTOR, input: {}, total: CHECK_COUNT });
    return due.length;
  });
}

/** A row that another process claims at this moment is waited for, and then no longer due. */
async function claimDue(tx: Queryable): Promise<string[]> {
  const { rows } = await tx.query<{ brand_id: string }>(
    `update reconciliations r set started_at = now()
     from (select brand_id from reconciliations where started_at <= now() - interval '1 day'
           order by brand_id for update) due
     where r.brand_id = due.brand_id
     returning r.brand_id`,
  );
  return rows.map(({ brand_id }) => brand_id);
}
