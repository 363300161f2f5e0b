import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/index.ts';
import { costShares } from './shares.ts';

const [brandId, other] = [newId(), newId()];
let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const happened = (day: string, measure: string, currency: string, amount: number, of = brandId) =>
  database.db.query(
    `insert into rollup_brand_days (brand_id, day, measure, detail, currency, count, amount)
     values ($1, $2, $3, '', $4, 1, $5)`,
    [of, day, measure, currency, amount],
  );

test('what became real and what was paid as cash, of what was granted, by currency, in the half year before', async () => {
  await happened('2026-03-01', 'granted', 'EUR', 11_600);
  await happened('2026-03-31', 'paid_out', 'EUR', 400);
  await happened('2026-03-31', 'converted', 'EUR', 1_740);
  await happened('2026-03-15', 'cash', 'EUR', 60);
  await happened('2026-03-15', 'granted', 'SEK', 1_000);
  // Of nothing, too early, too late, of another brand.
  await happened('2026-03-15', 'converted', 'GBP', 5);
  await happened('2025-10-02', 'granted', 'EUR', 1_000_000);
  await happened('2026-04-01', 'granted', 'EUR', 1_000_000);
  await happened('2026-03-15', 'granted', 'EUR', 1_000_000, other);
  expect(await costShares(database.db, brandId, '2026-03-31')).toEqual(
    new Map([
      ['EUR', 1_500],
      ['SEK', 0],
    ]),
  );
});
