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

const happened = (day: string, told: Told, currency: string, amount: bigint | number, of = brandId) =>
  database.db.query(
    `insert into rollup_brand_days (brand_id, day, measure, detail, currency, count, amount)
     values ($1, $2, $3, $4, $5, 1, $6)`,
    [of, day, told.measure, told.detail ?? '', currency, String(amount)],
  );

interface Told {
  readonly measure: string;
  readonly detail?: string;
}

const [granted, converted] = [{ measure: 'granted', detail: 'deposit' }, { measure: 'converted' }];

test('what became real of bonuses that have a face, by currency, in the half year before', async () => {
  await happened('2026-03-01', granted, 'EUR', 11_600);
  await happened('2026-03-31', { measure: 'paid_out', detail: 'bonus_balance' }, 'EUR', 400);
  await happened('2026-03-31', converted, 'EUR', 1_740);
  await happened('2026-03-15', granted, 'SEK', 1_000);
  // Of nothing, too early, too late, of another brand.
  await happened('2026-03-15', converted, 'GBP', 5);
  await happened('2025-10-02', granted, 'EUR', 1_000_000);
  await happened('2026-04-01', granted, 'EUR', 1_000_000);
  await happened('2026-03-15', granted, 'EUR', 1_000_000, other);
  expect(await costShares(database.db, brandId, '2026-03-31')).toEqual(
    new Map([
      ['EUR', 1_450],
      ['SEK', 0],
    ]),
  );
});

test('what free spins and cashback paid as cash is of no face, and counts on neither side', async () => {
  const spun = newId();
  await happened('2026-03-01', granted, 'EUR', 100, spun);
  await happened('2026-03-01', { measure: 'granted', detail: 'free_spins' }, 'EUR', 0, spun);
  await happened('2026-03-02', { measure: 'cash', detail: 'free_spins' }, 'EUR', 900_000_000, spun);
  await happened('2026-03-02', { measure: 'cash', detail: 'cashback' }, 'EUR', 50, spun);
  await happened('2026-03-02', converted, 'EUR', 20, spun);
  // Of spins alone nothing is known of bonuses.
  await happened('2026-03-01', { measure: 'granted', detail: 'free_spins' }, 'USD', 0, spun);
  await happened('2026-03-02', { measure: 'cash', detail: 'free_spins' }, 'USD', 700, spun);
  expect(await costShares(database.db, spun, '2026-03-31')).toEqual(new Map([['EUR', 2_000]]));
});

test('a share of any size is told, and one past what is exact is not known', async () => {
  const large = newId();
  await happened('2026-03-01', granted, 'EUR', 1, large);
  await happened('2026-03-01', converted, 'EUR', 9_000_000, large);
  await happened('2026-03-01', granted, 'SEK', 1, large);
  await happened('2026-03-01', converted, 'SEK', 9_000_000_000_000_000n, large);
  expect(await costShares(database.db, large, '2026-03-31')).toEqual(new Map([['EUR', 90_000_000_000]]));
});
