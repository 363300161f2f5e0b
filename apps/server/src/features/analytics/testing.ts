import type { EventType } from '@promosmith/contract';
import { seal } from '../../platform/chain.ts';
import type { Queryable } from '../../platform/db.ts';
import { newId } from '../../platform/ids.ts';
import { publish } from '../../platform/outbox.ts';
import type { TestApp } from '../../testing/test-app.ts';
import type { Analytics } from './index.ts';

/** Seals and counts all there is. */
export async function countAll(
  app: TestApp,
  analytics: Pick<Analytics, 'count'> = app.analytics,
): Promise<void> {
  while (await seal(app.db, 'outbox')) {}
  while (await analytics.count()) {}
}

/** Something happens at a time: a row of the outbox. */
export const happen = (
  { db, brand }: Pick<TestApp, 'db' | 'brand'>,
  time: string,
  ...events: readonly (readonly [type: EventType, data: Record<string, unknown>])[]
): Promise<void> =>
  db.transaction((tx) =>
    publish(
      tx,
      {
        ...{ brandId: brand.brandId, actor: { kind: 'system', id: 'test' } },
        ...{ correlationId: newId(), time },
      },
      events.map(([type, data]) => ({ type, subject: 'test/1', data })),
    ),
  );

/** All sums that are kept of a brand, by slot or by day, in order; without those that came to nothing. */
export async function sumsOf(
  db: Queryable,
  table: 'rollups' | 'rollup_days' | 'rollup_brand_days',
  brandId: string,
): Promise<string[]> {
  const at = table === 'rollups' ? 'slot at time zone $2' : 'day';
  const { rows } = await db.query<{ line: string }>(
    `select concat_ws(' ', ${at}, ${table === 'rollup_brand_days' ? "'-'" : "coalesce(campaign_id::text, '-')"}, measure, detail, currency, count, amount) as line
     from ${table} where brand_id = $1 and (count <> 0 or amount <> 0) and $2::text is not null order by 1`,
    [brandId, 'UTC'],
  );
  return rows.map(({ line }) => line);
}
