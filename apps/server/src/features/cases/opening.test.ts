import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { type NewCase, openCases } from './index.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

const openedAt = '2026-03-01T10:00:00.000Z';

const held = (differences: Partial<NewCase> = {}): NewCase => ({
  brandId: newId(),
  kind: 'activation_held',
  playerId: randomUUID(),
  playerExternalId: 'anna',
  activationId: newId(),
  campaignId: newId(),
  score: 72,
  band: 'hold',
  evidence: { findings: [{ indicator: 'payment_shared', version: 1, points: 70, evidence: { players: 3 } }] },
  openedAt,
  ...differences,
});

const open = (...cases: NewCase[]) => database.db.transaction((tx) => openCases(tx, cases));

async function eventsOf(brandId: string): Promise<{ type: string; data: Record<string, unknown> }[]> {
  const { rows } = await database.db.query<{ events: { events: [] } }>(
    'select events from outbox where brand_id = $1 order by batch_id',
    [brandId],
  );
  return rows.flatMap(({ events }) => events.events);
}

async function casesOf(brandId: string) {
  const { rows } = await database.db.query<{ case_id: string; subject: string; priority: number }>(
    'select case_id, subject, priority from risk_cases where brand_id = $1 order by case_id',
    [brandId],
  );
  return rows;
}

test('a case is opened with what it is about, and told of once', async () => {
  const found = held();
  const [opened] = await open(found);
  expect(opened).toMatchObject({ kind: 'activation_held', subject: `activation/${found.activationId}` });
  expect(await open(found)).toEqual([]);
  expect(await casesOf(found.brandId)).toMatchObject([{ case_id: opened?.caseId, priority: 72 }]);
  expect(await eventsOf(found.brandId)).toMatchObject([
    {
      type: 'risk.case_opened',
      subject: `case/${opened?.caseId}`,
      data: { caseId: opened?.caseId, player: 'anna', score: 72, band: 'hold' },
    },
  ]);
});

test('without cases the database is asked nothing', async () => {
  const silent = {
    ...database.db,
    query: (): never => {
      throw new Error('asked');
    },
  };
  expect(await openCases(silent, [])).toEqual([]);
});

test('found by several at once in any order, each is opened once', async () => {
  const brandId = newId();
  const found = Array.from({ length: 20 }, () => held({ brandId }));
  const shuffled = Array.from({ length: 8 }, (_, nth) => [...found.slice(nth), ...found.slice(0, nth)]);
  const opened = await Promise.all(shuffled.map((some) => open(...some)));
  expect(opened.flat()).toHaveLength(20);
  expect(await casesOf(brandId)).toHaveLength(20);
  expect(await eventsOf(brandId)).toHaveLength(20);
});

describe('what a kind is about', () => {
  test.each<[NewCase['kind'], Partial<NewCase>, RegExp]>([
    ['player_reassessed', {}, /^player\//],
    ['code_leak', { codeKey: randomUUID() }, /^code\//],
    ['code_burst', { codeKey: randomUUID() }, /^code\//],
    ['code_burst', { codeKey: null }, /^campaign\//],
    ['review_requested', {}, /^activation\//],
  ])('%s with %j', async (kind, more, subject) => {
    const [opened] = await open(held({ kind, ...more }));
    expect(opened?.subject).toMatch(subject);
  });

  test('a leak of no code is a bug', async () => {
    await expect(open(held({ kind: 'code_leak' }))).rejects.toThrow('names no code');
  });
});

test('once decided a thing may come up again, but a review is had once', async () => {
  const again = held();
  const review = held({ kind: 'review_requested' });
  await open(again, review);
  await database.db.query("update risk_cases set state = 'decided' where brand_id = any($1)", [
    [again.brandId, review.brandId],
  ]);
  expect(await open(again, review)).toMatchObject([{ kind: 'activation_held' }]);
});

test('cases of several brands are each told in their own feed', async () => {
  const [one, two] = [held(), held({ score: 61 })];
  expect(await open(one, two)).toHaveLength(2);
  for (const { brandId } of [one, two]) expect(await eventsOf(brandId)).toHaveLength(1);
});
