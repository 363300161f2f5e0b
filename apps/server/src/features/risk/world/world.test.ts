import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../../platform/ids.ts';
import { openSecrets } from '../../../platform/secrets.ts';
import { createTestDatabase, type TestDatabase } from '../../../platform/testing/index.ts';
import { createIdentifiers } from '../identifiers/keys.ts';
import { type Found, generateWorld, isAbuse, judge, measureWorld } from './index.ts';

const SIZE = 5_000;
const SEED = 20_260_301;

test('a world is the same for the same seed, and another for another', () => {
  expect(generateWorld(500, SEED)).toEqual(generateWorld(500, SEED));
  expect(generateWorld(500, SEED)).not.toEqual(generateWorld(500, SEED + 1));
});

test('a world has everybody in it', () => {
  const { accounts } = generateWorld(SIZE, SEED);
  expect(accounts).toHaveLength(SIZE);
  expect(new Set(accounts.map(({ truth }) => truth)).size).toBe(7);
  expect(accounts.filter(isAbuse).length).toBeGreaterThan(SIZE / 20);
});

describe(`a world of ${SIZE} at the weights as shipped`, () => {
  let database: TestDatabase;
  let found: Found[];
  beforeAll(async () => {
    database = await createTestDatabase();
    const { db } = database;
    const brandId = newId();
    await db.query(
      "insert into brands (brand_id, slug, name, time_zone, currency) values ($1, 'world', 'World', 'UTC', 'EUR')",
      [brandId],
    );
    const identifiers = createIdentifiers(openSecrets(randomBytes(32)));
    found = await measureWorld(db, identifiers, brandId, generateWorld(SIZE, SEED));
  }, 120_000);
  afterAll(() => database.drop());

  test('abuse is caught, and hardly anybody else', () => {
    const { precision, recall } = judge(found);
    expect(precision).toBeGreaterThanOrEqual(0.95);
    expect(recall).toBeGreaterThanOrEqual(0.85);
  });

  test('nobody is declined for living with others, or for having a telephone', () => {
    const { household, mobile } = judge(found).byTruth;
    expect([household?.decline, mobile?.decline]).toEqual([0, 0]);
  });

  test('nobody who lives with others is held for the address, the household or the tablet they share', () => {
    const held = found.filter(
      ({ account, assessment }) => account.truth === 'household' && assessment.band === 'hold',
    );
    for (const { assessment } of held)
      expect(assessment.findings.map(({ indicator }) => indicator)).toContain('payment_shared');
  });
});
