import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, playerId } from '../../platform/ids.ts';
import { openSecrets } from '../../platform/secrets.ts';
import { createTestDatabase, type TestDatabase } from '../../platform/testing/index.ts';
import { indexRanges } from './addresses/ranges.ts';
import { createIdentifiers } from './identifiers/keys.ts';
import { riskLoader } from './lookup.ts';
import { readStanding, type StandingRow, standingOf } from './standing.ts';

const identifiers = createIdentifiers(openSecrets(randomBytes(32)));
const brandId = newId();
const NAMES = ['nobody', 'found', 'fine', 'blocked', 'let in', 'over', 'by mailbox', 'by address', 'by both'];
const idOf = (name: string): string => playerId(brandId, name);
const [mailbox, address] = [newId(), newId()];

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
  const { db } = database;
  await db.query(
    `insert into players (player_id, brand_id, external_id) select id, $1, n from unnest($2::uuid[]) with ordinality t (id, n)`,
    [brandId, NAMES.map(idOf)],
  );
  const finding = [{ indicator: 'payment_shared', version: 1, evidence: { others: 3 } }];
  for (const [name, findings] of [
    ['found', finding],
    ['fine', []],
  ] as const)
    await db.query('insert into risk_profiles (player_id, brand_id, findings) values ($1, $2, $3)', [
      idOf(name),
      brandId,
      JSON.stringify(findings),
    ]);
  for (const [name, kind, key] of [
    ['by mailbox', 'email', mailbox],
    ['by both', 'email', mailbox],
    ['by address', 'address', address],
  ] as const)
    await db.query(
      `insert into risk_links (identifier_key, player_id, brand_id, kind, first_seen_at, last_seen_at)
       values ($1, $2, $3, $4, now(), now())`,
      [key, idOf(name), brandId, kind],
    );
});
afterAll(() => database.drop());

async function standing(): Promise<unknown[]> {
  const { columns, join } = standingOf('$1', 'player_id >= $2 and player_id <= $3');
  const ids = NAMES.map(idOf).sort();
  const { rows } = await database.db.query<StandingRow & { playerId: string }>(
    `select player_id as "playerId", ${columns} from players t ${join}
     where brand_id = $1 and player_id >= $2 and player_id <= $3`,
    [brandId, ids[0], ids.at(-1)],
  );
  const byId = new Map(rows.map((row) => [row.playerId, readStanding(row)]));
  return NAMES.map((name) => byId.get(idOf(name)));
}

/** What an attempt finds that says nothing of a device or an address. */
async function loaded(): Promise<unknown[]> {
  const attempts = NAMES.map((name) => ({ brandId, playerId: idOf(name) }));
  const all = await riskLoader(identifiers, indexRanges([]))(database.db, attempts);
  return all.map(({ profile, listed }) => ({ profile, listed }));
}

test('players of a range are known as by their attempts, whether the brand has lists or none', async () => {
  const before = await standing();
  expect(before).toEqual(await loaded());
  expect(before).toMatchObject([
    { profile: [] },
    { profile: [{ evidence: { others: 3 } }] },
    ...Array(7).fill({ listed: null }),
  ]);

  const entries = [
    ['blocked', idOf('blocked'), null],
    ['allowed', idOf('let in'), null],
    ['blocked', idOf('over'), '2020-01-01'],
    ['blocked', mailbox, null],
    ['blocked', address, null],
    ['allowed', idOf('by both'), null],
  ];
  for (const [list, key, until] of entries)
    await database.db.query(
      `insert into risk_lists (identifier_key, brand_id, list, kind, hint, reason, created_by, entry_id, created_at, expires_at)
       values ($1, $2, $3, 'player', 'h', 'r', '{}', $4, now(), $5)`,
      [key, brandId, list, newId(), until],
    );
  const listed = await standing();
  expect(listed).toEqual(await loaded());
  const lists = [null, null, null, 'blocked', 'allowed', null, 'blocked', null, 'allowed'];
  expect(listed).toMatchObject(lists.map((list) => ({ listed: list })));
});
