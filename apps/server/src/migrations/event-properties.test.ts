import { expect, test } from 'vitest';
import { createDatabaseBefore } from './testing.ts';

const BRAND = '01920000-0000-7000-8000-000000000001';

test('client actions stay listed, and what saved content raises is reserved', async () => {
  await using before = await createDatabaseBefore('0045');
  const { db } = before;
  await db.query(
    `insert into client_actions (brand_id, name, reserved, property_names)
     values ($1, 'WHEEL_SPUN', false, '{turns}'), ($1, 'CODE_IS_SHOWN', true, '{}')`,
    [BRAND],
  );
  const content = async (document: object) => {
    const { rows } = await db.query<{ id: string }>(
      `insert into content_items (content_id, brand_id, channel, name, version, created_by)
       values (gen_random_uuid(), $1, 'popup', 'x', 2, '{}') returning content_id as id`,
      [BRAND],
    );
    for (const [version, one] of [{ ...document, whenShown: 'FORMER_SHOWN' }, document].entries())
      await db.query(
        `insert into content_versions (content_id, version, name, document, created_by) values ($1, $2, 'x', $3, '{}')`,
        [rows[0]?.id, version + 1, JSON.stringify(one)],
      );
  };
  await content({ channel: 'popup', whenShown: 'OFFER_SHOWN' });
  await content({ channel: 'popup', whenShown: null });

  await before.upgrade();

  const { rows } = await db.query(
    `select k.key, reserved, k.first_seen_at is not null as seen, f.name from event_keys k
     left join event_fields f using (brand_id, key) order by key`,
  );
  expect(rows).toEqual([
    { key: 'client_action:CODE_IS_SHOWN', reserved: true, seen: true, name: 'code' },
    { key: 'client_action:FORMER_SHOWN', reserved: true, seen: false, name: 'code' },
    { key: 'client_action:OFFER_SHOWN', reserved: true, seen: false, name: 'code' },
    { key: 'client_action:WHEEL_SPUN', reserved: false, seen: true, name: null },
  ]);
});
